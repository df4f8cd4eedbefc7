import type { Holding } from "./holding.ts";
import { candidatesOf, neededOf, type Rule, type World } from "./rule.ts";

/** Why a part of a rule is met, or is not. */
export type Reason =
	| "HELD"
	/** By another badge that stands for it, or is aligned to the competency. */
	| "MET_BY_ANOTHER"
	| "NOT_HELD"
	/** It is held, and was earned too long ago, or nobody knows when. */
	| "TOO_OLD"
	/** It is held, and nobody in the network recognises it. */
	| "NOT_RECOGNISED"
	/** No member knows such a badge: the requirement points nowhere. */
	| "BROKEN"
	| "ENOUGH"
	| "NOT_ENOUGH"
	| "TOO_FEW_ISSUERS";

export interface Progress {
	rule: Rule;
	met: boolean;
	reason: Reason;
	/** 0 to 1; never falls when a badge is added to what is held. */
	share: number;
	/** The badges that it is met by, or the held ones that count towards it. */
	by: string[];
	parts: Progress[];
}

/** Evaluates a rule against what is held. */
export function evaluate(rule: Rule, holding: Holding, world: World): Progress {
	if (rule.kind === "badge" || rule.kind === "competency") return evaluateLeaf(rule, holding, world);
	const parts = rule.of.map((one) => evaluate(one, holding, world));
	const needed = neededOf(rule);
	const metParts = parts.filter(({ met }) => met);
	const by = [...new Set(metParts.flatMap((part) => part.by))];
	const issuers = new Set(by.map((id) => world.issuerOf(id))).size;
	const wanted = rule.distinctIssuers ?? 0;
	const isEnough = metParts.length >= needed;
	const met = isEnough && issuers >= wanted;
	// The best parts count: more of what is not needed changes nothing.
	const best = parts.map(({ share }) => share).sort((a, b) => b - a);
	const ofParts = needed === 0 ? 1 : best.slice(0, needed).reduce((sum, share) => sum + share, 0) / needed;
	const ofIssuers = wanted === 0 ? 1 : Math.min(1, issuers / wanted);
	const share = met ? 1 : wanted === 0 ? ofParts : (ofParts + ofIssuers) / 2;
	return { rule, met, reason: met ? "ENOUGH" : isEnough ? "TOO_FEW_ISSUERS" : "NOT_ENOUGH", share: capped(share, met), by, parts };
}

function evaluateLeaf(rule: Extract<Rule, { kind: "badge" | "competency" }>, holding: Holding, world: World): Progress {
	const by = holding.meeting(rule, world);
	const answer = (reason: Reason): Progress => ({ rule, met: by.length > 0, reason, share: by.length > 0 ? 1 : 0, by, parts: [] });
	if (by.length > 0) return answer(rule.kind === "badge" && by.includes(rule.id) ? "HELD" : "MET_BY_ANOTHER");
	const plain = candidatesOf({ ...rule, conditions: {} } as typeof rule, world);
	if (rule.kind === "badge" && plain.every((id) => !world.isKnown(id))) return answer("BROKEN");
	const held = plain.filter((id) => holding.has(id));
	if (held.length === 0) return answer("NOT_HELD");
	const isAged = held.some((id) => (rule.conditions?.recognised ? world.isRecognised(id) : true));
	return answer(isAged ? "TOO_OLD" : "NOT_RECOGNISED");
}

/** What is not met is never told as whole, whatever rounding makes of it. */
function capped(share: number, met: boolean): number {
	return met ? 1 : Math.min(share, 0.99);
}

/** The badges that are missing: the leaves that are not met, in groups that are not. */
export function missingOf(progress: Progress): Progress[] {
	if (progress.met) return [];
	return progress.parts.length > 0 ? progress.parts.flatMap(missingOf) : [progress];
}
