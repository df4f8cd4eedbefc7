import type { Execution, SubgraphError } from "../execute/execution.ts";
import type { RootField } from "./analyse.ts";
import { argumentValue } from "./analyse.ts";
import { askMember, type IsUsable, type MemberAnswer } from "./ask-member.ts";
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

/** Asks all of them the same, side by side. */
export function askAll(
	asked: readonly Member[],
	body: string,
	execution: Execution,
	isUsable: IsUsable,
): Promise<{ member: Member; answer: MemberAnswer }[]> {
	return Promise.all(asked.map(async (member) => ({ member, answer: await askMember(member, body, true, execution, isUsable) })));
}
