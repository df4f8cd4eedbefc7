import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readClr, writeClr } from "../../../subgraphs/catalogue/pathways/exchange/clr.ts";
import { readCtdl, writeCtdl } from "../../../subgraphs/catalogue/pathways/exchange/ctdl.ts";
import { readMilestone, writeMilestone } from "../../../subgraphs/catalogue/pathways/exchange/factory-milestone.ts";
import type { ForeignNode } from "../../../subgraphs/catalogue/pathways/exchange/foreign-rule.ts";
import type { SharedBadge, SharedPathway } from "../../../subgraphs/catalogue/pathways/exchange/pathway.ts";
import { Holding } from "../../../subgraphs/catalogue/pathways/holding.ts";
import { evaluate } from "../../../subgraphs/catalogue/pathways/progress.ts";
import type { Rule, World } from "../../../subgraphs/catalogue/pathways/rule.ts";
import { ask } from "../network/test-hub.ts";
import { startTestRegion, type TestRegion } from "./test-region.ts";

const NAMES = ["a", "b", "c", "d", "e", "f"];
const badgeOf = (name: string): SharedBadge => ({
	id: `i:${name}`,
	iri: `https://badges.example/v1/badge/_/${name.toUpperCase()}.json?v=2.0`,
	name: `Badge ${name}`,
	description: "Décrit",
	language: "fr",
	criteria: { narrative: "Faire", url: null },
});
const badges = new Map([...NAMES, "but"].map((name) => [`i:${name}`, badgeOf(name)]));
const idOf = new Map([...badges.values()].map(({ id, iri }) => [iri, id]));
const pathway = (rule: Rule, standsFor: SharedPathway["standsFor"] = () => []): SharedPathway => ({
	goal: badgeOf("but"),
	badges,
	rules: new Map([["i:but", rule]]),
	standsFor,
});

/** Every badge of one issuer each, all recognised, the first two aligned to a competency. */
const world: World = {
	ruleOf: () => undefined,
	isKnown: (id) => badges.has(id),
	standsFor: () => [],
	alignedTo: (code) => (code === "m1503" ? ["i:a", "i:b"] : []),
	isRecognised: (id) => id !== "i:c",
	issuerOf: (id) => id,
};

function fromForeign(node: ForeignNode): Rule {
	if ("of" in node)
		return {
			kind: "atLeast",
			needed: node.needed,
			of: node.of.map(fromForeign),
			...(node.distinctIssuers !== undefined && { distinctIssuers: node.distinctIssuers }),
		};
	const conditions = {
		...(node.recognised && { recognised: true }),
		...(node.notOlderThanDays !== undefined && { notOlderThan: node.notOlderThanDays }),
	};
	return "iri" in node
		? { kind: "badge", id: idOf.get(node.iri) as string, conditions }
		: { kind: "competency", id: node.competency, conditions };
}

const conditions = fc.record({ recognised: fc.boolean(), notOlderThan: fc.constantFrom(30, 400) }, { requiredKeys: [] });
const { rule: rules } = fc.letrec<{ rule: Rule; part: Rule }>((tie) => ({
	part: fc.oneof(
		{ depthSize: "small", withCrossShrink: true },
		fc.record({ kind: fc.constant("badge" as const), id: fc.constantFrom(...NAMES).map((name) => `i:${name}`), conditions }),
		fc.record({ kind: fc.constant("competency" as const), id: fc.constant("m1503"), conditions }),
		tie("rule"),
	),
	rule: fc
		.tuple(
			fc.array(tie("part"), { minLength: 1, maxLength: 4 }),
			fc.constantFrom("all", "any", "atLeast"),
			fc.nat(3),
			fc.constantFrom(undefined, 2),
		)
		.map(([of, kind, more, distinctIssuers]): Rule => {
			const issuers = distinctIssuers === undefined ? {} : { distinctIssuers };
			return kind === "atLeast"
				? { kind, needed: Math.min(1 + more, of.length), of, ...issuers }
				: { kind: kind as "all" | "any", of, ...issuers };
		}),
}));

