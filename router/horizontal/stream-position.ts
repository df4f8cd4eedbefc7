/** The place of an event in every member's history, as one opaque text. */

export function encodePositions(positions: ReadonlyMap<string, string>): string {
	return Buffer.from(JSON.stringify(Object.fromEntries(positions))).toString("base64url");
}

/** Undefined when the text is not one of ours. */
export function decodePositions(text: string): Map<string, string> | undefined {
	try {
		const value: unknown = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
		if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
		return new Map(Object.entries(value).flatMap(([slug, position]) => (typeof position === "string" ? [[slug, position]] : [])));
	} catch {
		return undefined;
	}
}
