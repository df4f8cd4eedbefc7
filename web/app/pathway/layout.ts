import { Graph, layout } from "@dagrejs/dagre";
import { LRUCache } from "lru-cache";
import { type Box, round } from "../graph/box.ts";
import { layoutNarrow } from "./layout-narrow.ts";
import { type MeasuredBox, measureBox, type PathwayNodeInput } from "./measure-box.ts";

export interface PathwayInput {
	nodes: readonly PathwayNodeInput[];
	edges: readonly { from: string; to: string }[];
}

export interface PathwayDrawing {
	width: number;
	height: number;
	nodes: (Box & MeasuredBox & { id: string })[];
	/** Each edge as the `d` of a path, from the required badge up to the one that requires it. */
	edges: { from: string; to: string; path: string }[];
}

const WIDTH = 200;
const MARGIN = 12;
const drawings = new LRUCache<string, PathwayDrawing>({ max: 400 });

/**
 * Layers, the goal on top; for a narrow screen one column, each badge under what requires it. The same pathway always
 * gives the same picture, and is drawn once.
 */
export function layoutPathway(input: PathwayInput, form: "wide" | "narrow" = "wide"): PathwayDrawing {
	const key = form + JSON.stringify(input);
	const known = drawings.get(key);
	if (known) return known;
	const drawing = form === "wide" ? draw(input) : layoutNarrow(input);
	drawings.set(key, drawing);
	return drawing;
}

function draw({ nodes, edges }: PathwayInput): PathwayDrawing {
	const graph = new Graph();
	graph.setGraph({ rankdir: "BT", nodesep: 28, ranksep: 70, marginx: MARGIN, marginy: MARGIN });
	graph.setDefaultEdgeLabel(() => ({}));
	const measured = new Map(nodes.map((node) => [node.id, measureBox(node, WIDTH)]));
	for (const [id, { width, height }] of measured) graph.setNode(id, { width, height });
	for (const { from, to } of edges) if (graph.hasNode(from) && graph.hasNode(to)) graph.setEdge(from, to);
	layout(graph);
	const placed = nodes.map(({ id }) => {
		const { x, y } = graph.node(id) as Box;
		return { id, ...(measured.get(id) as MeasuredBox), x: round(x), y: round(y) };
	});
	const at = new Map(placed.map((node) => [node.id, node]));
	const drawn = edges.flatMap(({ from, to }) => {
		const source = at.get(from);
		const target = at.get(to);
		if (!source || !target) return [];
		const { points } = graph.edge(from, to) as { points: Point[] };
		// Those that arrive share the width of the box, in the order of where they come from.
		const arriving = edges.filter((edge) => edge.to === to && at.has(edge.from)).map((edge) => at.get(edge.from)?.x ?? 0);
		const rank = arriving.filter((x) => x < source.x).length;
		const shift = ((rank + 1) / (arriving.length + 1) - 0.5) * target.width * 0.8;
		const end = { x: target.x + shift, y: target.y + target.height / 2 + 6 };
		return [{ from, to, path: rise([{ x: source.x, y: source.y - source.height / 2 }, ...between(points), end]) }];
	});
	const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
	return { width: Math.ceil(width), height: Math.ceil(height), nodes: placed, edges: drawn };
}

interface Point {
	x: number;
	y: number;
}

/** Of dagre's points, those where the line passes between the boxes of a level: every second one, without the ends. */
const between = (points: readonly Point[]): Point[] => points.slice(1, -1).filter((_, place) => place % 2 === 1);

/** A line that leaves upwards and arrives upwards at each of its points. */
function rise(points: readonly Point[]): string {
	const [start, ...rest] = points.map(({ x, y }) => ({ x: round(x), y: round(y) }));
	if (!start) return "";
	let last = start;
	const parts = rest.map((point) => {
		const middle = round((last.y + point.y) / 2);
		const part = `C${last.x} ${middle} ${point.x} ${middle} ${point.x} ${point.y}`;
		last = point;
		return part;
	});
	return `M${start.x} ${start.y}${parts.join("")}`;
}
