import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import { isSlug } from "../../../schema/global-id.ts";
import type { NetworkContext } from "../context.ts";
import { Member } from "../member.ts";
import { Recognition } from "../recognition.ts";
import { verifyEntry } from "../trust/verify-entry.ts";
import { Statement, VerificationResult } from "./statement.ts";

@Resolver(() => Statement)
export class StatementResolver {
	@Query(() => Statement, { nullable: true })
	async statement(@Arg("id", () => ID) id: string, @Ctx() { record }: NetworkContext) {
		return Statement.find(await record.current(), id);
	}

	@FieldResolver(() => Member, { nullable: true, description: "Its author, where that is a member." })
	authorMember(@Root() { author }: Statement, @Ctx() { members }: NetworkContext) {
		return isSlug(author) ? members.load(author) : null;
	}

	@FieldResolver(() => Statement, { nullable: true, description: "The statement that ended it." })
	async revokedBy(@Root() { id }: Statement, @Ctx() { record }: NetworkContext) {
		const current = await record.current();
		const by = current.revokedBy.get(id);
		return by === undefined ? null : Statement.find(current, by);
	}

	@FieldResolver(() => [VerificationResult], {
		nullable: true,
		description:
			"Each step of its verification, done now, on the log as it is stored now. The first five tell whether it is genuine, the others whether it stands. Null where the hub has no keys.",
	})
	async verification(@Root() { id, sequence }: Statement, @Ctx() { record, trust, storedEntries }: NetworkContext) {
		if (!trust) return null;
		const [current, entry, before] = await Promise.all([
			record.current(),
			storedEntries.load(sequence),
			sequence === 1 ? null : storedEntries.load(sequence - 1),
		]);
		const found = current.byId.get(id);
		if (!found) return null;
		const steps = await verifyEntry(found.entry, current, trust.authority.network, Date.now(), { entry, before });
		return steps.map(({ step, status, code, detail }) =>
			Object.assign(new VerificationResult(), { step, status: status.toUpperCase(), code: code ?? null, detail }),
		);
	}
}

@Resolver(() => Recognition)
export class RecognitionStatementResolver {
	@FieldResolver(() => Statement, { nullable: true, description: "What its author signed; null for one that nobody has signed." })
	async statement(@Root() { statementId }: Recognition, @Ctx() { record }: NetworkContext) {
		return statementId === null ? null : Statement.find(await record.current(), statementId);
	}
}
