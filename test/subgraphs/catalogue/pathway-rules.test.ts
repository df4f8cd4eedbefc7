import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Holding } from "../../../subgraphs/catalogue/pathways/holding.ts";
import { evaluate, missingOf } from "../../../subgraphs/catalogue/pathways/progress.ts";
import type { Rule, World } from "../../../subgraphs/catalogue/pathways/rule.ts";
import { shortestWay } from "../../../subgraphs/catalogue/pathways/shortest-way.ts";
import { unlocked } from "../../../subgraphs/catalogue/pathways/unlocks.ts";
import { BADGES, fewest, plainly, smallHolding, smallWorld, TODAY, withMore } from "./pathway-world.ts";

const RUNS = 5_000;

describe("a rule", () => {
	it("is met exactly when what it says is, and its share never falls as badges are added", () => {
		fc.assert(
			fc.property(smallWorld, smallHolding, fc.constantFrom(...BADGES), (world, holding, another) => {
				for (const rule of world.rules.values()) {
					const progress = evaluate(rule, holding, world);
					expect(progress.met).toBe(plainly(rule, holding, world).met);
					expect(progress.met ? progress.share === 1 : progress.share < 1).toBe(true);
					if (progress.met) expect(missingOf(progress)).toEqual([]);
					expect(evaluate(rule, withMore(holding, [another]), world).share).toBeGreaterThanOrEqual(progress.share);
				}
			}),
			{ numRuns: RUNS },
		);
	});

	it("tells metabadges that are in reach, and only those", () => {
		fc.assert(
			fc.property(smallWorld, smallHolding, (world, holding) => {
				const expected = [...world.rules].filter(([id, rule]) => !holding.has(id) && plainly(rule, holding, world).met).map(([id]) => id);
				expect(unlocked(world.rules.keys(), holding, world)).toEqual(expected.sort());
			}),
			{ numRuns: RUNS },
		);
	});
});

describe("the shortest way to a badge", () => {
	it("is as short as any, leads there, and is told from no way at all", () => {
		fc.assert(
			fc.property(
				smallWorld,
				smallHolding,
				fc.constantFrom("b0", "b1", "b2"),
				fc.subarray(BADGES, { minLength: 4 }),
				(world, holding, goal, earnable) => {
					const mayEarn = (id: string) => earnable.includes(id);
					const way = shortestWay(goal, holding, world, { mayEarn });
					const expected = fewest(goal, holding, world, mayEarn);
					if (!way.found) {
						expect(expected).toBeUndefined();
						return;
					}
					expect({ badges: way.badges.length, exact: way.exact, atLeast: way.atLeast }).toEqual({
						badges: expected,
						exact: true,
						atLeast: expected,
					});
					if (way.badges.length > 0) expect(way.badges.at(-1)).toBe(goal);
					// Taken in the order given, each badge can be earned when its turn comes.
					way.badges.forEach((id, index) => {
						const rule = world.ruleOf(id);
						if (rule) expect(plainly(rule, withMore(holding, way.badges.slice(0, index)), world).met).toBe(true);
					});
				},
			),
			{ numRuns: RUNS },
		);
	});

	it("takes a second badge for one part where issuers are wanting: two that stand for each other, of two issuers", () => {
		const rule: Rule = {
			kind: "any",
			distinctIssuers: 2,
			of: [
				{
					kind: "any",
					of: [
						{ kind: "badge", id: "b1" },
						{ kind: "badge", id: "b3" },
					],
				},
			],
		};
		const deep: Rule = {
			kind: "all",
			of: [
				{ kind: "badge", id: "b4" },
				{ kind: "badge", id: "b5" },
			],
		};
		const world: World = {
			ruleOf: (id) => (id === "b0" ? rule : id === "b3" ? deep : undefined),
			isKnown: () => true,
			standsFor: (id) => (id === "b1" ? ["b2"] : []),
			alignedTo: () => [],
			isRecognised: () => true,
			issuerOf: (id) => id,
		};
		const way = shortestWay("b0", new Holding([], TODAY), world, { mayEarn: () => true });
		expect(way).toMatchObject({ found: true, exact: true, atLeast: 3 });
		expect(way.found && way.badges.toSorted()).toEqual(["b0", "b1", "b2"]);
	});

	it("that is given up is a way all the same, and says how far it may be off", () => {
		fc.assert(
			fc.property(smallWorld, smallHolding, (world, holding) => {
				const way = shortestWay("b0", holding, world, { mayEarn: () => true, effort: 2 });
				const expected = fewest("b0", holding, world, () => true);
				if (!way.found) {
					expect(expected).toBeUndefined();
					return;
				}
				expect(way.atLeast).toBeLessThanOrEqual(expected as number);
				expect(way.badges.length).toBeGreaterThanOrEqual(expected as number);
				if (way.exact) expect(way.badges.length).toBe(expected);
				const after = withMore(holding, way.badges);
				for (const id of way.badges) {
					const rule = world.ruleOf(id);
					if (rule) expect(plainly(rule, after, world).met).toBe(true);
				}
			}),
			{ numRuns: 1_000 },
		);
	});
});

describe("« Super accompagnateur »", () => {
	const rule: Rule = {
		kind: "all",
		of: [
			{ kind: "badge", id: "emfor-bfc:decodeur" },
			{ kind: "badge", id: "emfor-bfc:singularite" },
		],
	};
	const world: World = {
		ruleOf: (id) => (id === "emfor-bfc:super-accompagnateur" ? rule : undefined),
		isKnown: (id) => id.startsWith("emfor-bfc:"),
		standsFor: (id) => (id === "emfor-bfc:singularite" ? ["instep-occitanie:singularite"] : []),
		alignedTo: () => [],
		isRecognised: () => false,
		issuerOf: (id) => id.split(":")[0] as string,
	};

	it("with one of its badges held is half earned, and says what is missing", () => {
		const progress = evaluate(rule, new Holding([{ id: "emfor-bfc:decodeur" }], TODAY), world);
		expect(progress).toMatchObject({ met: false, share: 0.5, reason: "NOT_ENOUGH", by: ["emfor-bfc:decodeur"] });
		expect(missingOf(progress)).toMatchObject([{ reason: "NOT_HELD", rule: { id: "emfor-bfc:singularite" } }]);
	});

	it("takes another institute's badge that stands for the one required", () => {
		const holding = new Holding([{ id: "emfor-bfc:decodeur" }, { id: "instep-occitanie:singularite" }], TODAY);
		expect(evaluate(rule, holding, world)).toMatchObject({ met: true, parts: [{ reason: "HELD" }, { reason: "MET_BY_ANOTHER" }] });
	});
});
