import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { earnedOn, type PathwayQuestion, pathwayAddress, readPathwayQuestion } from "../../web/app/pathway/pathway-address.ts";

const slug = fc.stringMatching(/^[a-z]([a-z0-9-]{0,6}[a-z0-9])?$/);
const id = fc.tuple(slug, fc.stringMatching(/^[A-Za-z0-9._~-]{1,8}$/)).map((parts) => parts.join(":"));
const question = fc
	.record({
		held: fc.uniqueArray(id, { maxLength: 6 }),
		departement: fc.option(fc.constantFrom("31", "2A", "974")),
		requestable: fc.boolean(),
		without: fc.uniqueArray(slug, { maxLength: 3 }),
	})
	.chain((some) => fc.subarray(some.held).map((recent): PathwayQuestion => ({ ...some, recent })));

describe("the address of a pathway", () => {
	it("holds all that its reader asked, and nothing else", () => {
		fc.assert(
			fc.property(question, (asked) => {
				const address = pathwayAddress("/parcours/a:b", asked);
				const read = readPathwayQuestion(new URL(address, "https://hub.example").searchParams);
				expect(read).toEqual(asked);
			}),
		);
		expect(pathwayAddress("/parcours/a:b", readPathwayQuestion(new URLSearchParams()))).toBe("/parcours/a:b");
	});

	it("leaves out what is no badge, no département, no institute, and what is recent without being held", () => {
		const asked = "detenu=a:b&detenu=a:b&detenu=<script>&recent=c:d&departement=Gard&demandable=oui&sans=UN+CENTRE";
		expect(readPathwayQuestion(new URLSearchParams(asked))).toEqual({
			held: ["a:b"],
			recent: [],
			departement: null,
			requestable: false,
			without: [],
		});
	});

	it("says of a badge that was earned lately that it was, and of the others that nobody knows", () => {
		const now = new Date("2026-03-02T10:00:00.000Z");
		const asked = { held: ["a:b", "c:d"], recent: ["c:d"], departement: null, requestable: false, without: [] };
		expect(earnedOn(asked, now)).toEqual(["1970-01-01T00:00:00.000Z", "2026-03-02T10:00:00.000Z"]);
		expect(earnedOn({ ...asked, recent: [] }, now)).toBeNull();
	});
});
