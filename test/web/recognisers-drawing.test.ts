import { describe, expect, it } from "vitest";
import { BADGE_BOX, drawRecognisers } from "../../web/app/badge/recognisers-drawing.ts";

const hop = (by: string, to: string, scope = "INSTITUTE") => ({ by: { slug: by, name: `Institut ${by}` }, member: { slug: to }, scope });
const WAYS = [
	{ hops: [hop("direct", "emetteur", "BADGE_CLASS")] },
	{ hops: [hop("loin", "direct"), hop("direct", "emetteur", "BADGE_CLASS")] },
	{ hops: [hop("plus-loin", "loin"), hop("loin", "direct"), hop("direct", "emetteur", "BADGE_CLASS")] },
	{ hops: [hop("entier", "emetteur")] },
];

describe("who recognises a badge, drawn", () => {
	const { drawing, narrow, drawn } = drawRecognisers("Accueillir un nouvel arrivant", WAYS);

	it.each([
		["wide", drawing],
		["narrow", narrow],
	])("has each member once, and a line for each recognition (%s)", (_, { nodes, links }) => {
		expect(nodes.map(({ id }) => id).toSorted()).toEqual([BADGE_BOX, "direct", "entier", "loin", "plus-loin"]);
		expect(links.map(({ from, to, dashed }) => `${from} ${to} ${dashed}`).toSorted()).toEqual([
			`direct ${BADGE_BOX} true`,
			`entier ${BADGE_BOX} false`,
			"loin direct false",
			"plus-loin loin false",
		]);
		for (const { path } of links) expect(path).toMatch(/^M-?[\d.]/);
		expect(drawn).toBe(4);
	});

	it("fits a narrow screen: the badge on top, each member under and right of whom it recognises, none over another", () => {
		expect(narrow.width).toBeLessThanOrEqual(320);
		const at = new Map(narrow.nodes.map((node) => [node.id, node]));
		expect(narrow.nodes[0]?.id).toBe(BADGE_BOX);
		for (const { from, to } of narrow.links) {
			const [below, above] = [at.get(from), at.get(to)];
			if (!below || !above) throw new Error(`${from} ${to}`);
			expect(below.y - below.height / 2).toBeGreaterThan(above.y + above.height / 2);
			expect(below.x - below.width / 2).toBeGreaterThan(above.x - above.width / 2);
		}
		for (const { x, width } of narrow.nodes) expect([x - width / 2 >= 0, x + width / 2 <= narrow.width]).toEqual([true, true]);
		const ends = narrow.nodes.map(({ y, height }) => [y - height / 2, y + height / 2]).toSorted(([a = 0], [b = 0]) => a - b);
		for (const [place, [top = 0]] of ends.entries()) if (place > 0) expect(top).toBeGreaterThanOrEqual(ends[place - 1]?.[1] ?? 0);
	});
});
