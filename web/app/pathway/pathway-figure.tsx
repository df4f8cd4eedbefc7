import { DrawnNode, GraphCanvas } from "../graph/graph-canvas.tsx";
import { useTexts } from "../i18n/locale.ts";
import type { PathwayDrawing } from "./layout.ts";
import { PathwayBox } from "./pathway-box.tsx";
import { edgeKey, type PathwayPicture } from "./pathway-picture.ts";
import { PATTERNS, Patterns } from "./patterns.tsx";

interface PathwayFigureProps {
	picture: PathwayPicture;
	/** The institutes, in the order of their patterns. */
	institutes: readonly { slug: string; name: string }[];
	/** What the drawing shows, in words. */
	caption: string;
	/** Id of the box that stands out. */
	goal?: string;
}

/**
 * A pathway as layers; on a narrow screen as one column. Only one of the two is there for the reader,
 * and the list under it has the same content.
 */
export function PathwayFigure({ picture, institutes, caption, goal }: PathwayFigureProps) {
	const t = useTexts().figure;
	const { facts, wayEdges, otherEdges, optionalEdges, wide, narrow, left } = picture;
	const placeOf = (slug: string) => institutes.findIndex((one) => one.slug === slug) % PATTERNS;
	const isWay = (edge: { from: string; to: string }) => wayEdges.includes(edgeKey(edge));
	const canvas = (form: string, drawing: PathwayDrawing) => {
		// The way comes last, over the others.
		const edges = drawing.edges.toSorted((one, two) => Number(isWay(one)) - Number(isWay(two)));
		const lines = edges.map((edge) => {
			const key = edgeKey(edge);
			const styles = [
				"graph__edge",
				wayEdges.includes(key) && "graph__edge--way",
				otherEdges.includes(key) && "graph__edge--partial",
				optionalEdges.includes(key) && "graph__edge--optional",
			];
			return <path key={key} d={edge.path} className={styles.filter(Boolean).join(" ")} markerEnd={`url(#fleche-${form})`} />;
		});
		return (
			<GraphCanvas
				width={drawing.width}
				height={drawing.height}
				arrow={`fleche-${form}`}
				label={t.list}
				definitions={<Patterns prefix={`motif-${form}`} />}
				edges={lines}
				className={`graph__scroll--${form}`}
			>
				{drawing.nodes.map((node) => {
					const fact = facts[node.id];
					if (!fact) return null;
					const pattern = fact.slug === "" ? null : `url(#motif-${form}${placeOf(fact.slug)})`;
					return (
						<DrawnNode key={node.id}>
							<PathwayBox node={node} fact={fact} goal={node.id === goal} pattern={pattern} wayPattern={`url(#motif-${form}-chemin)`} />
						</DrawnNode>
					);
				})}
			</GraphCanvas>
		);
	};
	return (
		<figure className="graph">
			<figcaption>
				{caption}
				{left > 0 && ` ${t.left(left)}`}
			</figcaption>
			{canvas("large", wide)}
			{canvas("etroit", narrow)}
			<ul className="legend" aria-label={t.legend}>
				{institutes.map(({ slug, name }) => (
					<li key={slug}>
						<svg width="28" height="14" viewBox="0 0 28 14" aria-hidden="true" focusable="false">
							<defs>
								<Patterns prefix={`legende-${slug}-`} only={placeOf(slug)} />
							</defs>
							<rect width="28" height="14" rx="2" fill={`url(#legende-${slug}-${placeOf(slug)})`} />
						</svg>
						{name}
					</li>
				))}
				{wayEdges.length > 0 && (
					<li>
						<svg width="28" height="14" viewBox="0 0 28 14" aria-hidden="true" focusable="false">
							<path d="M0 7h28" className="graph__edge graph__edge--way" />
						</svg>
						{t.wayLine}
					</li>
				)}
				{optionalEdges.length > 0 && (
					<li>
						<svg width="28" height="14" viewBox="0 0 28 14" aria-hidden="true" focusable="false">
							<path d="M0 7h28" className="graph__edge graph__edge--optional" />
						</svg>
						{t.optionalLine}
					</li>
				)}
				{otherEdges.length > 0 && (
					<li>
						<svg width="28" height="14" viewBox="0 0 28 14" aria-hidden="true" focusable="false">
							<path d="M0 7h28" className="graph__edge graph__edge--partial" />
						</svg>
						{t.otherLine}
					</li>
				)}
			</ul>
		</figure>
	);
}
