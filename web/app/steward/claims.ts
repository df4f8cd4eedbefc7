/** What a token says of whom it was given to. Not verified: only to be shown to them; the router decides. */
export interface Claims {
	subject: string;
	scopes: string[];
	/** As an ISO instant; null where the token does not say. */
	expiresAt: string | null;
}

/** Reads a token's claims; null where it holds none. */
export function readClaims(token: string): Claims | null {
	try {
		const claims: unknown = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"));
		if (typeof claims !== "object" || claims === null) return null;
		const { sub, scope, exp } = claims as Record<string, unknown>;
		return {
			subject: typeof sub === "string" ? sub.slice(0, 200) : "",
			scopes: typeof scope === "string" ? scope.split(" ").filter(Boolean) : [],
			expiresAt: typeof exp === "number" && exp > 0 && exp < 1e11 ? new Date(exp * 1000).toISOString() : null,
		};
	} catch {
		return null;
	}
}
