import { Graph, layout } from "@dagrejs/dagre";
import { LRUCache } from "lru-cache";
import { type Box, round } from "../graph/box.ts";
import { layoutNarrow } from "../graph/narrow-layout.ts";
import { type MeasuredBox, measureBox, type PathwayNodeInput } from "./measure-box.ts";

export interface PathwayInput {
	nodes: readonly PathwayNodeInput[];
	edges: readonly { from: string; to: string }[];
	/** « up »: what requires others stands over them, the goal on top. « down »: steps in the order of `nodes`, the first on top. */
	flow?: "up" | "down";
}

export interface PathwayDrawing {
	width: number;
	height: number;
	nodes: (Box & MeasuredBox & { id: string })[];
	/** Each edge as the `d` of a path, from what comes first to what it leads to. */
	edges: { from: string; to: string; path: string }[];
}

const WIDTH = 200;
const MARGIN = 12;
const drawings = new LRUCache<string, PathwayDrawing>({ max: 400 });

/**
 * Layers; for a narrow screen one column. The same pathway always gives the same picture, and is drawn once.
 */
export function layoutPathway(input: PathwayInput, form: "wide" | "narrow" = "wide"): PathwayDrawing {
	const key = form + JSON.stringify(input);
	const known = drawings.get(key);
	if (known) return known;
	const drawing = form === "wide" ? draw(input) : drawNarrow(input);
	drawings.set(key, drawing);
	return drawing;
}

function drawNarrow(input: PathwayInput): PathwayDrawing {
	const known = new Map(input.nodes.map((node) => [node.id, node]));
	return layoutNarrow({ ...input, measure: (id, most) => measureBox(known.get(id) as PathwayNodeInput, most) });
}

function draw({ nodes, edges, flow = "up" }: PathwayInput): PathwayDrawing {
	const graph = new Graph();
	const isUp = flow === "up";
	graph.setGraph({ rankdir: isUp ? "BT" : "TB", nodesep: 28, ranksep: isUp ? 70 : 44, marginx: MARGIN, marginy: MARGIN });
	graph.setDefaultEdgeLabel(() => ({}));
	const measured = new Map(nodes.map((node) => [node.id, measureBox(node, WIDTH)]));
	for (const [id, { width, height }] of measured) graph.setNode(id, { width, height });
	const aside = new Set(nodes.filter((node) => node.aside).map(({ id }) => id));
	// What every reader passes through stays in a line; what stands aside bends.
	const weight = (from: string, to: string) => (!isUp && !aside.has(from) && !aside.has(to) ? 8 : 1);
	for (const { from, to } of edges) if (graph.hasNode(from) && graph.hasNode(to)) graph.setEdge(from, to, { weight: weight(from, to) });
	layout(graph);
	const pointsOf = (from: string, to: string) => (graph.edge(from, to) as { points: Point[] }).points;
	// The size that dagre tells is that of the boxes: lines may pass beyond them.
	const reach = edges.filter(({ from, to }) => graph.hasEdge(from, to)).flatMap(({ from, to }) => pointsOf(from, to).map(({ x }) => x));
	const { width: boxes = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
	const shift = Math.max(0, MARGIN - Math.min(...reach, MARGIN));
	const width = shift + Math.max(boxes, ...reach.map((x) => x + MARGIN));
	const placed = nodes.map(({ id }) => {
		const { x, y } = graph.node(id) as Box;
		return { id, ...(measured.get(id) as MeasuredBox), x: round(x + shift), y: round(y) };
	});
	const at = new Map(placed.map((node) => [node.id, node]));
	const halves = new Map<number, number>();
	for (const { y, height: tall } of placed) halves.set(y, Math.max(halves.get(y) ?? 0, tall / 2));
	const drawn = edges.flatMap(({ from, to }) => {
		const source = at.get(from);
		const target = at.get(to);
		if (!source || !target) return [];
		const points = pointsOf(from, to).map(({ x, y }) => ({ x: x + shift, y }));
		// Those that arrive share the width of the box, in the order of where they come from.
		const arriving = edges.filter((edge) => edge.to === to && at.has(edge.from)).map((edge) => at.get(edge.from)?.x ?? 0);
		const rank = arriving.filter((x) => x < source.x).length;
		const beside = ((rank + 1) / (arriving.length + 1) - 0.5) * target.width * 0.8;
		const ahead = isUp ? -1 : 1;
		const end = { x: target.x + beside, y: target.y - ahead * (target.height / 2 + 6) };
		const start = { x: source.x, y: source.y + (ahead * source.height) / 2 };
		// Upright past the boxes of a level, whatever their height.
		const passing = between(points).flatMap(({ x, y }) => {
			const half = ahead * (halves.get(round(y)) ?? 0);
			return [
				{ x, y: y - half },
				{ x, y: y + half },
			];
		});
		return [{ from, to, path: curve([start, ...passing, end]) }];
	});
	return { width: Math.ceil(width), height: Math.ceil(height), nodes: placed, edges: drawn };
}

interface Point {
	x: number;
	y: number;
}

/** Of dagre's points, those where the line passes between the boxes of a level: every second one, without the ends. */
const between = (points: readonly Point[]): Point[] => points.slice(1, -1).filter((_, place) => place % 2 === 1);

/** A line that leaves and arrives upright at each of its points. */
function curve(points: readonly Point[]): string {
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
