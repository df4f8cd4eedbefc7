import { decodeJwt, decodeProtectedHeader } from "jose";
import { z } from "zod";
import { isGlobalId, isSlug } from "../../../schema/global-id.ts";
import { describeIssue } from "../../kit/config.ts";
import { collectiveOf } from "./party.ts";

/**
 * The statements of the network: JWTs (RFC 7519), each with a `typ` of its own, so that none can be taken for another.
 * Common claims: `iss` the author and `sub` the subject (see `party.ts`), `aud` the name of the network, `iat` when it was
 * signed, `exp` where it ends by itself. `since` is from when it holds, which may lie before it was signed; times are
 * seconds since 1970. Header: `alg` EdDSA or ES256, `kid` the author's key, `typ`.
 */

const seconds = z.int().min(0).max(253_402_300_799);
const slug = z.string().refine(isSlug, "must be a member's slug");
const collective = z.string().refine((name) => collectiveOf(name) !== undefined, "must be collective/<id>");
/** Whether a text has neither null characters, which no table holds, nor halves of characters, which are not UTF-8. */
export const isWritable = (value: string): boolean => !/\u0000|\p{Surrogate}/u.test(value);
const text = (longest: number) =>
	z.string().trim().min(1, "must not be empty").max(longest).refine(isWritable, "has characters that cannot be written");
const day = z.iso.date("must be a day like 2026-03-02");
const kid = z.string().min(1).max(200);

/** A public key, of the two kinds that statements are signed with. */
const jwkSchema = z.union(
	[
		z.strictObject({
			kty: z.literal("OKP"),
			crv: z.literal("Ed25519"),
			x: z.base64url(),
			kid,
			use: z.string().optional(),
			alg: z.string().optional(),
		}),
		z.strictObject({
			kty: z.literal("EC"),
			crv: z.literal("P-256"),
			x: z.base64url(),
			y: z.base64url(),
			kid,
			use: z.string().optional(),
			alg: z.string().optional(),
		}),
	],
	{ error: "must be a public key, Ed25519 or P-256, with its kid" },
);
export type PublicKey = z.output<typeof jwkSchema>;

export function readPublicKey(value: unknown): PublicKey | undefined {
	const read = jwkSchema.safeParse(value);
	return read.success ? read.data : undefined;
}

const common = {
	iss: z.string().min(1).max(300),
	aud: z.string().min(1).max(300),
	iat: seconds,
	exp: seconds.optional(),
	/** Tells two statements apart that say the same within one second: a statement's id is the digest of its text. */
	jti: z.string().min(1).max(200).optional(),
};

/** By the hub: what a member is to the network. Each replaces the one before it. */
const membership = z.strictObject({
	...common,
	sub: slug,
	status: z.enum(["admitted", "suspended", "left"]),
	name: text(200),
	departements: z.array(z.string().max(3)).max(120),
	since: seconds,
	reason: text(2000).optional(),
});

/** By a collective: who belongs to it. */
const affiliation = z.strictObject({ ...common, iss: collective, sub: slug, status: z.enum(["member", "ended"]), since: seconds });

/** By a member: whom, or what, it recognises, and why. */
const recognition = z
	.strictObject({
		...common,
		iss: slug,
		sub: z.string().max(300),
		scope: z.enum(["member", "issuer", "badge_class", "field"]),
		/** The field of competencies in which the member is recognised, where that is the scope. */
		field: text(300).optional(),
		since: seconds,
		reason: text(2000),
	})
	.superRefine(({ iss, sub, scope, field }, context) => {
		const isRow = scope === "issuer" || scope === "badge_class";
		const problem = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
		if (isRow ? !isGlobalId(sub) : !isSlug(sub))
			problem("sub", isRow ? "must be the id of a row of a member, <slug>:<local id>" : "must be a member's slug");
		if ((scope === "field") !== (field !== undefined)) problem("field", "is given with the scope `field`, and with no other");
		if (sub === iss || sub.startsWith(`${iss}:`)) problem("sub", "nobody recognises itself");
	});

/** By the author of an earlier statement, which ends with it: `sub` is that statement's id. */
const revocation = z.strictObject({
	...common,
	sub: z.string().regex(/^[A-Za-z0-9_-]{43}$/, "must be the id of a statement"),
	reason: text(2000),
});

