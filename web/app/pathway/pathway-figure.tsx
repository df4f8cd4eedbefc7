import { DrawnGraph, DrawnNode } from "../graph/drawn-graph.tsx";
import { useTexts } from "../i18n/locale.ts";
import type { PathwayDrawing } from "./layout.ts";
import { PathwayBox } from "./pathway-box.tsx";
import { PATTERNS, Patterns } from "./patterns.tsx";

/** What the drawing must say of a badge. */
export interface BadgeFact {
	name: string;
	slug: string;
	institute: string;
	note: string;
	held: boolean;
	known: boolean;
}

interface PathwayFigureProps {
	drawing: PathwayDrawing;
	/** By badge id. */
	facts: Record<string, BadgeFact>;
	/** The institutes, in the order of their patterns. */
	institutes: readonly { slug: string; name: string }[];
	goal: string;
}

/** The pathway as layers, the goal on top. The list under it has the same content. */
export function PathwayFigure({ drawing, facts, institutes, goal }: PathwayFigureProps) {
	const t = useTexts().pathway;
	const { width, height, nodes, edges } = drawing;
	const patternOf = (slug: string) => `url(#motif${institutes.findIndex((one) => one.slug === slug) % PATTERNS})`;
	const lines = edges.map(({ from, to, path }) => <path key={`${from} ${to}`} d={path} className="graph__edge" markerEnd="url(#fleche)" />);
	const legend = (
		<ul className="legend" aria-label={t.legend}>
			{institutes.map(({ slug, name }) => (
				<li key={slug}>
					<svg width="28" height="14" viewBox="0 0 28 14" aria-hidden="true" focusable="false">
						<rect width="28" height="14" rx="2" fill={patternOf(slug)} />
					</svg>
					{name}
				</li>
			))}
		</ul>
	);
	return (
		<DrawnGraph
			width={width}
			height={height}
			caption={t.figure(nodes.length, institutes.length)}
			label={t.list}
			definitions={<Patterns prefix="motif" />}
			edges={lines}
			legend={legend}
		>
			{nodes.map((node) => {
				const fact = facts[node.id];
				return (
					fact && (
						<DrawnNode key={node.id}>
							<PathwayBox node={node} fact={fact} goal={node.id === goal} pattern={patternOf(fact.slug)} />
						</DrawnNode>
					)
				);
			})}
		</DrawnGraph>
	);
}
