import type { ReactNode } from "react";
import { useTexts } from "../i18n/locale.ts";

interface DrawnGraphProps {
	width: number;
	height: number;
	/** The drawing in words. */
	caption: ReactNode;
	/** Name of the list that the boxes are, for those who hear it. */
	label: string;
	/** Patterns and the like. */
	definitions?: ReactNode;
	/** Lines: silent, the list under the drawing says what they say. */
	edges: ReactNode;
	/** Boxes, each a `DrawnNode`. */
	children: ReactNode;
	legend?: ReactNode;
}

/** A graph as a figure: lines under boxes that are links. Reads as a list without sight, works without script. */
export function DrawnGraph({ width, height, caption, label, definitions, edges, children, legend }: DrawnGraphProps) {
	const hint = useTexts().network.scroll;
	return (
		<figure className="graph">
			<figcaption>{caption}</figcaption>
			<p className="graph__hint">{hint}</p>
			<div className="graph__scroll">
				{/* biome-ignore lint/a11y/noSvgWithoutTitle: the figure's caption names it; a title would hang over every box. */}
				<svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} className="graph__svg">
					<defs>
						<marker id="fleche" viewBox="0 0 10 10" refX="7" refY="5" markerWidth="8" markerHeight="8" orient="auto-start-reverse">
							<path d="M0 0.5L9 5L0 9.5z" className="graph__arrow" />
						</marker>
						{definitions}
					</defs>
					{/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: a group of lines takes no focus. */}
					<g aria-hidden="true">{edges}</g>
					{/* biome-ignore lint/a11y/useSemanticElements lint/a11y/noInteractiveElementToNoninteractiveRole: SVG has no lists of its own. */}
					<g role="list" aria-label={label}>
						{children}
					</g>
				</svg>
			</div>
			{legend}
		</figure>
	);
}

export function DrawnNode({ children }: { children: ReactNode }) {
	// biome-ignore lint/a11y/useSemanticElements lint/a11y/noInteractiveElementToNoninteractiveRole: SVG has no lists of its own.
	return <g role="listitem">{children}</g>;
}
