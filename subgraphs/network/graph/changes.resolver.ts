import { Arg, Ctx, Directive, ID, Mutation, Resolver, Root, Subscription } from "type-graphql";
import type { Caller } from "../../kit/caller.ts";
import { badInput, SubgraphError } from "../../kit/errors.ts";
import type { NetworkContext } from "../context.ts";
import { MemberStatus } from "../member.ts";
import { changeStatus } from "../trust/change-status.ts";
import { isWritable } from "../trust/claims.ts";
import { publishStatement } from "../trust/publish.ts";
import type { Trust } from "../trust/trust.ts";
import { MemberStatusChanged, MemberStatusResult, NetworkChangeRefused, PublishStatementResult, StatementPublished } from "./changes.ts";
import { NetworkChange } from "./network-change.ts";
import { Statement } from "./statement.ts";

/** What whoever suspends members must have been granted. */
const MANAGE = "members:manage";
const STEWARDS = `@requiresScopes(scopes: [["${MANAGE}"]])`;
const LONGEST_REASON = 2000;

@Resolver()
export class NetworkChangesResolver {
	@Mutation(() => PublishStatementResult, {
		description:
			"Records a statement that a member, or a collective, has signed with its own key: a recognition, a revocation, a change of keys.",
	})
	async publishStatement(
		@Arg("token", () => String, { description: "The JWT in compact form." }) token: string,
		@Ctx() context: NetworkContext,
	) {
		const { authority } = trustOf(context);
		const result = await publishStatement(context.database, context.record, authority, token.trim());
		if (!result.ok) return NetworkChangeRefused.of(result);
		return Object.assign(new StatementPublished(), { statement: Statement.find(await context.record.current(), result.entry.id) });
	}

	@Directive(STEWARDS)
	@Mutation(() => MemberStatusResult, {
		description: "Suspends a member: what it says and what is said of it rests until it is admitted again.",
	})
	suspendMember(@Arg("slug", () => ID) slug: string, @Arg("reason", () => String) reason: string, @Ctx() context: NetworkContext) {
		return change(context, slug, MemberStatus.SUSPENDED, reason);
	}

	@Directive(STEWARDS)
	@Mutation(() => MemberStatusResult, { description: "Ends a member's suspension." })
	readmitMember(@Arg("slug", () => ID) slug: string, @Arg("reason", () => String) reason: string, @Ctx() context: NetworkContext) {
		return change(context, slug, MemberStatus.ADMITTED, reason);
	}

	@Subscription(() => NetworkChange, {
		subscribe: ({ context }) => (context as NetworkContext).changeFeed.stream(),
		description: "Now, and whenever a member, a recognition, a mark or a key has changed.",
	})
	networkChanged(@Root() change: NetworkChange): NetworkChange {
		return change;
	}
}

async function change(context: NetworkContext, slug: string, to: MemberStatus.ADMITTED | MemberStatus.SUSPENDED, reason: string) {
	requireSteward(context.caller);
	const text = reason.trim();
	if (text === "" || text.length > LONGEST_REASON) throw badInput("reason", `must have 1 to ${LONGEST_REASON} characters`);
	if (!isWritable(text)) throw badInput("reason", "has characters that cannot be written");
	const result = await changeStatus(context.database, trustOf(context).authority, context.record, slug, to, text);
	return result.ok ? Object.assign(new MemberStatusChanged(), { member: result.member }) : NetworkChangeRefused.of(result);
}

/** The router holds the scope too; a subgraph does not rely on it. */
function requireSteward(caller: Caller | undefined): void {
	if (!caller) throw new SubgraphError("UNAUTHENTICATED", "Who suspends members must be known: send a token through the router.");
	if (!caller.scopes.has(MANAGE)) throw new SubgraphError("FORBIDDEN", `Your token lacks the scope ${MANAGE}.`);
}

function trustOf({ trust }: NetworkContext): Trust {
	if (!trust) throw new SubgraphError("FORBIDDEN", "This hub has no keys, and takes no statements.");
	return trust;
}
