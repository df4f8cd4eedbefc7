import { GraphQLDateTime } from "graphql-scalars";
import { Field, ID, ObjectType, registerEnumType } from "type-graphql";

export enum TrustMarkKind {
	CHARTER = "CHARTER",
	QUALIOPI = "QUALIOPI",
	METABADGE_OPERATOR = "METABADGE_OPERATOR",
}
registerEnumType(TrustMarkKind, {
	name: "TrustMarkKind",
	valuesConfig: {
		CHARTER: { description: "It signed the charter of the collective that says so." },
		QUALIOPI: { description: "It declared its certification: nobody here has verified that." },
		METABADGE_OPERATOR: { description: "It runs metabadges that count badges of others." },
	},
});

/** Its statement is resolved. */
@ObjectType({ simpleResolvers: true, description: "What the hub or a collective attests of a member." })
export class TrustMark {
	@Field(() => ID, { description: "The id of its statement." })
	id: string;

	@Field(() => TrustMarkKind)
	kind: TrustMarkKind;

	@Field(() => ID, { nullable: true, description: "The collective that attests it; null where the hub does." })
	collective: string | null;

	@Field(() => String, { nullable: true })
	number: string | null;

	@Field(() => String, { nullable: true, description: "A day: `2026-03-02`." })
	declaredOn: string | null;

	@Field(() => GraphQLDateTime)
	since: Date;

	@Field(() => GraphQLDateTime, { nullable: true })
	expiresAt: Date | null;
}

export enum KeyStatus {
	IN_USE = "IN_USE",
	REPLACED = "REPLACED",
	COMPROMISED = "COMPROMISED",
}
registerEnumType(KeyStatus, {
	name: "KeyStatus",
	valuesConfig: {
		REPLACED: { description: "What it signed before stays valid." },
		COMPROMISED: { description: "What was recorded of it since is not believed." },
	},
});

@ObjectType({ simpleResolvers: true, description: "A key by which a member signs." })
export class MemberKey {
	@Field(() => String)
	kid: string;

	@Field(() => String, { nullable: true, description: "The key as a decentralised identifier, did:key." })
	did: string | null;

	@Field(() => KeyStatus)
	status: KeyStatus;

	@Field(() => GraphQLDateTime)
	registeredAt: Date;

	@Field(() => GraphQLDateTime, { nullable: true, description: "When it was replaced, or from when others may have had it." })
	endedAt: Date | null;
}
