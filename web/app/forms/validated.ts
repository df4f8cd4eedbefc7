import { createHash } from "node:crypto";

/**
 * An answer with what a client needs to ask for it again (RFC 9110 §8.8, §13.1): a strong ETag of the body and, where it
 * is known, the instant it last changed. 304 without a body when the client has it already; `If-None-Match` decides
 * where it is sent, `If-Modified-Since` otherwise.
 */
export function validated(request: Request, body: string, headers: Record<string, string>, changedAt?: Date): Response {
	const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
	const all = {
		...headers,
		ETag: etag,
		"Cache-Control": "no-cache",
		...(changedAt && { "Last-Modified": changedAt.toUTCString() }),
	};
	return isKnown(request.headers, etag, changedAt)
		? new Response(null, { status: 304, headers: all })
		: new Response(body, { headers: all });
}

function isKnown(asked: Headers, etag: string, changedAt: Date | undefined): boolean {
	const tags = asked.get("if-none-match");
	// A proxy that compresses makes the tag a weak one: for reading they are compared without the mark.
	if (tags !== null) return tags.split(",").some((tag) => tag.trim() === "*" || tag.trim().replace(/^W\//, "") === etag);
	const since = Date.parse(asked.get("if-modified-since") ?? "");
	return changedAt !== undefined && !Number.isNaN(since) && Math.floor(changedAt.getTime() / 1000) * 1000 <= since;
}
