/**
 * Why a trust chain is not accepted. `error` is the code that OpenID Federation 1.0 §8.9 names for an answer; `reason`
 * tells which check failed.
 */
export type ChainReason =
	/** Not a JWT, or claims that are missing or of a wrong type. */
	| "MALFORMED"
	/** `typ` is not that of the statement. */
	| "WRONG_TYPE"
	/** An algorithm that is none, symmetric or not accepted here. */
	| "ALGORITHM_NOT_ALLOWED"
	| "MISSING_KID"
	/** The key is not, and was not when it signed, one of the issuer's. */
	| "UNKNOWN_KEY"
	/** The key was withdrawn because others may have it. */
	| "COMPROMISED_KEY"
	| "BAD_SIGNATURE"
	| "EXPIRED"
	| "NOT_YET_VALID"
	/** A statement is not about whom the one below it is by. */
	| "WRONG_SUBJECT"
	/** A superior that the one below it does not name, or the other way round. */
	| "WRONG_ISSUER"
	| "UNKNOWN_CRITICAL_CLAIM"
	| "PATH_TOO_LONG"
	| "NAME_NOT_PERMITTED"
	| "ENTITY_TYPE_NOT_ALLOWED"
	| "POLICY"
	| "METADATA"
	/** The chain ends at an authority that is not trusted here. */
	| "UNKNOWN_ANCHOR"
	/** An entity is above itself. */
	| "LOOP"
	/** A superior did not answer: nothing is known, which is not the same as invalid. */
	| "UNREACHABLE";

type FederationError =
	| "invalid_trust_chain"
	| "invalid_metadata"
	| "invalid_trust_anchor"
	| "invalid_issuer"
	| "invalid_subject"
	| "temporarily_unavailable";

export interface ChainFailure {
	ok: false;
	/** `unchecked` where something could not be asked: never to be shown as valid, nor as a fraud. */
	status: "invalid" | "unchecked";
	error: FederationError;
	reason: ChainReason;
	/** Position in the chain, the leaf's own statement being 0. */
	at: number;
	description: string;
}

const ERRORS: Partial<Record<ChainReason, FederationError>> = {
	METADATA: "invalid_metadata",
	UNKNOWN_ANCHOR: "invalid_trust_anchor",
	WRONG_ISSUER: "invalid_issuer",
	WRONG_SUBJECT: "invalid_subject",
	UNREACHABLE: "temporarily_unavailable",
};

export function chainFailure(reason: ChainReason, at: number, description: string): ChainFailure {
	return {
		ok: false,
		status: reason === "UNREACHABLE" ? "unchecked" : "invalid",
		error: ERRORS[reason] ?? "invalid_trust_chain",
		reason,
		at,
		description,
	};
}