describe("a metabadge in CTDL", () => {
	it("is read as the rule that was written, whatever the rule", () => {
		const now = new Date("2026-06-01T00:00:00Z");
		const held = fc.uniqueArray(
			fc.record({ id: fc.constantFrom(...NAMES).map((name) => `i:${name}`), days: fc.constantFrom(1, 100, 900) }),
			{
				selector: ({ id }) => id,
			},
		);
		fc.assert(
			fc.property(rules, fc.array(held, { minLength: 5, maxLength: 5 }), (rule, holdings) => {
				const { document, lost } = writeCtdl(pathway(rule), "https://hub.example");
				expect(lost).toEqual([]);
				const read = readCtdl(JSON.parse(JSON.stringify(document)));
				expect(read.goal).toBe(badgeOf("but").iri);
				for (const some of holdings) {
					const holding = new Holding(
						some.map(({ id, days }) => ({ id, earnedOn: new Date(now.getTime() - days * 86_400_000) })),
						now,
					);
					expect(evaluate(fromForeign(read.rule), holding, world).met).toBe(evaluate(rule, holding, world).met);
				}
			}),
			{ numRuns: 500 },
		);
	});

	it("names a badge that stands for another beside it", () => {
		const { document } = writeCtdl(
			pathway({ kind: "all", of: [{ kind: "badge", id: "i:a" }] }, (id) => (id === "i:a" ? ["i:b"] : [])),
			"https://hub.example",
		);
		expect(readCtdl(document).rule).toEqual({ needed: 1, of: [{ iri: badgeOf("a").iri }, { iri: badgeOf("b").iri }] });
	});

	it.each([
		["nothing", {}, /@graph/],
		["no pathway", { "@graph": [] }, /no ceterms:Pathway/],
		[
			"a pathway that requires nothing",
			{
				"@graph": [
					{ "@id": "p", "@type": "ceterms:Pathway", "ceterms:hasDestinationComponent": ["d"] },
					{ "@id": "d", "@type": "ceterms:CredentialComponent" },
				],
			},
			/no ceterms:hasCondition/,
		],
	])("that is %s is refused", (_, document, problem) => {
		expect(() => readCtdl(document)).toThrow(problem);
	});
});

describe("a metabadge in CLR", () => {
	it("keeps what belongs to it and what stands for what, and says what is lost", () => {
		const rule: Rule = {
			kind: "any",
			of: [
				{ kind: "badge", id: "i:a" },
				{ kind: "badge", id: "i:b", conditions: { recognised: true } },
			],
		};
		const { document, lost } = writeClr(pathway(rule, (id) => (id === "i:a" ? ["i:c"] : [])));
		expect(lost.toSorted()).toEqual(["CONDITIONS", "COUNTS"]);
		const [a, b, c] = ["a", "b", "c"].map((name) => ({ iri: badgeOf(name).iri }));
		expect(readClr(document)).toEqual({ goal: badgeOf("but").iri, rule: { needed: 2, of: [{ needed: 1, of: [a, c] }, b] } });
		expect(readClr({ type: ["ClrCredential"], credentialSubject: document }).goal).toBe(badgeOf("but").iri);
	});

	it("that leads to several badges, or to none, is refused", () => {
		const link = (sourceId: string, targetId: string) => ({ associationType: "isPartOf", sourceId, targetId });
		expect(() => readClr({ association: [link("a", "x"), link("a", "y")] })).toThrow(/leads to 2: x, y/);
		expect(() => readClr({ association: [link("a", "b"), link("b", "a")] })).toThrow(/leads to 0/);
		expect(() => readClr({ association: [] })).toThrow(/nothing is required/);
	});
});

