import { describe, expect, it } from "vitest";
import type { ColumnDrawing } from "../../web/app/network/column-layout.ts";
import {
	type DrawnMember,
	drawAround,
	drawGroups,
	drawMembers,
	linesOf,
	MOST_LINES,
	type Neighbour,
} from "../../web/app/network/member-drawing.ts";

const link = (from: string, to: string, isWhole = true, recognitionCount = 1) => ({ from, to, isWhole, recognitionCount });
const member = (place: number, group = `collectif-${place % 3}`): DrawnMember => ({
	slug: `m${String(place).padStart(2, "0")}`,
	name: `Établissement de formation numéro ${place}`,
	notes: ["reconnaît 2", "reconnu par 1"],
	group,
});
const members = Array.from({ length: 36 }, (_, place) => member(place));
const links = members.flatMap(({ slug }, place) =>
	[5, 11]
		.map((step) => link(slug, (members[(place * step + 1) % members.length] as DrawnMember).slug, place % 2 === 0))
		.filter(({ from, to }) => from !== to),
);

/** Points along a line: its path is one cubic curve. */
function pointsOf(path: string): { x: number; y: number }[] {
	const [x0, y0, x1, y1, x2, y2, x3, y3] = (path.match(/-?\d+(?:\.\d+)?/g) ?? []).map(Number) as [
		number,
		number,
		number,
		number,
		number,
		number,
		number,
		number,
	];
	return Array.from({ length: 61 }, (_, step) => {
		const t = step / 60;
		const [a, b, c, d] = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t ** 3] as const;
		return { x: a * x0 + b * x1 + c * x2 + d * x3, y: a * y0 + b * y1 + c * y2 + d * y3 };
	});
}

const behindBoxes = ({ nodes, links: drawn }: ColumnDrawing): string[] =>
	drawn.flatMap(({ from, to, path }) =>
		nodes
			.filter((box) =>
				pointsOf(path).some(({ x, y }) => Math.abs(x - box.x) < box.width / 2 - 0.5 && Math.abs(y - box.y) < box.height / 2 - 0.5),
			)
			.map(({ id }) => `${from} ${to} behind ${id}`),
	);

const overlaps = ({ nodes }: ColumnDrawing): string[] =>
	nodes.flatMap((a, place) =>
		nodes
			.slice(place + 1)
			.filter((b) => Math.abs(a.x - b.x) < (a.width + b.width) / 2 && Math.abs(a.y - b.y) < (a.height + b.height) / 2)
			.map((b) => `${a.id} ${b.id}`),
	);

const outside = ({ nodes, width, height }: ColumnDrawing): string[] =>
	nodes
		.filter(
			(box) => box.x - box.width / 2 < 0 || box.y - box.height / 2 < 0 || box.x + box.width / 2 > width || box.y + box.height / 2 > height,
		)
		.map(({ id }) => id);

const faults = (drawing: ColumnDrawing) => [...behindBoxes(drawing), ...overlaps(drawing), ...outside(drawing)];

describe("the lines of the network", () => {
	it("join each pair once, both ways when each recognises the other", () => {
		expect(linesOf([link("a", "b"), link("b", "a", false)]).lines).toEqual([{ from: "a", to: "b", mutual: true, dashed: false }]);
	});

	it("are the same whoever recognised first", () => {
		const both = [link("b", "a"), link("a", "b")];
		expect(linesOf(both)).toEqual(linesOf(both.toReversed()));
	});

	it("are dashed when only badges are recognised", () => {
		expect(linesOf([link("a", "b", false)]).lines).toEqual([{ from: "a", to: "b", mutual: false, dashed: true }]);
	});

	it("stop at what can be seen, the strongest first, and say how many there are", () => {
		const many = Array.from({ length: 300 }, (_, place) => link("a", `m${place}`, place === 299));
		const { lines, total } = linesOf(many);
		expect([lines.length, total, lines[0]?.to]).toEqual([MOST_LINES, 300, "m299"]);
	});
});

