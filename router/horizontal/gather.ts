import type { Execution, SubgraphError } from "../execute/execution.ts";
import type { RootField } from "./analyse.ts";
import { argumentValue } from "./analyse.ts";
import { askMember, type IsUsable, type MemberAnswer } from "./ask-member.ts";
import type { FanOut } from "./fan-out.ts";
import type { Member, Members } from "./member.ts";
import { unknownInstitute } from "./member-errors.ts";

/** The members that a gathered field is asked of, in the order of their slugs, and an error for each name that is none. */
export function ownersToAsk(
	root: RootField,
	variables: Record<string, unknown>,
	members: Members,
): { asked: Member[]; errors: SubgraphError[] } {
	const current = members.current();
	const path = root.spread?.kind === "gather" ? root.spread.owners : undefined;
	const given = path && argumentValue(root.node, path, variables);
	// A literal is as the client wrote it: one name stands for a list of one.
	const named = typeof given === "string" ? [given] : given;
	if (!Array.isArray(named)) return { asked: [...current.values()], errors: [] };
	const slugs = [...new Set(named.map(String))].sort();
	return {
		asked: slugs.flatMap((slug) => current.get(slug) ?? []),
		errors: slugs.filter((slug) => !current.has(slug)).map((slug) => unknownInstitute(slug, slug, [root.key], path?.join("."))),
	};
}

/** Asks all of them side by side, in the turn of this request. `ask` never rejects. */
export async function askAll<Given>(
	asked: readonly Member[],
	fanOut: FanOut,
	{ signal }: Execution,
	ask: (member: Member) => Promise<Given>,
): Promise<Given[]> {
	const turn = fanOut.enter(asked.length, signal);
	if (turn) await turn;
	return Promise.all(
		asked.map(async (member) => {
			const given = await ask(member);
			fanOut.leave();
			return given;
		}),
	);
}

/** The same request with the time that its members have: waiting for its turn is part of it, so that a slow member is not waited for twice. */
export function withinPatience(execution: Execution, asked: readonly Member[]): Execution {
	const patience = asked.reduce((most, member) => Math.max(most, member.patience), 0);
	return { ...execution, until: Math.min(execution.until, performance.now() + patience) };
}

/** The same body for each. */
export function askSame(
	asked: readonly Member[],
	fanOut: FanOut,
	body: string,
	execution: Execution,
	isUsable: IsUsable,
): Promise<{ member: Member; answer: MemberAnswer }[]> {
	const inTime = withinPatience(execution, asked);
	return askAll(asked, fanOut, execution, async (member) => ({ member, answer: await askMember(member, body, "read", inTime, isUsable) }));
}
