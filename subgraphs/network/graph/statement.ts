import { GraphQLDateTime } from "graphql-scalars";
import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { millisecondsOf } from "../instant.ts";
import type { StatementKind } from "../trust/claims.ts";
import type { NetworkRecord } from "../trust/network-record.ts";
import type { VerificationCode, VerificationStep } from "../trust/verify-entry.ts";

/** Unions of words as enums of GraphQL. */
function wordsOf<Word extends string>(words: readonly Word[]): Record<Word, Word> {
	return Object.fromEntries(words.map((word) => [word, word])) as Record<Word, Word>;
}

const StatementType = wordsOf<StatementKind>(["MEMBERSHIP", "AFFILIATION", "RECOGNITION", "REVOCATION", "KEY", "MARK", "DELEGATION"]);
registerEnumType(StatementType, {
	name: "StatementType",
	valuesConfig: {
		MEMBERSHIP: { description: "By the hub: a member is admitted, suspended, or has left." },
		AFFILIATION: { description: "By a collective: who belongs to it." },
		REVOCATION: { description: "By the author of an earlier statement, which ends with it." },
		KEY: { description: "A key is registered, replaced, or known to be compromised." },
		MARK: { description: "By the hub or a collective: what it attests of a member." },
		DELEGATION: { description: "By the hub: a collective may attest a mark of the hub's, too." },
	},
});

const VerificationStepEnum = wordsOf<VerificationStep>([
	"FORMAT",
	"LOG",
	"AUTHORITY",
	"KEY",
	"SIGNATURE",
	"TIME",
	"STANDING",
	"MEMBERSHIP",
]);
registerEnumType(VerificationStepEnum, {
	name: "VerificationStep",
	valuesConfig: {
		FORMAT: { description: "Its type and claims are those of a statement." },
		LOG: { description: "It is in the log as it was recorded: its digest, its entry's hash, the link to the entry before." },
		AUTHORITY: { description: "Its author may say this, and says it to this network." },
		KEY: { description: "The key was its author's when it was recorded." },
		TIME: { description: "It was signed before it was recorded, and has begun." },
		STANDING: { description: "It has neither expired nor been revoked." },
		MEMBERSHIP: { description: "Those whom it concerns are admitted members." },
	},
});

const VerificationStatusEnum = wordsOf(["OK", "FAILED", "UNCHECKED"]);
registerEnumType(VerificationStatusEnum, { name: "VerificationStatus" });

const VerificationCodeEnum = wordsOf<VerificationCode>([
	"MALFORMED",
	"WRONG_TYPE",
	"TOKEN_CHANGED",
	"ENTRY_CHANGED",
	"CHAIN_BROKEN",
	"WRONG_NETWORK",
	"NOT_ALLOWED",
	"UNKNOWN_KEY",
	"RETIRED_KEY",
	"COMPROMISED_KEY",
	"BAD_SIGNATURE",
	"NOT_YET_VALID",
	"EXPIRED",
	"REVOKED",
	"SUPERSEDED",
	"NOT_ADMITTED",
	"NOT_REACHED",
]);
registerEnumType(VerificationCodeEnum, {
	name: "VerificationCode",
	valuesConfig: { NOT_REACHED: { description: "An earlier step failed: this one was not tried, and says nothing." } },
});

@ObjectType({ simpleResolvers: true, description: "One step of the verification of a statement, done when it was asked for." })
export class VerificationResult {
	@Field(() => VerificationStepEnum)
	step: VerificationStep;

	@Field(() => VerificationStatusEnum)
	status: "OK" | "FAILED" | "UNCHECKED";

	@Field(() => VerificationCodeEnum, { nullable: true, description: "Why not; null when it is OK." })
	code: VerificationCode | null;

	@Field(() => String, { description: "What was looked at, in English." })
	detail: string;
}

/** Its author as a member, its revocation and its verification are resolved. */
@ObjectType({ simpleResolvers: true, description: "A signed statement, as it is in the log of the network." })
export class Statement {
	@Field(() => ID, { description: "Base64url SHA-256 of the token." })
	id: string;

	@Field(() => StatementType)
	type: StatementKind;

	@Field(() => String, { description: "Who signed it: a member's slug, `collective/<id>`, or the name of the network for the hub." })
	author: string;

	@Field(() => String, { description: "Whom or what it is about: a slug, the id of a row, of a statement, or another party." })
	subject: string;

	@Field(() => String, { description: "The name, in its author's keys, of the key that signed it." })
	kid: string;

	@Field(() => Int, { description: "Its place in the log." })
	sequence: number;

	@Field(() => GraphQLDateTime)
	issuedAt: Date;

	@Field(() => GraphQLDateTime, { description: "From when it holds, which may lie before it was signed." })
	since: Date;

	@Field(() => GraphQLDateTime, { nullable: true })
	expiresAt: Date | null;

	@Field(() => GraphQLDateTime, {
		nullable: true,
		description: "When the hub recorded it; null where its log was tampered with, and has no time.",
	})
	recordedAt: Date | null;

	@Field(() => String, { description: "The JWT, verbatim: whoever has its author's key can verify it without this hub." })
	token: string;

	/** The statement of an id; null where the record has none. */
	static find(record: NetworkRecord, id: string): Statement | null {
		const found = record.byId.get(id);
		if (!found) return null;
		const { entry, statement } = found;
		const { iss, sub, iat, exp } = statement.claims;
		const date = (seconds: number) => new Date(seconds * 1000);
		return Object.assign(new Statement(), {
			id,
			type: statement.kind,
			author: iss,
			subject: sub,
			kid: statement.kid,
			sequence: entry.sequence,
			issuedAt: date(iat),
			since: date("since" in statement.claims ? statement.claims.since : iat),
			expiresAt: exp === undefined ? null : date(exp),
			recordedAt: millisecondsOf(entry.recordedAt) === undefined ? null : entry.recordedAt,
			token: entry.token,
		});
	}
}
