import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ask } from "../kit/ask.ts";
import { type ServedHub, serveTestHub } from "../kit/served-hub.ts";
import { until } from "../kit/until.ts";

/** What nobody should send, sent to the whole hub: through the router to the catalogue, and to the pages before both. */

/** Milliseconds that the pages wait for the router: whatever is typed, the hub answers before. */
const DEADLINE = 10_000;

const QUESTIONS: Record<string, string> = {
	"100 000 characters": "x".repeat(100_000),
	"100 000 characters with accents and apostrophes": "é'".repeat(50_000),
	"operators of a tsquery": "a & b | !c <-> d:* ( ' \\ :: )",
	"quotes and backslashes": "'''' \\\\ %%% ___",
	"a percent sign": "%",
	"a backslash": "\\",
	"a null byte": "\u0000",
	"a null byte within words": "recherche\u0000emploi",
	"text from right to left": "\u202eiolpme\u202c",
	"marks of direction alone": "\u200f\u200e\u2066\u2069",
	emoji: "👩‍🏭🔥",
	"half of a character": "\ud800",
	"marks of the index": "=emploi ~emploi +é ^epi",
	"a statement": "'; DROP TABLE badge; --",
	"150 words": Array.from({ length: 150 }, (_, index) => String.fromCharCode(97 + (index % 26))).join(" "),
};

const SEARCH = `query Search($query: String, $filter: BadgeSearchFilter, $after: String) {
	searchBadges(query: $query, filter: $filter, after: $after) {
		totalCount didYouMean facets { institutes { value count } } edges { node { highlightedName { text } excerpt { text } whyFound { found } } }
	}
}`;
const LISTS = ["institutes", "departements", "collectives", "jobs", "domains", "frameworks", "recognisedBy", "languages"];

describe("hostile searches", () => {
	let hub: ServedHub;
	beforeAll(async () => {
		hub = await serveTestHub();
		await until("the catalogue to know badges", async () => (await search({ query: "accueil" })).data?.searchBadges.totalCount > 0);
	});
	afterAll(() => hub?.stop());

	const search = (variables: object) => ask(`${hub.origin}/graphql`, SEARCH, variables);

	test.each(Object.entries(QUESTIONS))("%s: the router answers, or names what is wrong", async (_, query) => {
		const { data, errors } = await search({ query });
		if (errors) expect(errors[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", field: "query" });
		else expect(data.searchBadges.totalCount).toBeGreaterThanOrEqual(0);
	});

	test.each(LISTS)("a value of %s that nothing has finds nothing", async (facet) => {
		const { data, errors } = await search({ filter: { [facet]: ["👻\u0000'\\%", "nothing has this"] } });
		expect(errors).toBeUndefined();
		expect(data.searchBadges).toMatchObject({ totalCount: 0, edges: [] });
	});

	test("500 filters, and an endless one, are refused by name", async () => {
		const many = Array.from({ length: 500 }, (_, index) => `institut-${index}`);
		for (const facet of LISTS) {
			for (const values of [many, ["x".repeat(100_000)]]) {
				const { errors } = await search({ filter: { [facet]: values } });
				expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", field: `filter.${facet}` });
			}
		}
	});

	test.each(
		Object.entries({ nothing: "", "a letter": "x", "9000 letters": "a".repeat(9000), JSON: "eyJhIjoxfQ", "a null byte": "\u0000" }),
	)("%s is no cursor", async (_, after) => {
		const { errors } = await search({ query: "accueil", after });
		expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", field: "after" });
	});

	describe("the pages", () => {
		/** A URL holds no more: Node refuses longer heads by itself. */
		const shown = Object.entries(QUESTIONS).map(([name, query]) => [name, query.slice(0, 2000)] as const);
		const FORMS = ["/badges", "/badges.csv", "/badges.json", "/badges.jsonld", "/badges.atom"];
		test.each(shown)("answer %s in every form", async (_, query) => {
			for (const form of FORMS) {
				// Halves of characters have no form in an address.
				const address = `${hub.origin}${form}?q=${encodeURIComponent(query.replace(/\p{Cs}/gu, "\ufffd"))}`;
				const response = await fetch(address, { signal: AbortSignal.timeout(DEADLINE) });
				expect([form, response.status]).toEqual([form, 200]);
				const text = await response.text();
				expect(text, form).not.toContain("DROP TABLE badge; --<");
				if (form === "/badges") expect(text).toContain("</html>");
			}
		});

		test("answer 500 filters, and filters that do not exist", async () => {
			const many = Array.from({ length: 500 }, (_, index) => `institut=i-${index}`).join("&");
			for (const query of [many, "institut=%00&metier=%27&domaine=%F0%9F%91%BB", "apres=x", "rien=1&requestable=vrai"]) {
				const response = await fetch(`${hub.origin}/badges?${query}`, { signal: AbortSignal.timeout(DEADLINE) });
				expect([query.slice(0, 30), response.status]).toEqual([query.slice(0, 30), 200]);
			}
		});

		test("refuse an address that is too long, and go on", async () => {
			const response = await fetch(`${hub.origin}/badges?q=${"x".repeat(100_000)}`, { signal: AbortSignal.timeout(DEADLINE) });
			expect([414, 431]).toContain(response.status);
			expect((await fetch(`${hub.origin}/badges`)).status).toBe(200);
		});
	});
});
