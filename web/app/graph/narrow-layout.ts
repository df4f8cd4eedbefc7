import { type Box, round } from "./box.ts";

interface NarrowInput<Measured> {
	/** Those that stand aside are further in, where it goes downwards. */
	nodes: readonly { id: string; aside?: number }[];
	edges: readonly { from: string; to: string }[];
	flow?: "up" | "down";
	/** How large a box must be that is at most so wide. */
	measure(id: string, most: number): Measured;
}

interface NarrowDrawing<Measured> {
	width: number;
	height: number;
	nodes: (Measured & Box & { id: string })[];
	/** Each edge as the `d` of a path. */
	edges: { from: string; to: string; path: string }[];
}

/** Fits a screen of 360 pixels with the page's margins. */
const WIDTH = 312;
const MARGIN = 6;
const INDENT = 22;
const DEEPEST = 5;
const GAP = 16;
/** Room at the right for lines to boxes that stand further up. */
const GUTTER = 14;

/**
 * A graph in one column, for a narrow screen. Upwards: what nothing follows, and each box under the first that it leads to,
 * further in the further it is. Downwards: in the order of the nodes, those that stand aside further in.
 */
export function layoutNarrow<Measured extends { width: number; height: number }>({
	nodes,
	edges,
	flow = "up",
	measure,
}: NarrowInput<Measured>): NarrowDrawing<Measured> {
	const known = new Set(nodes.map(({ id }) => id));
	const lines = edges.filter(({ from, to }) => known.has(from) && known.has(to));
	const leading = new Set(lines.map(({ from }) => from));
	const placed: NarrowDrawing<Measured>["nodes"] = [];
	const at = new Map<string, Placed>();
	let bottom = MARGIN;
	const place = (id: string, depth: number, parent: string | null): void => {
		if (at.has(id)) return;
		const left = MARGIN + INDENT * Math.min(depth, DEEPEST);
		const box = measure(id, WIDTH - MARGIN - GUTTER - left);
		const node = { id, ...box, x: round(left + box.width / 2), y: round(bottom + box.height / 2) };
		bottom += box.height + GAP;
		placed.push(node);
		at.set(id, { node, parent });
		if (flow === "up") for (const { from } of lines.filter(({ to }) => to === id)) place(from, depth + 1, id);
	};
	if (flow === "down") for (const { id, aside } of nodes) place(id, aside ? aside + 1 : 0, null);
	for (const { id } of nodes) if (!leading.has(id)) place(id, 0, null);
	// Whatever a cycle would leave out.
	for (const { id } of nodes) place(id, 0, null);
	const drawn = lines.map(({ from, to }) => {
		const [child, parent] = [at.get(from), at.get(to)] as [Placed, Placed];
		if (flow === "down") return { from, to, path: down(child.node, parent.node) };
		return { from, to, path: child.parent === to ? beside(child.node, parent.node) : around(child.node, parent.node) };
	});
	return { width: WIDTH, height: Math.ceil(bottom - GAP + MARGIN), nodes: placed, edges: drawn };
}

interface Placed {
	node: Box;
	parent: string | null;
}

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
