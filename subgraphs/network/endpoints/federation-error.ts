/** The errors of OpenID Federation 1.0 §8.9. */
export type FederationErrorCode =
	| "invalid_request"
	| "invalid_client"
	| "invalid_issuer"
	| "invalid_subject"
	| "invalid_trust_anchor"
	| "invalid_trust_chain"
	| "invalid_metadata"
	| "not_found"
	| "unsupported_parameter"
	| "server_error"
	| "temporarily_unavailable";

const STATUS: Record<FederationErrorCode, number> = {
	invalid_request: 400,
	invalid_client: 401,
	invalid_issuer: 404,
	invalid_subject: 404,
	invalid_trust_anchor: 404,
	invalid_trust_chain: 400,
	invalid_metadata: 400,
	not_found: 404,
	unsupported_parameter: 400,
	server_error: 500,
	temporarily_unavailable: 503,
};

/** What an endpoint answers instead of what was asked for. */
export class FederationError extends Error {
	override name = "FederationError";

	constructor(
		readonly code: FederationErrorCode,
		/** For the caller: names the parameter and the mend. */
		readonly description: string,
	) {
		super(description);
	}

	get status(): number {
		return STATUS[this.code];
	}
}
