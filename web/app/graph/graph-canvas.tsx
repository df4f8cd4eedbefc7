import type { ReactNode } from "react";

export interface GraphCanvasProps {
	width: number;
	height: number;
	/** Name of the list that the boxes are, for those who hear it. */
	label: string;
	/** Id of the arrow's head, for `markerEnd`; each drawing of a page has its own. */
	arrow: string;
	/** Patterns and the like. */
	definitions?: ReactNode;
	/** Lines: silent, the list under the drawing says what they say. */
	edges: ReactNode;
	/** Boxes, each a `DrawnNode`. */
	children: ReactNode;
	/** Class of the box that it scrolls in. */
	className?: string | undefined;
}

/** Lines under boxes that are links. Reads as a list without sight, works without script. */
export function GraphCanvas({ width, height, label, arrow, definitions, edges, children, className = "" }: GraphCanvasProps) {
	return (
		<div className={`graph__scroll ${className}`.trim()}>
			{/* biome-ignore lint/a11y/noSvgWithoutTitle: the figure's caption names it; a title would hang over every box. */}
			<svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} className="graph__svg">
				<defs>
					<marker
						id={arrow}
						viewBox="0 0 10 10"
						refX="7"
						refY="5"
						markerUnits="userSpaceOnUse"
						markerWidth="13"
						markerHeight="13"
						orient="auto-start-reverse"
					>
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
	);
}

export function DrawnNode({ children }: { children: ReactNode }) {
	// biome-ignore lint/a11y/useSemanticElements lint/a11y/noInteractiveElementToNoninteractiveRole: SVG has no lists of its own.
	return <g role="listitem">{children}</g>;
}