describe("the drawing of members", () => {
	it("has every line between boxes and none behind one, its boxes apart and inside", () => {
		const drawing = drawMembers(members, links);
		expect(drawing.links.length).toBeGreaterThan(40);
		expect(faults(drawing)).toEqual([]);
	});

	it("is the same whatever the order of its parts", () => {
		expect(drawMembers(members.toReversed(), links.toReversed())).toEqual(drawMembers(members, links));
	});

	it("keeps each collective together, under its name", () => {
		const drawing = drawMembers(members, links);
		expect(drawing.groups.map(({ id }) => id).sort()).toEqual(["collectif-0", "collectif-1", "collectif-2"]);
		for (const group of ["collectif-0", "collectif-1", "collectif-2"]) {
			const own = new Set(members.filter((one) => one.group === group).map(({ slug }) => slug));
			expect(new Set(drawing.nodes.filter(({ id }) => own.has(id)).map(({ x }) => x)).size).toBe(1);
		}
	});

	it.each([
		["of one collective among several", (place: number) => member(place)],
		["of a single collective", (place: number) => member(place, "seul")],
	])("moves nobody aside when a member %s comes: those after it make room, the others stay", (_what, make) => {
		const before = Array.from({ length: 36 }, (_, place) => make(place));
		const newcomer = { ...make(18), slug: "m17b" };
		const [old, now] = [drawMembers(before, links), drawMembers([...before, newcomer], links)];
		const at = new Map(now.nodes.map((box) => [box.id, box]));
		const added = at.get("m17b");
		const shifts = old.nodes.map((box) => ({ dx: (at.get(box.id)?.x ?? 0) - box.x, dy: (at.get(box.id)?.y ?? 0) - box.y }));
		expect(shifts.filter(({ dx }) => dx !== 0)).toEqual([]);
		expect(shifts.filter(({ dy }) => dy < 0 || dy > (added?.height ?? 0) + 12)).toEqual([]);
		expect(shifts.filter(({ dy }) => dy === 0).length).toBeGreaterThanOrEqual(old.nodes.filter(({ x }) => x !== added?.x).length);
	});

	it("moves no box aside when somebody recognises somebody: places come from slugs, not from lines", () => {
		const [old, now] = [drawMembers(members, links), drawMembers(members, [...links, link("m00", "m35")])];
		expect(now.nodes.map(({ id, x }) => [id, x])).toEqual(old.nodes.map(({ id, x }) => [id, x]));
	});

	it("survives a network of nobody", () => {
		expect(drawMembers([], [])).toMatchObject({ nodes: [], links: [] });
	});
});

describe("the drawing around a member", () => {
	const near = (slug: string, distance: number): Neighbour => ({ slug, name: `Centre ${slug}`, group: "", distance });
	const around = [near("c", 0), near("gives", 1), near("has", 1), near("both", 1), near("far", 2), near("behind", 2)];
	const said = [
		link("gives", "c"),
		link("c", "has"),
		link("c", "both"),
		link("both", "c"),
		link("has", "far"),
		link("behind", "gives"),
		link("far", "behind"),
	];

	it("has on the left who recognises it, on the right whom it recognises, and beyond those two recognitions away", () => {
		const drawing = drawAround("c", around, said);
		const x = (id: string) => drawing.nodes.find((box) => box.id === id)?.x ?? 0;
		const order = ["behind", "gives", "c", "has", "far"].map(x);
		expect(order).toEqual(order.toSorted((a, b) => a - b));
		expect(x("both")).toBe(x("has"));
		expect(faults(drawing)).toEqual([]);
	});

	it("says how many links it leaves out", () => {
		const drawing = drawAround("c", around, said);
		expect([drawing.links.length, drawing.undrawn]).toEqual([5, 1]);
	});
});

describe("the drawing of collectives", () => {
	const groups = Array.from({ length: 20 }, (_, place) => ({
		id: `c${place}`,
		name: `Collectif numéro ${place}`,
		notes: ["50 membres", "400 entre eux"],
	}));
	const between = groups.flatMap(({ id }, place) => [3, 7, 8].map((step) => ({ from: id, to: `c${(place + step) % 20}`, label: "38" })));

	it("has a tag at the beginning of each line, none over another or over a box", () => {
		const drawing = drawGroups(groups, between);
		expect(faults(drawing)).toEqual([]);
		const tags = drawing.links.map(({ tag }) => tag as { x: number; y: number });
		expect(tags.length).toBe(60);
		const close = tags.flatMap((a, place) => tags.slice(place + 1).filter((b) => Math.abs(a.x - b.x) < 44 && Math.abs(a.y - b.y) < 24));
		expect(close).toEqual([]);
	});
});
