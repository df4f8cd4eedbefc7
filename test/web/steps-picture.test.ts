import { describe, expect, it } from "vitest";
import { en } from "../../web/app/i18n/en.ts";
import { fr } from "../../web/app/i18n/fr.ts";
import type { Places } from "../../web/app/pathway/places.ts";
import type { RulePart } from "../../web/app/pathway/rule-parts.ts";
import { drawSteps } from "../../web/app/pathway/steps-picture.ts";
import { rulePart } from "./rule-part.ts";

const places: Places = { institutes: { cfa: { name: "CFA des Deux Rives", departements: [] } }, departements: [] };
const step = (id: string, optional = false, part: Partial<RulePart> = {}) => ({
	optional,
	part: rulePart({ id, name: `Badge ${id}`, ...part }),
});
const draw = (steps: ReturnType<typeof step>[], held: string[] = [], texts = fr) =>
	drawSteps({ steps, held, places, competencies: { "300361": "Accueillir un public" } }, texts);
const edges = (picture: ReturnType<typeof draw>) => picture.wide.edges.map(({ from, to }) => `${from} ${to}`);

describe("the drawing of a steward's pathway", () => {
	const steps = [step("cfa:a"), step("cfa:b", true), step("cfa:c", true), step("ailleurs:d"), step("cfa:e", true)];

	it("joins each step to the next, and passes by those that may be left out", () => {
		const picture = draw(steps);
		expect(edges(picture)).toEqual(["cfa:a cfa:b", "cfa:b cfa:c", "cfa:c ailleurs:d", "cfa:a ailleurs:d", "ailleurs:d cfa:e"]);
		expect(picture.optionalEdges).toEqual(["cfa:a cfa:b", "cfa:b cfa:c", "cfa:c ailleurs:d", "ailleurs:d cfa:e"]);
		expect(Object.values(picture.facts).map(({ optional }) => optional)).toEqual([false, true, true, false, true]);
	});

	it("has an optional step first, which nothing leads to", () => {
		expect(edges(draw([step("cfa:a", true), step("cfa:b")]))).toEqual(["cfa:a cfa:b"]);
	});

	it("goes downwards in the steward's order, wide and narrow, no box over another and no line beyond the edge", () => {
		const { wide, narrow } = draw(steps);
		for (const drawing of [wide, narrow]) {
			const tops = drawing.nodes.map(({ y }) => y);
			expect(tops).toEqual(tops.toSorted((one, other) => one - other));
			expect(new Set(tops).size).toBe(steps.length);
			for (const { path } of drawing.edges) {
				const numbers = [...path.matchAll(/-?[\d.]+/g)].map(([number]) => Number(number));
				expect([path, Math.min(...numbers) >= 0, Math.max(...numbers) <= Math.max(drawing.width, drawing.height)]).toEqual([
					path,
					true,
					true,
				]);
			}
		}
		expect(narrow.width).toBeLessThanOrEqual(320);
		// Told apart by their place too: what may be left out stands further in.
		const left = new Map(narrow.nodes.map(({ id, x, width }) => [id, x - width / 2]));
		expect([left.get("cfa:b"), left.get("cfa:c"), left.get("cfa:e")].every((one) => (one as number) > (left.get("cfa:a") as number))).toBe(
			true,
		);
		expect(left.get("ailleurs:d")).toBe(left.get("cfa:a"));
	});

	it("says in words the place of each step, what is optional, held, next or not found, and leads where there is a page", () => {
		const picture = draw(
			[
				step("cfa:a", false, { met: true }),
				step("cfa:b", true),
				step("cfa:c"),
				step("ailleurs:d", false, { name: null, reason: "BROKEN" }),
			],
			["cfa:a"],
		);
		const said = Object.entries(picture.facts).map(([id, { notes, institute, path }]) => [id, institute, notes.join(", "), path]);
		expect(said).toEqual([
			["cfa:a", "CFA des Deux Rives", "étape\u00a01, ✓ détenu", "/badges/cfa:a"],
			["cfa:b", "CFA des Deux Rives", "étape\u00a02, facultative", "/badges/cfa:b"],
			["cfa:c", "CFA des Deux Rives", "étape\u00a03, prochaine étape", "/badges/cfa:c"],
			["ailleurs:d", "ailleurs", "étape\u00a04, introuvable", null],
		]);
		expect(draw(steps, [], en).facts["cfa:b"]?.notes).toEqual(["step 2, optional"]);
	});

	it("shows the held badge that covers a competency, and no other of those that would", () => {
		const alternatives = ["cfa:held", "cfa:other"].map((id) => ({ id, name: `Badge ${id}`, requestable: true }));
		const competency = { kind: "COMPETENCY", id: null, name: "300361", alternatives } as const;
		const covered = { ...competency, met: true, reason: "MET_BY_ANOTHER", by: ["cfa:held"] } satisfies Partial<RulePart>;
		const picture = draw([step("", false, covered)], ["cfa:held"]);
		expect(Object.keys(picture.facts)).toEqual(["competence 300361", "cfa:held"]);
		expect(picture.otherEdges).toEqual(["cfa:held competence 300361"]);
		expect(picture.facts["competence 300361"]).toMatchObject({
			name: "Accueillir un public",
			notes: ["étape\u00a01", "✓ couverte"],
			path: "/competences/300361",
			slug: "",
		});
		expect(draw([step("", false, competency)]).facts["competence 300361"]?.notes).toEqual(["étape\u00a01", "prochaine étape"]);
	});

	it("draws no line from a step to an earlier one that it would count for", () => {
		const alternatives = [{ id: "cfa:b", name: "Badge cfa:b", requestable: true }];
		const picture = draw(
			[step("cfa:a", false, { alternatives, met: true, reason: "MET_BY_ANOTHER", by: ["cfa:b"] }), step("cfa:b")],
			["cfa:b"],
		);
		expect(edges(picture)).toEqual(["cfa:a cfa:b"]);
		expect(picture.facts["cfa:a"]?.notes[1]).toBe("✓ remplacé par un autre");
	});
});
