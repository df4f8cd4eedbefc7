import { candidatesOf, type Held, type Rule, type World } from "./rule.ts";

const DAY = 86_400_000;

/** What somebody holds, at one moment. */
export class Holding {
	private readonly byId = new Map<string, Held>();

	constructor(
		held: readonly Held[],
		readonly now: Date,
	) {
		for (const one of held) {
			const known = this.byId.get(one.id);
			// Of a badge that was earned twice the later time counts.
			if (!known || (one.earnedOn && (!known.earnedOn || one.earnedOn > known.earnedOn))) this.byId.set(one.id, one);
		}
	}

	has(id: string): boolean {
		return this.byId.has(id);
	}

	ids(): IterableIterator<string> {
		return this.byId.keys();
	}

	/** The held badges that meet a leaf, in the order of its candidates. */
	meeting(rule: Extract<Rule, { kind: "badge" | "competency" }>, world: World): string[] {
		return candidatesOf(rule, world).filter((id) => this.isFresh(id, rule.conditions?.notOlderThan));
	}

	/** Whether it is held, and not for too long. One whose date is not known cannot be shown to be fresh. */
	isFresh(id: string, days: number | undefined): boolean {
		const held = this.byId.get(id);
		if (!held) return false;
		if (days === undefined) return true;
		return held.earnedOn !== undefined && this.now.getTime() - held.earnedOn.getTime() <= days * DAY;
	}
}
