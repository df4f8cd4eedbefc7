/** Who a request comes from, once a token of theirs has been verified. */
export interface Caller {
	/** The issuer that vouches for them: the token's `iss`. */
	issuer: string;
	/** Their name at that issuer: the token's `sub`. */
	subject: string;
	/** What they were granted: the token's `scope` (RFC 8693, §4.2), one by one. */
	scopes: ReadonlySet<string>;
}

/** Reads the claim `scope`: words between spaces. Anything else grants nothing. */
export function readScopes(scope: unknown): ReadonlySet<string> {
	return new Set(typeof scope === "string" ? scope.split(" ").filter((word) => word !== "") : []);
}
