import { round } from "../graph/box.ts";
import type { PathwayDrawing, PathwayInput } from "./layout.ts";
import { measureBox } from "./measure-box.ts";

/** Fits a screen of 360 pixels with the page's margins. */
const WIDTH = 312;
const MARGIN = 6;
const INDENT = 22;
const DEEPEST = 5;
const GAP = 16;
/** Room at the right for lines to badges that stand further up. */
const GUTTER = 14;

/**
 * One column. Upwards: the goal, and each badge under the first that requires it, further in the further it is.
 * Downwards: in the order of the nodes, those that stand aside further in.
 */
export function layoutNarrow({ nodes, edges, flow = "up" }: PathwayInput): PathwayDrawing {
	const known = new Map(nodes.map((node) => [node.id, node]));
	const lines = edges.filter(({ from, to }) => known.has(from) && known.has(to));
	const requiring = new Set(lines.map(({ from }) => from));
	const placed: PathwayDrawing["nodes"] = [];
	const at = new Map<string, { node: PathwayDrawing["nodes"][number]; parent: string | null }>();
	let bottom = MARGIN;
	const place = (id: string, depth: number, parent: string | null): void => {
		if (at.has(id)) return;
		const left = MARGIN + INDENT * Math.min(depth, DEEPEST);
		const box = measureBox(known.get(id) as PathwayInput["nodes"][number], WIDTH - MARGIN - GUTTER - left);
		const node = { id, ...box, x: round(left + box.width / 2), y: round(bottom + box.height / 2) };
		bottom += box.height + GAP;
		placed.push(node);
		at.set(id, { node, parent });
		if (flow === "up") for (const { from } of lines.filter(({ to }) => to === id)) place(from, depth + 1, id);
	};
	if (flow === "down") for (const { id, aside } of nodes) place(id, aside ? aside + 1 : 0, null);
	for (const { id } of nodes) if (!requiring.has(id)) place(id, 0, null);
	// Whatever a cycle would leave out; requirements have none.
	for (const { id } of nodes) place(id, 0, null);
	const drawn = lines.map(({ from, to }) => {
		const [child, parent] = [at.get(from), at.get(to)] as [Placed, Placed];
		if (flow === "down") return { from, to, path: down(child.node, parent.node) };
		return { from, to, path: child.parent === to ? beside(child.node, parent.node) : around(child.node, parent.node) };
	});
	return { width: WIDTH, height: Math.ceil(bottom - GAP + MARGIN), nodes: placed, edges: drawn };
}

interface Placed {
	node: PathwayDrawing["nodes"][number];
	parent: string | null;
}
type Box = PathwayDrawing["nodes"][number];

/** From the left of a box up to the bottom of the one that it stands under. */
function beside(child: Box, parent: Box): string {
	const x = round(Math.min(parent.x - parent.width / 2 + INDENT / 2, child.x - child.width / 2 - 6));
	return `M${child.x - child.width / 2} ${child.y}H${x}V${round(parent.y + parent.height / 2 + 6)}`;
}

/** From the bottom of a step to the next one; past those that stand aside, on their left. */
function down(from: Box, to: Box): string {
	// What counts for a step stands under it.
	if (from.y > to.y) return around(from, to);
	const [start, end] = [from, to].map(({ x, width }) => within(x - width / 2)) as [number, number];
	const bottom = round(from.y + from.height / 2);
	if (start < end) return `M${start} ${bottom}V${to.y}H${round(to.x - to.width / 2 - 6)}`;
	const top = round(to.y - to.height / 2 - 6);
	return start === end ? `M${start} ${bottom}V${top}` : `M${start} ${bottom}V${round(top - 4)}H${end + 16}V${top}`;
}

/** Where lines leave and reach a box: what stands aside has round corners, past which they keep. */
const within = (left: number): number => round(left + (left > MARGIN ? 1.6 * INDENT : INDENT / 2));

/** From the right of a box to the right of one that stands elsewhere. */
function around(child: Box, parent: Box): string {
	const edge = WIDTH - MARGIN / 2;
	return `M${round(child.x + child.width / 2)} ${child.y}H${edge}V${parent.y}H${round(parent.x + parent.width / 2 + 6)}`;
}