/** About the keys of a party. By the hub, or by the party itself with a key that it had before. */
const key = z.discriminatedUnion("event", [
	z.strictObject({ ...common, sub: z.string().max(300), event: z.literal("registered"), jwk: jwkSchema, name: text(200).optional() }),
	/** A new key in the place of another: signed by that one, or by the hub. */
	z.strictObject({ ...common, sub: z.string().max(300), event: z.literal("rotated"), jwk: jwkSchema, kid }),
	/** Others may have the key: what it signed from `revoked_at` on is not believed. */
	z.strictObject({ ...common, sub: z.string().max(300), event: z.literal("compromised"), kid, revoked_at: seconds, reason: text(2000) }),
]);

/** By the hub: a collective may attest a mark of the hub's, too. What it attests so stands while this does. */
const delegation = z.strictObject({
	...common,
	sub: collective,
	mark: z.enum(["qualiopi", "metabadge-operator"], { error: "must be a mark of the hub's: qualiopi or metabadge-operator" }),
	since: seconds,
	reason: text(2000).optional(),
});

/** By the hub or a collective: what it attests of a member. */
const mark = z
	.strictObject({
		...common,
		sub: slug,
		/** `charter`: signed the collective's charter; `qualiopi`: declared the certification; `metabadge-operator`: runs metabadges. */
		mark: z.enum(["charter", "qualiopi", "metabadge-operator"]),
		number: text(100).optional(),
		declared_on: day.optional(),
		since: seconds,
	})
	.refine(({ mark: kind, number, declared_on }) => kind !== "qualiopi" || (number !== undefined && declared_on !== undefined), {
		path: ["number"],
		error: "a declared certification has its number and the day of its declaration (declared_on)",
	});

const SCHEMAS = {
	MEMBERSHIP: membership,
	AFFILIATION: affiliation,
	RECOGNITION: recognition,
	REVOCATION: revocation,
	KEY: key,
	MARK: mark,
	DELEGATION: delegation,
};

export type StatementKind = keyof typeof SCHEMAS;
export type ClaimsOf<Kind extends StatementKind> = z.output<(typeof SCHEMAS)[Kind]>;

/** The header `typ` of each. */
export const STATEMENT_TYPES: Readonly<Record<StatementKind, string>> = {
	MEMBERSHIP: "network-membership+jwt",
	AFFILIATION: "network-affiliation+jwt",
	RECOGNITION: "network-recognition+jwt",
	REVOCATION: "network-revocation+jwt",
	KEY: "network-key+jwt",
	MARK: "network-mark+jwt",
	DELEGATION: "network-delegation+jwt",
};
const KINDS = new Map(Object.entries(STATEMENT_TYPES).map(([kind, typ]) => [typ, kind as StatementKind]));

/** A statement as it says of itself. Nothing in it is verified. */
export type ReadStatement = { [Kind in StatementKind]: { kind: Kind; kid: string; alg: string; claims: ClaimsOf<Kind> } }[StatementKind];

export type ReadResult =
	| { ok: true; statement: ReadStatement }
	| { ok: false; code: "MALFORMED" | "WRONG_TYPE"; field: string; message: string };

const LONGEST = 8_000;

/** Reads a token. Never throws. */
export function readStatementToken(token: string): ReadResult {
	const refuse = (code: "MALFORMED" | "WRONG_TYPE", field: string, message: string): ReadResult => ({ ok: false, code, field, message });
	if (token.length > LONGEST) return refuse("MALFORMED", "token", `must have at most ${LONGEST} characters`);
	try {
		const { typ, kid: keyId, alg } = decodeProtectedHeader(token);
		const kind = KINDS.get(String(typ));
		if (!kind) return refuse("WRONG_TYPE", "typ", `is ${JSON.stringify(typ ?? null)}, and must be one of ${[...KINDS.keys()].join(", ")}`);
		if (!keyId) return refuse("MALFORMED", "kid", "the header must name the key that signed");
		const read = SCHEMAS[kind].safeParse(decodeJwt(token));
		if (read.success) return { ok: true, statement: { kind, kid: keyId, alg: String(alg), claims: read.data } as ReadStatement };
		const [issue] = read.error.issues;
		const line = issue ? describeIssue(issue) : "is not a statement";
		const field = issue?.path.map(String).join(".") || "claims";
		return refuse("MALFORMED", field, line.startsWith(`${field}: `) ? line.slice(field.length + 2) : line);
	} catch {
		return refuse("MALFORMED", "token", "is not a JWT in compact form");
	}
}
