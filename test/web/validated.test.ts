import { describe, expect, it } from "vitest";
import { validated } from "../../web/app/forms/validated.ts";

const changed = new Date("2026-03-02T09:30:00.500Z");
const answer = (headers: Record<string, string> = {}, changedAt: Date | undefined = changed) =>
	validated(new Request("https://hub.example/badges.atom", { headers }), "body", { "Content-Type": "text/plain" }, changedAt);
const etag = answer().headers.get("etag") ?? "";

describe("an answer that can be asked for again", () => {
	it("says by what it is known and when it changed", async () => {
		const first = answer();
		expect([first.status, await first.text(), first.headers.get("last-modified")]).toEqual([200, "body", "Mon, 02 Mar 2026 09:30:00 GMT"]);
		expect(etag).toMatch(/^"[\w-]{22}"$/);
	});

	it("is not sent to whom has it", async () => {
		for (const known of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
			const again = answer({ "if-none-match": known });
			expect([known, again.status, await again.text()]).toEqual([known, 304, ""]);
			expect(again.headers.get("etag")).toBe(etag);
		}
		expect(answer({ "if-modified-since": "Mon, 02 Mar 2026 09:30:00 GMT" }).status).toBe(304);
	});

	it("is sent to whom has another", () => {
		expect(answer({ "if-none-match": '"other"' }).status).toBe(200);
		expect(answer({ "if-modified-since": "Mon, 02 Mar 2026 09:29:59 GMT" }).status).toBe(200);
		expect(answer({ "if-modified-since": "yesterday" }).status).toBe(200);
		// The tag decides where both are sent (RFC 9110 §13.2.2).
		expect(answer({ "if-none-match": '"other"', "if-modified-since": "Mon, 02 Mar 2026 09:30:00 GMT" }).status).toBe(200);
	});
});
