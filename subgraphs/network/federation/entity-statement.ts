import { decodeJwt, decodeProtectedHeader } from "jose";
import { z } from "zod";

/** Statements of OpenID Federation 1.0 §3, read as a stranger's: nothing in them is believed before it is verified. */

export const ENTITY_STATEMENT_TYPE = "entity-statement+jwt";

/** §1.2: an https address without query and fragment. On one machine, as in the demonstration, http will do. */
const entityId = z.url({ protocol: /^https?$/ }).refine(isEntityId, "must be an https address with neither query nor fragment");

function isEntityId(id: string): boolean {
	if (/[?#]/.test(id) || !URL.canParse(id)) return false;
	const { protocol, hostname } = new URL(id);
	return protocol === "https:" || (protocol === "http:" && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname));
}

const publicKey = z
	.looseObject({ kty: z.string(), kid: z.string().min(1) })
	.refine((key) => !("d" in key) && !("k" in key), "must be a public key");

const keySetSchema = z.object({ keys: z.array(publicKey).max(50) });
export type FederationKeys = z.output<typeof keySetSchema>;

const policySchema = z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown())));

/** §6.2. */
const constraintsSchema = z.looseObject({
	max_path_length: z.int().min(0).optional(),
	naming_constraints: z.object({ permitted: z.array(z.string()).optional(), excluded: z.array(z.string()).optional() }).optional(),
	allowed_entity_types: z.array(z.string()).optional(),
});
export type Constraints = z.output<typeof constraintsSchema>;

const claimsSchema = z.looseObject({
	iss: entityId,
	sub: entityId,
	iat: z.number(),
	exp: z.number(),
	jwks: keySetSchema,
	metadata: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
	metadata_policy: policySchema.optional(),
	metadata_policy_crit: z.array(z.string()).min(1).optional(),
	constraints: constraintsSchema.optional(),
	crit: z.array(z.string()).min(1).optional(),
	authority_hints: z.array(entityId).min(1).max(20).optional(),
	trust_marks: z.array(z.looseObject({ trust_mark_type: z.string(), trust_mark: z.string() })).optional(),
	trust_mark_issuers: z.record(z.string(), z.array(z.string())).optional(),
	trust_mark_owners: z.record(z.string(), z.looseObject({ sub: z.string(), jwks: keySetSchema })).optional(),
});
export type StatementClaims = z.output<typeof claimsSchema>;

/** A statement as it came, with what it says of itself. Not verified. */
export interface EntityStatement {
	jwt: string;
	kid: string | undefined;
	claims: StatementClaims;
}

/** The reasons are those of `chain-error.ts`. */
export type ReadStatement =
	| { ok: true; statement: EntityStatement }
	| { ok: false; reason: "MALFORMED" | "WRONG_TYPE" | "UNKNOWN_CRITICAL_CLAIM"; description: string };

/** Claims that a statement may make critical, §3.1.1: those that are understood and not of the standard. There are none. */
const UNDERSTOOD = new Set<string>();

/** Reads one statement. */
export function readStatement(jwt: string): ReadStatement {
	try {
		const { typ, kid } = decodeProtectedHeader(jwt);
		if (typ !== ENTITY_STATEMENT_TYPE)
			return {
				ok: false,
				reason: "WRONG_TYPE",
				description: `typ is ${JSON.stringify(typ ?? null)}, and must be ${ENTITY_STATEMENT_TYPE}`,
			};
		const payload = decodeJwt(jwt);
		const critical = Array.isArray(payload.crit) ? payload.crit.find((name) => !UNDERSTOOD.has(String(name))) : undefined;
		if (critical !== undefined)
			return {
				ok: false,
				reason: "UNKNOWN_CRITICAL_CLAIM",
				description: `the claim ${JSON.stringify(critical)} is critical and not known`,
			};
		const read = claimsSchema.safeParse(payload);
		if (!read.success) {
			const [issue] = read.error.issues;
			return { ok: false, reason: "MALFORMED", description: `${issue?.path.join(".")}: ${issue?.message}` };
		}
		return { ok: true, statement: { jwt, kid: kid === "" ? undefined : kid, claims: read.data } };
	} catch (error) {
		return { ok: false, reason: "MALFORMED", description: (error as Error).message };
	}
}
