import { describe, expect, it } from "vitest";
import { type Box, leaveBox, wrapLabel } from "../../web/app/graph/box.ts";
import { layoutPathway } from "../../web/app/pathway/layout.ts";

describe("a label in a drawing", () => {
	it("is cut at spaces and after hyphens", () => {
		expect(wrapLabel("EmFor Bourgogne-Franche-Comté", 18, 4)).toEqual(["EmFor Bourgogne-", "Franche-Comté"]);
	});

	it("is not cut before the signs that French sets apart, nor after an opening one", () => {
		expect(wrapLabel("La singularité : une richesse", 15, 4)).toEqual(["La", "singularité :", "une richesse"]);
		expect(wrapLabel("Dire « oui » puis agir", 11, 4)).toEqual(["Dire", "« oui »", "puis agir"]);
	});

	it("says that it goes on when it must be shortened", () => {
		expect(wrapLabel("un deux trois quatre cinq", 6, 2)).toEqual(["un", "deux…"]);
		expect(wrapLabel("anticonstitutionnellement", 10, 2)).toEqual(["anticonst…"]);
	});
});

describe("a line that leaves a box", () => {
	it("starts on its border", () => {
		const box: Box = { x: 0, y: 0, width: 100, height: 40 };
		expect(leaveBox(box, 200, 0)).toEqual({ x: 50, y: 0 });
		expect(leaveBox(box, 0, -90)).toEqual({ x: 0, y: -20 });
		expect(leaveBox(box, 0, 0)).toEqual({ x: 0, y: 0 });
	});
});

describe("the drawing of a pathway", () => {
	const input = {
		nodes: ["goal", "a", "b", "c"].map((id) => ({ id, label: `Badge ${id}`, institute: "CFA", note: "" })),
		edges: [
			{ from: "a", to: "goal" },
			{ from: "b", to: "goal" },
			{ from: "c", to: "a" },
			{ from: "absent", to: "a" },
		],
	};

	it("puts the goal above what it requires", () => {
		const at = new Map(layoutPathway(input).nodes.map((node) => [node.id, node.y]));
		expect([at.get("goal"), at.get("a"), at.get("c")]).toEqual(
			[...at.values()].filter((_, place) => place !== 2).toSorted((x, y) => x - y),
		);
	});

	it("is the same each time, its boxes apart, its unknown lines left out", () => {
		const drawing = layoutPathway(input);
		expect(layoutPathway(structuredClone(input))).toEqual(drawing);
		expect(overlaps(drawing.nodes)).toEqual([]);
		expect(drawing.edges.map(({ from, to }) => `${from} ${to}`)).toEqual(["a goal", "b goal", "c a"]);
	});

	it("keeps its lines within it, and upright past a box of another height", () => {
		const long = "Un badge dont le nom tient sur plusieurs lignes, et même davantage";
		const nodes = ["goal", "a", "b", "c", "d"].map((id) => ({ id, label: id === "b" ? long : id, institute: "CFA", note: "" }));
		const drawing = layoutPathway({
			nodes,
			edges: [
				{ from: "a", to: "goal" },
				{ from: "b", to: "goal" },
				{ from: "c", to: "b" },
				{ from: "d", to: "b" },
				{ from: "d", to: "goal" },
			],
		});
		const b = drawing.nodes.find(({ id }) => id === "b") as Box;
		const numbers = drawing.edges.flatMap(({ path }) => pointsOf(path));
		expect(numbers.every(({ x, y }) => x >= 0 && x <= drawing.width && y >= 0 && y <= drawing.height)).toBe(true);
		// The line past `b` has its place over the whole height of the box, beside it.
		const past = pointsOf(drawing.edges.find(({ from, to }) => from === "d" && to === "goal")?.path ?? "");
		const beside = past.filter(({ y }) => Math.abs(y - b.y) <= b.height / 2 + 0.2);
		expect(beside.length).toBeGreaterThan(1);
		expect(new Set(beside.map(({ x }) => x)).size).toBe(1);
		expect(Math.abs((beside[0]?.x ?? b.x) - b.x)).toBeGreaterThan(b.width / 2);
	});

	it("is one column on a narrow screen: each badge under what requires it, shared ones once, nothing beyond the edge", () => {
		const shared = { ...input, edges: [...input.edges, { from: "c", to: "b" }] };
		const drawing = layoutPathway(shared, "narrow");
		expect(drawing.nodes.map(({ id }) => id)).toEqual(["goal", "a", "c", "b"]);
		expect(overlaps(drawing.nodes)).toEqual([]);
		expect(drawing.edges).toHaveLength(4);
		expect(drawing.width).toBeLessThanOrEqual(320);
		for (const { x, width } of drawing.nodes) expect([x - width / 2 >= 0, x + width / 2 <= drawing.width]).toEqual([true, true]);
	});
});

const pointsOf = (path: string): { x: number; y: number }[] =>
	[...path.matchAll(/(-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => ({ x: Number(x), y: Number(y) }));

const overlaps = (boxes: readonly (Box & { id: string })[]): string[] =>
	boxes.flatMap((a, place) =>
		boxes
			.slice(place + 1)
			.filter((b) => Math.abs(a.x - b.x) < (a.width + b.width) / 2 && Math.abs(a.y - b.y) < (a.height + b.height) / 2)
			.map((b) => `${a.id} ${b.id}`),
	);
