import { type Box, round } from "../graph/box.ts";

/**
 * Boxes in columns, lines in the gutters between them. A line stays within its gutter from end to end, so that none
 * passes behind a box; each has a place of its own on the border of its boxes, so that none hides another there. The
 * order within a column is the caller's: one box more moves those below it by its own height, and nothing else.
 */

export interface ColumnNode {
	id: string;
	lines: readonly string[];
	/** Title over the first box of each run of boxes that have the same. */
	group?: string | undefined;
}

export interface ColumnLink {
	from: string;
	to: string;
	/** An arrow at each end. */
	mutual: boolean;
	dashed: boolean;
	/** Written on a tag where the line begins. */
	label?: string | undefined;
}

export interface PlacedLink extends ColumnLink {
	/** The line, as the path of an SVG. */
	path: string;
	/** Centre of its tag. */
	tag: { x: number; y: number } | null;
}

export interface ColumnDrawing {
	width: number;
	height: number;
	groups: { id: string; x: number; y: number }[];
	nodes: (Box & { id: string; lines: readonly string[] })[];
	links: PlacedLink[];
}

export const BOX_WIDTH = 196;
export const LINE = 19;
const PADDING = 20;
/** How high a box with so many lines is. */
export const boxHeight = (lines: number): number => lines * LINE + PADDING;
const GAP = 12;
const HEADING = 34;
const MARGIN = 14;
/** Room between the ends of two lines on a border; more where they have tags, which fingers must hit. */
const STEP = 12;
const TAG_STEP = 27;
export const TAG = { width: 44, height: 24 } as const;
const ARROW = 5;

interface Port {
	link: number;
	end: "from" | "to";
	/** Centre of the box at the other end. */
	towards: number;
	y: number;
}

type Placed = Box & ColumnNode & { column: number; ports: Record<"left" | "right", Port[]> };

/** `centred` columns have their boxes at half the height of the drawing, the others at the top. Links that join columns further apart are left out. */
export function layoutColumns(
	columns: readonly (readonly ColumnNode[])[],
	links: readonly ColumnLink[],
	{ gutter = 230, centred = [] }: { gutter?: number; centred?: readonly number[] } = {},
): ColumnDrawing {
	const at = new Map<string, Placed>();
	for (const [column, nodes] of columns.entries())
		for (const node of nodes) at.set(node.id, { ...node, column, x: 0, y: 0, width: BOX_WIDTH, height: 0, ports: { left: [], right: [] } });
	const drawn = links.filter(({ from, to }) => {
		const [a, b] = [at.get(from), at.get(to)];
		return a && b && a !== b && Math.abs(a.column - b.column) <= 1;
	});
	const hasTags = drawn.some(({ label }) => label !== undefined);
	for (const [link, { from, to }] of drawn.entries()) {
		const [a, b] = [at.get(from) as Placed, at.get(to) as Placed];
		const between = a.column === b.column ? inner(a.column, columns.length) : Math.min(a.column, b.column);
		a.ports[between === a.column ? "right" : "left"].push({ link, end: "from", towards: 0, y: 0 });
		b.ports[between === b.column ? "right" : "left"].push({ link, end: "to", towards: 0, y: 0 });
	}
	const step = hasTags ? TAG_STEP : STEP;
	for (const box of at.values()) {
		const ends = Math.max(box.ports.left.length, box.ports.right.length);
		box.height = Math.max(boxHeight(box.lines.length), ends * step + 8);
	}
	const { groups, height } = stack(columns, at, gutter, centred);
	for (const box of at.values()) for (const side of ["left", "right"] as const) placePorts(box, box.ports[side], drawn, at);
	return {
		width: 2 * MARGIN + columns.length * BOX_WIDTH + Math.max(0, columns.length - 1) * gutter,
		height,
		groups,
		nodes: [...at.values()].map(({ id, lines, x, y, width, height: tall }) => ({ id, lines, x, y, width, height: tall })),
		links: drawn.map((link, place) => draw(link, place, at.get(link.from) as Placed, at.get(link.to) as Placed, gutter)),
	};
}

/** The gutter for a line between two boxes of one column: the one nearer to the middle. */
const inner = (column: number, count: number): number => (column < count / 2 && column < count - 1 ? column : column - 1);

function stack(columns: readonly (readonly ColumnNode[])[], at: Map<string, Placed>, gutter: number, centred: readonly number[]) {
	const groups: ColumnDrawing["groups"] = [];
	const heights: number[] = [];
	for (const [column, nodes] of columns.entries()) {
		const x = MARGIN + BOX_WIDTH / 2 + column * (BOX_WIDTH + gutter);
		let y = MARGIN;
		let group: string | undefined;
		for (const { id } of nodes) {
			const box = at.get(id) as Placed;
			if (box.group !== undefined && box.group !== group) {
				groups.push({ id: box.group, x, y: y + HEADING / 2 });
				y += HEADING;
			}
			group = box.group;
			Object.assign(box, { x, y: y + box.height / 2 });
			y += box.height + GAP;
		}
		heights.push(y - GAP + MARGIN);
	}
	const height = Math.max(2 * MARGIN, ...heights);
	for (const column of centred)
		for (const { id } of columns[column] ?? []) (at.get(id) as Placed).y += (height - (heights[column] ?? height)) / 2;
	return { groups, height };
}

/** Ends in the order of the boxes that they lead to, so that lines cross as little as they may. */
function placePorts(box: Placed, ports: Port[], links: readonly ColumnLink[], at: ReadonlyMap<string, Placed>): void {
	for (const port of ports) {
		const { from, to } = links[port.link] as ColumnLink;
		port.towards = (at.get(port.end === "from" ? to : from) as Placed).y;
	}
	ports.sort((a, b) => a.towards - b.towards || a.link - b.link);
	for (const [place, port] of ports.entries()) port.y = round(box.y - box.height / 2 + (box.height * (place + 0.5)) / ports.length);
}

function draw(link: ColumnLink, place: number, from: Placed, to: Placed, gutter: number): PlacedLink {
	const ends = [from, to].map((box, end) => {
		const side = box.ports.right.some((port) => port.link === place && port.end === (end === 0 ? "from" : "to")) ? "right" : "left";
		const port = box.ports[side].find((one) => one.link === place && one.end === (end === 0 ? "from" : "to")) as Port;
		const out = side === "right" ? 1 : -1;
		return { x: box.x + (out * box.width) / 2, y: port.y, out };
	});
	const [start, finish] = ends as [{ x: number; y: number; out: number }, { x: number; y: number; out: number }];
	const tag = link.label === undefined ? null : { x: round(start.x + start.out * (TAG.width / 2 + 4)), y: start.y };
	const x1 = start.x + start.out * (tag ? TAG.width + 4 : link.mutual ? ARROW : 0);
	const x2 = finish.x + finish.out * ARROW;
	// Within one column the further apart two boxes are, the wider the bow; it never leaves the gutter.
	const bend = from.column === to.column ? Math.min(gutter * 0.8, 50 + Math.abs(finish.y - start.y) * 0.25) : gutter * 0.45;
	const path = `M${round(x1)} ${start.y}C${round(start.x + start.out * bend)} ${start.y} ${round(finish.x + finish.out * bend)} ${finish.y} ${round(x2)} ${finish.y}`;
	return { ...link, path, tag };
}