describe("a milestone of Open Badge Factory", () => {
	it("is written with its identifiers, and read back", () => {
		const rule: Rule = { kind: "atLeast", needed: 2, of: ["a", "b", "c"].map((name) => ({ kind: "badge", id: `i:${name}` })) };
		const { document, lost } = writeMilestone(pathway(rule));
		expect(lost).toEqual([]);
		expect(document).toMatchObject({
			metabadge: [{ badge: { id: "BUT" }, min_required: 2, required_badges: [{ id: "A", name: "Badge a" }, {}, {}] }],
		});
		expect(readMilestone(document)).toEqual({
			goal: badgeOf("but").iri,
			rule: { needed: 2, of: ["a", "b", "c"].map((name) => ({ iri: badgeOf(name).iri })) },
		});
	});

	it("says that it has no groups within groups", () => {
		expect(
			writeMilestone(
				pathway({
					kind: "all",
					of: [
						{ kind: "badge", id: "i:a" },
						{ kind: "any", of: [{ kind: "badge", id: "i:b" }] },
					],
				}),
			).lost,
		).toEqual(["GROUPS"]);
	});

	it("without a required badge, or with one that has no name, is refused", () => {
		expect(() => readMilestone({ metabadge: [{ badge: { id: "x" }, required_badges: [] }] })).toThrow(/required_badges/);
		expect(() => readMilestone({ metabadge: [{ badge: { id: "x" }, required_badges: [{}] }] })).toThrow(/neither url nor id/);
	});
});

describe("« Super accompagnateur » over GraphQL", () => {
	const GOAL = "emfor-bfc:super-accompagnateur";
	let region: TestRegion;
	beforeAll(async () => {
		region = await startTestRegion(["emfor-bfc"]);
	}, 60_000);
	afterAll(() => region.stop());

	const write = (format: string, base = "https://hub.example/") =>
		ask(
			region.catalogue.url,
			`query ($id: ID!, $base: String!) { pathwayDocument(badgeClassId: $id, format: ${format}, base: $base) { mediaType document lost } none: pathwayDocument(badgeClassId: "emfor-bfc:decodeur-de-l-environnement-efop", format: CTDL, base: $base) { document } }`,
			{ id: GOAL, base },
		);
	const read = async (format: string, document: string) =>
		(
			await ask(
				region.catalogue.url,
				`query ($document: String!) { readPathwayDocument(format: ${format}, document: $document) { goalIri goalId requirement unknownBadges problem } }`,
				{ document },
			)
		).data.readPathwayDocument;

	it.each(["CTDL", "CLR", "OPEN_BADGE_FACTORY"])("goes out as %s and comes back as what a badge file takes", async (format) => {
		const { data } = await write(format);
		expect(data.none).toBeNull();
		// A badge of another institute that is not there: it is required, and nobody knows it.
		expect(data.pathwayDocument.lost).toContain("UNKNOWN_BADGES");
		const back = await read(format, data.pathwayDocument.document);
		expect(back).toMatchObject({ goalId: GOAL, problem: null, unknownBadges: [] });
		expect(JSON.parse(back.requirement)).toEqual({
			rule: "ALL",
			of: [{ badge: "emfor-bfc:decodeur-de-l-environnement-efop" }, { badge: "emfor-bfc:la-singularite-une-richesse-a-explorer" }],
		});
	});

	it("tells what is wrong with a document, and which badges nobody has", async () => {
		expect((await read("CTDL", "{")).problem).toMatch(/^the document is not JSON/);
		expect((await read("CLR", "{}")).problem).toMatch(/^association/);
		expect(
			await read(
				"OPEN_BADGE_FACTORY",
				JSON.stringify({ metabadge: [{ badge: { url: "https://x.example/m" }, required_badges: [{ url: "https://x.example/1" }] }] }),
			),
		).toEqual({
			goalIri: "https://x.example/m",
			goalId: null,
			requirement: null,
			unknownBadges: ["https://x.example/1"],
			problem: null,
		});
		const { errors } = await write("CTDL", "javascript:alert(1)");
		expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", field: "base" });
	});
});
