import { earnable, isMetWith, orderToEarn, withoutNeedless } from "./earnable.ts";
import { forcedBy } from "./forced.ts";
import type { Holding } from "./holding.ts";
import { candidatesOf, type Rule, type World } from "./rule.ts";

/** What somebody may be advised to earn. */
export interface WayOptions {
	/** False for badges that are out of the question: in another département, not requestable, of an excluded institute. */
	mayEarn(id: string): boolean;
	/** Choices that are looked at before the search is given up; 5,000. */
	effort?: number;
}

export type Way =
	| {
			found: true;
			/** The badges still to earn, those that others need before them; the goal last. */
			badges: string[];
			/** Whether there is no shorter way. Otherwise the search was given up: there is none shorter than `atLeast`. */
			exact: boolean;
			atLeast: number;
	  }
	/** No way leads there under these conditions. */
	| { found: false };

const USUAL_EFFORT = 5_000;

/**
 * The fewest badges to earn until a goal can be had, shared ones counted once. That is a search in an AND/OR graph, for
 * which no fast method is known: branch and bound, the cheapest choices first, with what every way must hold as the
 * lower bound. Found within its effort the answer is exact; otherwise it is the best one met, and says how far it may be off.
 */
export function shortestWay(goal: string, holding: Holding, world: World, { mayEarn, effort = USUAL_EFFORT }: WayOptions): Way {
	if (holding.has(goal)) return { found: true, badges: [], exact: true, atLeast: 0 };
	const possible = earnable(goal, holding, world, mayEarn);
	if (!possible.has(goal)) return { found: false };
	const forced = forcedBy(holding, world, (id) => possible.has(id));
	const floor = forced.ofBadge(goal) ?? new Set([goal]);
	let best: ReadonlySet<string> | undefined;
	let left = effort;
	let isCut = false;
	/** What has been looked at: the same badges with the same rules to meet are reached in many orders. */
	const seen = new Set<string>();
	const numbers = new Map<Rule, number>();
	const numberOf = (rule: Rule): number => {
		let number = numbers.get(rule);
		if (number === undefined) numbers.set(rule, (number = numbers.size));
		return number;
	};

	/** Extends `chosen` until every rule in `open` is met. Badges in `chosen` count as held. */
	function search(chosen: Set<string>, open: Rule[]): void {
		if (left <= 0) {
			isCut = true;
			return;
		}
		left -= 1;
		let rule = open.pop();
		while (rule && isMet(rule, chosen)) rule = open.pop();
		if (!rule) {
			if (!best || chosen.size < best.size) best = new Set(chosen);
			return;
		}
		if (best && lowerBound(chosen, [...open, rule]) >= best.size) return;
		const state = `${[...chosen].sort().join(" ")}|${[...new Set([...open, rule].map(numberOf))].sort().join(" ")}`;
		if (seen.has(state)) return;
		seen.add(state);
		for (const choice of choicesFor(rule, chosen, false)) search(new Set([...chosen, ...choice.badges]), [...open, ...choice.rules]);
	}

	function isMet(rule: Rule, chosen: ReadonlySet<string>): boolean {
		return isMetWith(rule, chosen, holding, world);
	}

	/**
	 * What can be done next about a rule: badges to earn, with the rules that they bring. Where `issuers` are wanting, a
	 * part that is met may be met by one more badge: one leaf can bring several, by badges that stand for another.
	 */
	function choicesFor(rule: Rule, chosen: ReadonlySet<string>, issuers: boolean): { badges: string[]; rules: Rule[] }[] {
		if (rule.kind === "badge" || rule.kind === "competency") {
			return candidatesOf(rule, world)
				.map((id) => ({ id, forced: forced.ofBadge(id) }))
				.filter((one): one is { id: string; forced: ReadonlySet<string> } => one.forced !== undefined)
				.sort((a, b) => fresh(a.forced, chosen) - fresh(b.forced, chosen) || (a.id < b.id ? -1 : 1))
				.map(({ id }) => ({ badges: [id], rules: rulesOf(id) }));
		}
		const wanting = issuers || rule.distinctIssuers !== undefined;
		const parts = rule.of
			.filter((one) => wanting || !isMet(one, chosen))
			.map((one) => ({ one, forced: forced.ofRule(one) }))
			.filter((part): part is { one: Rule; forced: ReadonlySet<string> } => part.forced !== undefined)
			.sort((a, b) => fresh(a.forced, chosen) - fresh(b.forced, chosen));
		if (rule.kind === "all" && !wanting) return [{ badges: [], rules: rule.of.toReversed() }];
		return parts.flatMap(({ one }) =>
			choicesFor(one, chosen, wanting)
				.filter(({ badges }) => badges.length === 0 || badges.some((id) => !chosen.has(id)))
				.map((choice) => ({ badges: choice.badges, rules: [rule, ...choice.rules] })),
		);
	}

	function rulesOf(id: string): Rule[] {
		const rule = world.ruleOf(id);
		return rule ? [rule] : [];
	}

	function lowerBound(chosen: ReadonlySet<string>, open: readonly Rule[]): number {
		const must = new Set(chosen);
		for (const rule of open) if (!isMet(rule, chosen)) for (const id of forced.ofRule(rule) ?? []) must.add(id);
		return must.size;
	}

	search(new Set([goal]), rulesOf(goal));
	const badges = best ?? withoutNeedless(possible, goal, holding, world);
	const exact = !isCut || badges.size === floor.size;
	return { found: true, badges: orderToEarn(badges, world), exact, atLeast: exact ? badges.size : floor.size };
}

/** How many of these are not chosen yet. */
function fresh(ids: ReadonlySet<string>, chosen: ReadonlySet<string>): number {
	let count = 0;
	for (const id of ids) if (!chosen.has(id)) count += 1;
	return count;
}
