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

/** One column: the goal, and each badge under the first that requires it, further in the further it is. */
export function layoutNarrow({ nodes, edges }: PathwayInput): PathwayDrawing {
	const known = new Map(nodes.map((node) => [node.id, node]));
	const lines = edges.filter(({ from, to }) => known.has(from) && known.has(to));
	const requiring = new Set(lines.map(({ from }) => from));
	const placed: PathwayDrawing["nodes"] = [];
	const at = new Map<string, { node: PathwayDrawing["nodes"][number]; parent: string | null }>();
	let bottom = MARGIN;
	const place = (id: string, depth: number, parent: string | null) => {
		if (at.has(id)) return;
		const left = MARGIN + INDENT * Math.min(depth, DEEPEST);
		const box = measureBox(known.get(id) as PathwayInput["nodes"][number], WIDTH - MARGIN - GUTTER - left);
		const node = { id, ...box, x: round(left + box.width / 2), y: round(bottom + box.height / 2) };
		bottom += box.height + GAP;
		placed.push(node);
		at.set(id, { node, parent });
		for (const { from } of lines.filter(({ to }) => to === id)) place(from, depth + 1, id);
	};
	for (const { id } of nodes) if (!requiring.has(id)) place(id, 0, null);
	// Whatever a cycle would leave out; requirements have none.
	for (const { id } of nodes) place(id, 0, null);
	const drawn = lines.map(({ from, to }) => {
		const [child, parent] = [at.get(from), at.get(to)] as [Placed, Placed];
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

/** From the right of a box to the right of one that stands elsewhere. */
function around(child: Box, parent: Box): string {
	const edge = WIDTH - MARGIN / 2;
	return `M${round(child.x + child.width / 2)} ${child.y}H${edge}V${parent.y}H${round(parent.x + parent.width / 2 + 6)}`;
}
