import fc from "fast-check";
import { Holding } from "../../../subgraphs/catalogue/pathways/holding.ts";
import type { Rule, World } from "../../../subgraphs/catalogue/pathways/rule.ts";

/** Small random worlds of badges, and the plainest possible evaluation of their rules. */

export const BADGES = ["b0", "b1", "b2", "b3", "b4", "b5", "b6", "b7"];
const COMPETENCIES = ["c0", "c1"];
export const TODAY = new Date("2026-11-01T00:00:00Z");
const LONG_AGO = new Date("2020-01-01T00:00:00Z");

export interface SmallWorld extends World {
	rules: Map<string, Rule>;
}

const conditions = fc.record({ recognised: fc.boolean(), notOlderThan: fc.constantFrom(365, undefined) }, { requiredKeys: [] });

/** A rule that names badges after the given one only: requirements hold no cycle. */
function ruleAfter(index: number): fc.Arbitrary<Rule> {
	const later = BADGES.slice(index + 1);
	const leaf: fc.Arbitrary<Rule> = fc.oneof(
		{
			weight: 5,
			arbitrary: fc.record(
				{ kind: fc.constant("badge" as const), id: fc.constantFrom(...later, "nowhere"), conditions },
				{ requiredKeys: ["kind", "id"] },
			),
		},
		{
			weight: 1,
			arbitrary: fc.record(
				{ kind: fc.constant("competency" as const), id: fc.constantFrom(...COMPETENCIES.map((one) => `${one}>${index}`)), conditions },
				{ requiredKeys: ["kind", "id"] },
			),
		},
	);
	const group = (of: fc.Arbitrary<Rule>): fc.Arbitrary<Rule> => {
		const parts = fc.array(of, { minLength: 1, maxLength: 3 });
		const distinctIssuers = fc.constantFrom(undefined, undefined, undefined, 2);
		return fc.oneof(
			fc.record({ kind: fc.constant("all" as const), of: parts, distinctIssuers }),
			fc.record({ kind: fc.constant("any" as const), of: parts, distinctIssuers }),
			fc.record({ kind: fc.constant("atLeast" as const), needed: fc.integer({ min: 1, max: 3 }), of: parts, distinctIssuers }),
		);
	};
	return group(fc.oneof({ weight: 3, arbitrary: leaf }, { weight: 1, arbitrary: group(leaf) }));
}

export const smallWorld: fc.Arbitrary<SmallWorld> = fc
	.record({
		rules: fc.tuple(...BADGES.slice(0, 4).map((_, index) => fc.option(ruleAfter(index), { nil: undefined }))),
		recognised: fc.subarray(BADGES),
		issuers: fc.array(fc.constantFrom("x", "y"), { minLength: BADGES.length, maxLength: BADGES.length }),
		twins: fc.option(fc.tuple(fc.constantFrom("b4", "b5"), fc.constantFrom("b6", "b7")), { nil: undefined }),
		aligned: fc.array(fc.subarray(BADGES, { maxLength: 3 }), { minLength: COMPETENCIES.length, maxLength: COMPETENCIES.length }),
	})
	.map(({ rules, recognised, issuers, twins, aligned }) => {
		const known = new Map(rules.flatMap((rule, index) => (rule ? [[BADGES[index] as string, rule] as const] : [])));
		return {
			rules: known,
			ruleOf: (id) => known.get(id),
			isKnown: (id) => BADGES.includes(id),
			standsFor: (id) => (twins?.[0] === id ? [twins[1]] : twins?.[1] === id ? [twins[0]] : []),
			// A competency is named with the badge that asks for it: only later badges count, so that there is no cycle.
			alignedTo: (name) => {
				const [competency, index] = name.split(">") as [string, string];
				return (aligned[COMPETENCIES.indexOf(competency)] ?? []).filter((id) => BADGES.indexOf(id) > Number(index));
			},
			isRecognised: (id) => recognised.includes(id),
			issuerOf: (id) => issuers[BADGES.indexOf(id)] ?? "nobody",
		};
	});

export const smallHolding: fc.Arbitrary<Holding> = fc
	.array(fc.record({ id: fc.constantFrom(...BADGES), earnedOn: fc.constantFrom(undefined, TODAY, LONG_AGO) }), { maxLength: 4 })
	.map((held) => new Holding(held as never, TODAY));

/** The same holding with more badges, earned today. */
export function withMore(holding: Holding, ids: readonly string[]): Holding {
	const held = [...holding.ids()].map((id) => ({ id, ...(holding.isFresh(id, 365) ? { earnedOn: TODAY } : {}) }));
	return new Holding([...held, ...ids.map((id) => ({ id, earnedOn: TODAY }))], TODAY);
}

/** Whether a rule is met, by what it says and nothing else; and the issuers of the badges that count. */
export function plainly(rule: Rule, holding: Holding, world: World): { met: boolean; issuers: Set<string> } {
	if (rule.kind === "badge" || rule.kind === "competency") {
		const named = rule.kind === "badge" ? [rule.id, ...world.standsFor(rule.id)] : world.alignedTo(rule.id);
		const counting = named.filter(
			(id) =>
				holding.has(id) &&
				(!rule.conditions?.recognised || world.isRecognised(id)) &&
				(rule.conditions?.notOlderThan === undefined || holding.isFresh(id, rule.conditions.notOlderThan)),
		);
		return { met: counting.length > 0, issuers: new Set(counting.map((id) => world.issuerOf(id))) };
	}
	const met = rule.of.map((one) => plainly(one, holding, world)).filter((one) => one.met);
	const needed = rule.kind === "all" ? rule.of.length : rule.kind === "any" ? 1 : Math.min(rule.needed, rule.of.length);
	const issuers = new Set(met.flatMap((one) => [...one.issuers]));
	return { met: met.length >= needed && issuers.size >= (rule.distinctIssuers ?? 0), issuers };
}

/** The fewest badges to earn, by trying every set of them; undefined when none will do. */
export function fewest(goal: string, holding: Holding, world: SmallWorld, mayEarn: (id: string) => boolean): number | undefined {
	if (holding.has(goal)) return 0;
	const others = BADGES.filter((id) => id !== goal && mayEarn(id));
	if (!mayEarn(goal)) return undefined;
	let best: number | undefined;
	for (let bits = 0; bits < 2 ** others.length; bits += 1) {
		const earned = [goal, ...others.filter((_, index) => (bits >> index) & 1)];
		if (best !== undefined && earned.length >= best) continue;
		const after = withMore(holding, earned);
		if (earned.every((id) => !world.rules.has(id) || plainly(world.rules.get(id) as Rule, after, world).met)) best = earned.length;
	}
	return best;
}
