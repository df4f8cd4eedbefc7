import type { ReactNode } from "react";
import { DrawnGraph } from "../graph/drawn-graph.tsx";
import { DrawnNode } from "../graph/graph-canvas.tsx";
import { SvgLines } from "../graph/svg-lines.tsx";
import { To } from "../ui/link.tsx";
import { type ColumnDrawing, LINE, type PlacedLink, TAG } from "./column-layout.ts";

interface ColumnFigureProps {
	drawing: ColumnDrawing;
	/** The same for a narrow screen, where there is one. */
	narrow?: ColumnDrawing;
	/** Name of the list that the boxes are. */
	label: string;
	caption: ReactNode;
	/** Id of the box that stands out. */
	centre?: string | undefined;
	/** How many of a box's last lines are notes under its name. */
	notes?: number;
	/** Where a box leads. */
	box(id: string): string;
	/** Title over a run of boxes, and where it leads. */
	group?(id: string): { to: string | null; label: string };
	/** Where the tag of a line leads. */
	tag?(link: PlacedLink): { to: string; label: string };
}

/** A drawing in columns: boxes are links, and so are the tags on lines and the titles that lead somewhere. */
export function ColumnFigure({ drawing, narrow, label, caption, ...parts }: ColumnFigureProps) {
	return (
		<DrawnGraph
			caption={caption}
			label={label}
			narrow={narrow && drawColumns(narrow, "url(#fleche-etroite)", parts)}
			{...drawColumns(drawing, "url(#fleche)", parts)}
		/>
	);
}

type Parts = Pick<ColumnFigureProps, "centre" | "notes" | "box" | "group" | "tag">;

function drawColumns(drawing: ColumnDrawing, arrow: string, { centre, notes = 0, box, group, tag }: Parts) {
	const { width, height, nodes, links, groups } = drawing;
	const edges = (
		<>
			{links.map((link) => (
				<path
					key={`${link.from} ${link.to}`}
					d={link.path}
					className={link.dashed ? "graph__edge graph__edge--partial" : "graph__edge"}
					markerEnd={arrow}
					markerStart={link.mutual ? arrow : undefined}
				/>
			))}
			{groups.map(({ id, x, y }) => {
				const title = group?.(id);
				return title && title.to === null ? (
					<text key={`${id} ${x}`} x={x} y={y} textAnchor="middle" className="graph__group">
						{title.label}
					</text>
				) : null;
			})}
		</>
	);
	const children = (
		<>
			{groups.map(({ id, x, y }) => {
				const title = group?.(id);
				return title && title.to !== null ? (
					<DrawnNode key={`${id} ${x}`}>
						<To to={title.to}>
							<text x={x} y={y} textAnchor="middle" className="graph__group graph__group--link">
								{title.label}
							</text>
						</To>
					</DrawnNode>
				) : null;
			})}
			{nodes.map(({ id, lines, x, y, width: w, height: h }) => {
				const isCentre = id === centre;
				const first = y - ((lines.length - 1) * LINE) / 2 + 5;
				const named = lines.length - notes;
				return (
					<DrawnNode key={id}>
						<To to={box(id)}>
							<rect
								className={isCentre ? "graph__box graph__box--centre" : "graph__box"}
								x={x - w / 2}
								y={y - h / 2}
								width={w}
								height={h}
								rx="10"
							/>
							<text textAnchor="middle" className={isCentre ? "graph__label graph__label--centre" : "graph__label"}>
								<SvgLines lines={lines.slice(0, named)} x={x} y={first} step={LINE} />
								<SvgLines lines={lines.slice(named)} x={x} y={first + named * LINE} step={LINE} className="graph__from" />
							</text>
						</To>
					</DrawnNode>
				);
			})}
			{links.map((link) => {
				const target = link.tag && tag?.(link);
				if (!link.tag || !target) return null;
				const { x, y } = link.tag;
				return (
					<DrawnNode key={`${link.from} ${link.to}`}>
						<To to={target.to} aria-label={target.label}>
							<rect
								className="graph__box graph__tag"
								x={x - TAG.width / 2}
								y={y - TAG.height / 2}
								width={TAG.width}
								height={TAG.height}
								rx="12"
							/>
							<text x={x} y={y + 5} textAnchor="middle" className="graph__label graph__count">
								{link.label}
							</text>
						</To>
					</DrawnNode>
				);
			})}
		</>
	);
	return { width, height, edges, children };
}
