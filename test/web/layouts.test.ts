import { describe, expect, it } from "vitest";
import { type Box, leaveBox, wrapLabel } from "../../web/app/graph/box.ts";
import { layoutNetwork } from "../../web/app/network/layout.ts";
import { linksOf, MAX_DRAWN, selectDrawn } from "../../web/app/network/network-graph.ts";
import { layoutPathway } from "../../web/app/pathway/layout.ts";

const recognition = (by: string, member: string, scope: "INSTITUTE" | "BADGE_CLASS" = "INSTITUTE") => ({
	by: { slug: by },
	member: { slug: member },
	scope,
});

describe("a label in a drawing", () => {
	it("is cut at spaces and after hyphens", () => {
		expect(wrapLabel("EmFor Bourgogne-Franche-Comté", 18, 4)).toEqual(["EmFor Bourgogne-", "Franche-Comté"]);
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

describe("the lines of the network", () => {
	it("join each pair once, both ways when each recognises the other", () => {
		expect(linksOf([recognition("a", "b"), recognition("b", "a"), recognition("a", "b", "BADGE_CLASS"), recognition("a", "a")])).toEqual([
			{ from: "a", to: "b", mutual: true, partial: false },
		]);
	});

	it("are the same whoever recognised first", () => {
		const both = [recognition("b", "a"), recognition("a", "b")];
		expect(linksOf(both)).toEqual(linksOf(both.toReversed()));
	});

	it("are dashed when only badges are recognised", () => {
		expect(linksOf([recognition("a", "b", "BADGE_CLASS")])).toEqual([{ from: "a", to: "b", mutual: false, partial: true }]);
	});

	it("stay within the neighbourhood of a centre", () => {
		const members = ["a", "b", "c", "d"].map((id) => ({ id, label: id }));
		const links = linksOf([recognition("a", "b"), recognition("b", "c"), recognition("c", "d")]);
		expect(selectDrawn(members, links, "b").nodes.map(({ id }) => id)).toEqual(["b", "c", "a"]);
		expect(selectDrawn([...members, { id: "e", label: "e" }], links).isolated).toEqual([{ id: "e", label: "e" }]);
	});

	it("stop at what can be seen", () => {
		const members = Array.from({ length: 200 }, (_, place) => ({ id: `m${place}`, label: `m${place}` }));
		const links = linksOf(members.slice(1).map(({ id }) => recognition("m0", id)));
		const drawn = selectDrawn(members, links);
		expect([drawn.nodes.length, drawn.cut, drawn.nodes[0]?.id]).toEqual([MAX_DRAWN, true, "m0"]);
	});
});

describe("the drawing of the network", () => {
	const nodes = Array.from({ length: 24 }, (_, place) => ({ id: `m${place}`, label: `Établissement numéro ${place}` }));
	const links = linksOf(
		nodes.flatMap((_, place) => [
			recognition(`m${place}`, `m${(place * 7 + 3) % 24}`),
			recognition(`m${place}`, `m${(place * 5 + 1) % 24}`),
		]),
	);

	it("is the same whatever the order of its parts", () => {
		const first = layoutNetwork(nodes, links);
		const again = layoutNetwork(nodes.toReversed(), links.toReversed());
		expect(again).toEqual(first);
	});

	it("keeps its boxes apart and inside", () => {
		const drawing = layoutNetwork(nodes, links);
		expect(overlaps(drawing.nodes)).toEqual([]);
		for (const box of drawing.nodes) {
			expect(box.x - box.width / 2).toBeGreaterThanOrEqual(0);
			expect(box.x + box.width / 2).toBeLessThanOrEqual(drawing.width);
			expect(box.y - box.height / 2).toBeGreaterThanOrEqual(0);
			expect(box.y + box.height / 2).toBeLessThanOrEqual(drawing.height);
		}
	});

	it("survives a network of nobody", () => {
		expect(layoutNetwork([], [])).toMatchObject({ nodes: [], links: [] });
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
});

const overlaps = (boxes: readonly (Box & { id: string })[]): string[] =>
	boxes.flatMap((a, place) =>
		boxes
			.slice(place + 1)
			.filter((b) => Math.abs(a.x - b.x) < (a.width + b.width) / 2 && Math.abs(a.y - b.y) < (a.height + b.height) / 2)
			.map((b) => `${a.id} ${b.id}`),
	);
