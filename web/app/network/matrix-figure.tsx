import type { ReactNode } from "react";
import { DrawnGraph } from "../graph/drawn-graph.tsx";
import { DrawnNode } from "../graph/graph-canvas.tsx";
import { To } from "../ui/link.tsx";
import { HEAD, LABELS, type MatrixCell, type MemberMatrix, ROW } from "./member-matrix.ts";

interface MatrixFigureProps {
	matrix: MemberMatrix;
	/** Name of the list that the rows are. */
	label: string;
	caption: ReactNode;
	/** A row in words, that which is seen of its name among them. */
	row(slug: string, seen: string): string;
	/** Where a row leads. */
	to(slug: string): string;
}

const CELLS: readonly MatrixCell[] = ["whole", "part", "mutualWhole", "mutualPart"];

/** Members against members: each row is a link, squares tell whom it recognises. */
export function MatrixFigure({ matrix: { width, height, rows, cells, lines }, label, caption, row, to }: MatrixFigureProps) {
	const edges = (
		<>
			<path d={lines} className="matrix__line" />
			{rows.map(
				({ slug, x, y, first }) =>
					first && (
						<path key={slug} d={`M0 ${y - 17}H${width}M${x - 10.5} ${HEAD}V${height}`} className="matrix__line matrix__line--group" />
					),
			)}
			{rows.map(({ slug, place, x, y }) => (
				<text key={slug} className="graph__from">
					<tspan x={x} y={HEAD - 10} textAnchor="middle">
						{place}
					</tspan>
					<tspan x="26" y={y} textAnchor="end">
						{place}
					</tspan>
				</text>
			))}
			{CELLS.map((kind) => cells[kind] && <path key={kind} d={cells[kind]} className={`matrix__cell matrix__cell--${kind}`} />)}
		</>
	);
	return (
		<DrawnGraph width={width} height={height} caption={caption} label={label} edges={edges}>
			{rows.map(({ slug, label: name, y }) => (
				<DrawnNode key={slug}>
					<To to={to(slug)} aria-label={row(slug, name)}>
						<rect x="1" y={y - 16} width={LABELS - 4} height={ROW - 2} rx="4" className="graph__box matrix__row" />
						<text x="34" y={y} className="graph__label matrix__label">
							{name}
						</text>
					</To>
				</DrawnNode>
			))}
		</DrawnGraph>
	);
}
