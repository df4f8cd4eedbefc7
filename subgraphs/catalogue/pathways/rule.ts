/** What must be held to earn a metabadge: a tree over badge classes of any member. */
export type Rule =
	/** A badge class, or one that stands for it; see {@link World.standsFor}. */
	| { kind: "badge"; id: string; conditions?: Conditions }
	/** Any badge that is aligned to a competency. */
	| { kind: "competency"; id: string; conditions?: Conditions }
	| { kind: "all"; of: readonly Rule[]; distinctIssuers?: number }
	| { kind: "any"; of: readonly Rule[]; distinctIssuers?: number }
	| { kind: "atLeast"; needed: number; of: readonly Rule[]; distinctIssuers?: number };

interface Conditions {
	/** Only a badge that somebody in the network recognises. */
	recognised?: boolean;
	/** Only one that was earned at most so many days ago. */
	notOlderThan?: number;
}

/** A badge that is held: since when, where that is known. */
export interface Held {
	id: string;
	earnedOn?: Date;
}

/** What evaluation knows of badge classes. Requirements in it are free of cycles: the catalogue lets none in. */
export interface World {
	/** The rule of a metabadge; undefined for a badge that is not one. */
	ruleOf(id: string): Rule | undefined;
	/** Whether the catalogue knows the badge: a requirement may point nowhere. */
	isKnown(id: string): boolean;
	/** The badges that a requirement of this one is met by as well (`exactMatchOf`), itself not among them. */
	standsFor(id: string): readonly string[];
	/** The badges that are aligned to a competency. */
	alignedTo(competency: string): readonly string[];
	isRecognised(id: string): boolean;
	issuerOf(id: string): string;
}

/** How many of its children a group needs. */
export function neededOf(rule: Extract<Rule, { of: readonly Rule[] }>): number {
	if (rule.kind === "all") return rule.of.length;
	return rule.kind === "any" ? Math.min(1, rule.of.length) : Math.min(Math.max(0, rule.needed), rule.of.length);
}

/** The badges by which a leaf can be met, the one that it names first; conditions on time are about a holding and not here. */
export function candidatesOf(rule: Extract<Rule, { kind: "badge" | "competency" }>, world: World): string[] {
	const named = rule.kind === "badge" ? [rule.id, ...world.standsFor(rule.id)] : world.alignedTo(rule.id);
	return rule.conditions?.recognised ? named.filter((id) => world.isRecognised(id)) : [...named];
}
