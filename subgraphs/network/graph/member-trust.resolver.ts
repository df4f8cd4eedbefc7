import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { didOfKey } from "../../kit/did-key.ts";
import type { NetworkContext } from "../context.ts";
import { Member } from "../member.ts";
import { isDelegated } from "../trust/network-record.ts";
import { collectiveOf } from "../trust/party.ts";
import { KeyStatus, MemberKey, TrustMark, type TrustMarkKind } from "./member-trust.ts";
import { Statement } from "./statement.ts";

@Resolver(() => Member)
export class MemberTrustResolver {
	@FieldResolver(() => [TrustMark], { description: "Marks that stand now." })
	async marks(@Root() { slug }: Member, @Ctx() { record }: NetworkContext) {
		const marks = (await record.current()).marksAt(Date.now(), slug);
		return marks.map((one) =>
			Object.assign(new TrustMark(), {
				id: one.id,
				kind: one.mark.replace("-", "_").toUpperCase() as TrustMarkKind,
				collective: collectiveOf(one.by) ?? null,
				number: one.number ?? null,
				declaredOn: one.declaredOn ?? null,
				since: new Date(one.since),
				expiresAt: one.expiresAt === undefined ? null : new Date(one.expiresAt),
			}),
		);
	}

	@FieldResolver(() => [MemberKey], { description: "Its keys, those of the past too, latest first." })
	async keys(@Root() { slug }: Member, @Ctx() { record }: NetworkContext) {
		const keys = (await record.current()).keys.get(slug) ?? [];
		return keys.toReversed().map(({ kid, jwk, registeredAt, retiredAt, compromisedAt }) => {
			const endedAt = compromisedAt ?? retiredAt;
			const ended = compromisedAt === undefined ? KeyStatus.REPLACED : KeyStatus.COMPROMISED;
			return Object.assign(new MemberKey(), {
				kid,
				did: didOfKey(jwk) ?? null,
				status: endedAt === undefined ? KeyStatus.IN_USE : ended,
				registeredAt: new Date(registeredAt),
				endedAt: endedAt === undefined ? null : new Date(endedAt),
			});
		});
	}

	@FieldResolver(() => Statement, { nullable: true, description: "What the hub signed last of its membership." })
	async statement(@Root() { slug }: Member, @Ctx() { record }: NetworkContext) {
		const current = await record.current();
		const last = current.memberships.get(slug)?.at(-1);
		return last ? Statement.find(current, last.id) : null;
	}
}

@Resolver(() => TrustMark)
export class TrustMarkResolver {
	@FieldResolver(() => Statement, { nullable: true })
	async statement(@Root() { id }: TrustMark, @Ctx() { record }: NetworkContext) {
		return Statement.find(await record.current(), id);
	}

	@FieldResolver(() => Statement, {
		nullable: true,
		description: "By which the hub has charged the collective with this mark; null where who attests it needs none.",
	})
	async delegation(@Root() { id }: TrustMark, @Ctx() { record }: NetworkContext) {
		const current = await record.current();
		const mark = current.marks.get(id);
		const found = mark && isDelegated(mark) ? current.delegationFor(mark, Date.now()) : undefined;
		return found ? Statement.find(current, found.id) : null;
	}
}
