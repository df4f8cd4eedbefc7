import { describe, expect, it } from "vitest";
import { readClaims } from "../../web/app/steward/claims.ts";
import { changeSteps, draftInput, fieldOf, type PathwayDraft, readDraft, withoutBlanks } from "../../web/app/steward/pathway-draft.ts";
import { isToken } from "../../web/app/steward/session.ts";

const draft = (...values: string[]): PathwayDraft => ({
	version: 3,
	name: "Un parcours",
	description: "",
	steps: values.map((value) => ({ kind: "badge", value, optional: false, note: "" })),
});
const valuesOf = ({ steps }: PathwayDraft) => steps.map(({ value }) => value);

describe("a pathway in the editor", () => {
	it("is read from its form, a badge by the address of its page too", () => {
		const form = new URLSearchParams({
			nom: "Un parcours",
			description: "Pour qui débute",
			version: "3",
			etapes: "3",
			"e0-nature": "badge",
			"e0-valeur": "https://hub.example/en/badges/a%3Ab?de=ailleurs",
			"e0-facultative": "1",
			"e1-nature": "competence",
			"e1-valeur": " K2111 ",
			"e1-note": "Un conseil",
		});
		expect(readDraft(form)).toEqual({
			version: 3,
			name: "Un parcours",
			description: "Pour qui débute",
			steps: [
				{ kind: "badge", value: "a:b", optional: true, note: "" },
				{ kind: "competence", value: "K2111", optional: false, note: "Un conseil" },
				{ kind: "badge", value: "", optional: false, note: "" },
			],
		});
		expect(draftInput("un-id", withoutBlanks(readDraft(form))).steps).toEqual([
			{ badgeClassId: "a:b", competency: null, optional: true, note: "" },
			{ badgeClassId: null, competency: "K2111", optional: false, note: "Un conseil" },
		]);
	});

	it("is read whatever the form holds", () => {
		const read = readDraft(new URLSearchParams({ etapes: "1000000", version: "x", "e0-valeur": "/badges/%E0%A4%A" }));
		expect([read.version, read.steps.length, read.steps[0]?.value]).toEqual([null, 60, "%E0%A4%A"]);
		expect(readDraft(new URLSearchParams({ etapes: "-1" })).steps).toEqual([]);
	});

	it.each([
		["monter:1", ["b", "a", "c"]],
		["descendre:1", ["a", "c", "b"]],
		["monter:0", ["a", "b", "c"]],
		["descendre:2", ["a", "b", "c"]],
		["oter:1", ["a", "c"]],
		["ajouter:x:y", ["a", "b", "c", "x:y"]],
		["etape", ["a", "b", "c", ""]],
		["autre:9", ["a", "b", "c"]],
	])("changes its steps as the button %s asks", (intent, expected) => {
		expect(valuesOf(changeSteps(draft("a", "b", "c"), intent))).toEqual(expected);
	});

	it("is told wrong in the field that was written in", () => {
		expect(["name", "steps.2.badgeClassId", "steps.0.competency", "steps.1.note", "steps", null].map(fieldOf)).toEqual([
			"nom",
			"e2-valeur",
			"e0-valeur",
			"e1-note",
			"etapes",
			null,
		]);
	});
});

describe("a steward's token", () => {
	const of = (claims: unknown) => `e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.c2ln`;

	it("is shown by what it says, without being believed", () => {
		expect(readClaims(of({ sub: "marie", scope: "a b", exp: 1_800_000_000 }))).toEqual({
			subject: "marie",
			scopes: ["a", "b"],
			expiresAt: "2027-01-15T08:00:00.000Z",
		});
		expect(readClaims(of({ sub: 1, scope: ["a"], exp: "soon" }))).toEqual({ subject: "", scopes: [], expiresAt: null });
		expect([readClaims("a.b.c"), readClaims(of(null))]).toEqual([null, null]);
	});

	it("goes into a cookie only where it has the form of one", () => {
		expect([isToken(of({})), isToken("a.b"), isToken("a.b.c; Path=/"), isToken(`a.${"b".repeat(4000)}.c`)]).toEqual([
			true,
			false,
			false,
			false,
		]);
	});
});
