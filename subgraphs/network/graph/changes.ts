import { createUnionType, Field, ObjectType, registerEnumType } from "type-graphql";
import { Member } from "../member.ts";
import type { RefusalCode } from "../trust/judge.ts";
import { Statement } from "./statement.ts";

type Code = RefusalCode | "UNKNOWN_MEMBER" | "ALREADY_SO" | "HAS_LEFT";

const CODES: readonly Code[] = [
	"MALFORMED",
	"WRONG_TYPE",
	"WRONG_NETWORK",
	"NOT_ALLOWED",
	"UNKNOWN_KEY",
	"RETIRED_KEY",
	"COMPROMISED_KEY",
	"BAD_SIGNATURE",
	"NOT_YET_VALID",
	"EXPIRED",
	"STALE",
	"NOT_ADMITTED",
	"ALREADY_RECORDED",
	"ALREADY_RECOGNISED",
	"ALREADY_REVOKED",
	"UNKNOWN_STATEMENT",
	"KEY_TAKEN",
	"UNKNOWN_MEMBER",
	"ALREADY_SO",
	"HAS_LEFT",
];
const NetworkRefusalCode = Object.fromEntries(CODES.map((code) => [code, code])) as Record<Code, Code>;
registerEnumType(NetworkRefusalCode, {
	name: "NetworkRefusalCode",
	valuesConfig: { STALE: { description: "Signed more than an hour ago." } },
});

@ObjectType({ simpleResolvers: true, description: "Nothing was changed, and why." })
export class NetworkChangeRefused {
	@Field(() => NetworkRefusalCode)
	code: Code;

	@Field(() => String, { description: "The argument, claim or part of the header that is wrong." })
	field: string;

	@Field(() => String)
	message: string;

	@Field(() => String, { description: "What mends it." })
	mend: string;

	static of(refusal: { code: Code; field: string; message: string; mend: string }): NetworkChangeRefused {
		const { code, field, message, mend } = refusal;
		return Object.assign(new NetworkChangeRefused(), { code, field, message, mend });
	}
}

@ObjectType({ simpleResolvers: true })
export class StatementPublished {
	@Field(() => Statement)
	statement: Statement;
}

export const PublishStatementResult = createUnionType({
	name: "PublishStatementResult",
	types: () => [StatementPublished, NetworkChangeRefused] as const,
});

@ObjectType({ simpleResolvers: true })
export class MemberStatusChanged {
	@Field(() => Member)
	member: Member;
}

export const MemberStatusResult = createUnionType({
	name: "MemberStatusResult",
	types: () => [MemberStatusChanged, NetworkChangeRefused] as const,
});
