import { compactVerify, decodeJwt, decodeProtectedHeader, importJWK, type JWK } from "jose";
import { z } from "zod";
import type { FederationKeys, StatementClaims } from "./entity-statement.ts";
import { ALGORITHMS, type Moment } from "./verify-statement.ts";

/** Trust marks of OpenID Federation 1.0 §7: what an authority attests of an entity, such as a charter that it signed. */
export const TRUST_MARK_TYPE = "trust-mark+jwt";
export const DELEGATION_TYPE = "trust-mark-delegation+jwt";

const markSchema = z.looseObject({
	iss: z.string(),
	sub: z.string(),
	trust_mark_type: z.string(),
	iat: z.number(),
	exp: z.number().optional(),
	delegation: z.string().optional(),
});
type TrustMark = z.output<typeof markSchema>;

type TrustMarkReason =
	| "MALFORMED"
	| "WRONG_TYPE"
	| "WRONG_SUBJECT"
	| "NOT_YET_VALID"
	| "EXPIRED"
	/** The anchor does not let this entity give marks of this type. */
	| "ISSUER_NOT_ALLOWED"
	| "UNKNOWN_KEY"
	| "BAD_SIGNATURE"
	/** The type has an owner, and the mark bears no valid delegation by it. */
	| "NOT_DELEGATED"
	| "REVOKED"
	/** The issuer, or its list of marks, could not be asked. */
	| "UNREACHABLE";

export type VerifiedMark =
	| { ok: true; mark: TrustMark }
	| { ok: false; status: "invalid" | "unchecked"; reason: TrustMarkReason; description: string };

/** `active`, or why not, §8.4.2. */
type MarkStatus = "active" | "expired" | "revoked" | "invalid";

export interface MarkOptions {
	/** The configuration of the anchor: who may give which marks, and whose types they are. */
	anchor: Pick<StatementClaims, "trust_mark_issuers" | "trust_mark_owners">;
	/** The keys of a mark's issuer, found by a trust chain; undefined when it is not trusted. Rejects when it cannot be asked. */
	keysOf(issuer: string): Promise<FederationKeys | undefined>;
	/** Asks the issuer whether the mark still stands. Rejects when it cannot be asked. */
	statusOf(mark: TrustMark, jwt: string): Promise<MarkStatus>;
	moment: Moment;
}

/** Verifies a mark that `subject` shows. */
export async function verifyTrustMark(jwt: string, subject: string, options: MarkOptions): Promise<VerifiedMark> {
	const { anchor, keysOf, statusOf, moment } = options;
	const refuse = (reason: TrustMarkReason, description: string): VerifiedMark => ({
		ok: false,
		status: reason === "UNREACHABLE" ? "unchecked" : "invalid",
		reason,
		description,
	});
	let mark: TrustMark;
	try {
		if (decodeProtectedHeader(jwt).typ !== TRUST_MARK_TYPE) return refuse("WRONG_TYPE", `typ must be ${TRUST_MARK_TYPE}`);
		mark = markSchema.parse(decodeJwt(jwt));
	} catch (error) {
		return refuse("MALFORMED", (error as Error).message);
	}
	if (mark.sub !== subject) return refuse("WRONG_SUBJECT", `the mark is ${mark.sub}'s`);
	if (mark.iat > moment.now + moment.skew) return refuse("NOT_YET_VALID", "the mark is of a time that has not come");
	if (mark.exp !== undefined && mark.exp <= moment.now - moment.skew) return refuse("EXPIRED", "the mark has expired");
	const allowed = anchor.trust_mark_issuers?.[mark.trust_mark_type];
	// An empty list lets everybody; a type that the anchor does not name is nobody's business here.
	if (!allowed || (allowed.length > 0 && !allowed.includes(mark.iss)))
		return refuse("ISSUER_NOT_ALLOWED", `${mark.iss} may not give marks of the type ${mark.trust_mark_type}`);
	try {
		const keys = await keysOf(mark.iss);
		if (!keys || !hasKey(keys, jwt)) return refuse("UNKNOWN_KEY", `the mark is signed by a key that is not ${mark.iss}'s`);
		if (!(await isSignedBy(jwt, keys))) return refuse("BAD_SIGNATURE", `the mark does not bear ${mark.iss}'s signature`);
		if (!(await isDelegated(mark, anchor, moment)))
			return refuse("NOT_DELEGATED", `the owner of the type has not charged ${mark.iss} with it`);
		const status = await statusOf(mark, jwt);
		if (status === "expired") return refuse("EXPIRED", "its issuer says that the mark has expired");
		return status === "active" ? { ok: true, mark } : refuse("REVOKED", "its issuer has withdrawn the mark");
	} catch {
		return refuse("UNREACHABLE", `${mark.iss} did not answer`);
	}
}

/** §7.2.2: where the anchor names an owner of the type, the owner must have charged the issuer with it. */
async function isDelegated(mark: TrustMark, { trust_mark_owners }: MarkOptions["anchor"], { now, skew }: Moment): Promise<boolean> {
	const owner = trust_mark_owners?.[mark.trust_mark_type];
	if (!owner) return true;
	if (mark.delegation === undefined) return false;
	try {
		if (decodeProtectedHeader(mark.delegation).typ !== DELEGATION_TYPE) return false;
		const { iss, sub, trust_mark_type, iat, exp } = markSchema.parse(decodeJwt(mark.delegation));
		const isMeant = iss === owner.sub && sub === mark.iss && trust_mark_type === mark.trust_mark_type;
		const isInTime = iat <= now + skew && (exp === undefined || exp > now - skew);
		return isMeant && isInTime && (await isSignedBy(mark.delegation, owner.jwks));
	} catch {
		return false;
	}
}

function hasKey({ keys }: FederationKeys, jwt: string): boolean {
	const { kid } = decodeProtectedHeader(jwt);
	return kid !== undefined && keys.some((key) => key.kid === kid);
}

async function isSignedBy(jwt: string, { keys }: FederationKeys): Promise<boolean> {
	try {
		await compactVerify(
			jwt,
			async ({ kid, alg }) => {
				const key = keys.find((one) => one.kid === kid);
				if (!key) throw new Error("no such key");
				return importJWK(key as JWK, alg);
			},
			{ algorithms: [...ALGORITHMS] },
		);
		return true;
	} catch {
		return false;
	}
}
