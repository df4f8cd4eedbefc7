import fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Row, rowsOf } from "../kit/member-server.ts";
import { type Region, startRegion } from "../kit/region.ts";

const LETTERS = [..."abcdefghijkl"];
/** Twelve members: the first has all the early names, the others a few late ones each. */
const MEMBERS = LETTERS.map((letter) => `m-${letter}`);
const EARLY = Array.from({ length: 30 }, (_, index) => `Aa ${String(index).padStart(2, "0")}`);

const LIST = `query ($first: Int, $after: String, $last: Int, $before: String) {
	badgeClasses(first: $first, after: $after, last: $last, before: $before, orderBy: NAME) {
		totalCount nodes { name } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
	}
}`;

let region: Region;

beforeAll(async () => {
	region = await startRegion(
		Object.fromEntries(
			MEMBERS.map((slug, index) => [slug, rowsOf(slug, index === 0 ? EARLY : [`Ma ${slug}`, `Mb ${slug}`, `Mc ${slug}`, `Md ${slug}`])]),
		),
	);
});
afterAll(() => region.stop());
afterEach(() => {
	for (const slug of MEMBERS) Object.assign(region.member(slug).requests, { length: 0 });
});

const names = (list: { nodes: Row[] }) => list.nodes.map(({ name }) => name);
const asked = () => MEMBERS.map((slug) => region.member(slug).requests.length);

describe("a page of a list gathered over many members", () => {
	it("is asked of each member by its share, and whole of the one whose rows come first", async () => {
		const { data, extensions } = await region.ask(LIST, { first: 20 });
		expect(names(data.badgeClasses)).toEqual(EARLY.slice(0, 20));
		expect(data.badgeClasses).toMatchObject({ totalCount: 30 + 11 * 4, pageInfo: { hasNextPage: true, hasPreviousPage: false } });
		expect(asked()).toEqual([2, ...LETTERS.slice(1).map(() => 1)]);
		const sizes = region.member("m-b").requests.map(({ variables }) => variables.__first);
		expect(sizes).toEqual([6]);
		expect(region.member("m-a").requests[1]?.query).not.toContain("totalCount");
		expect(extensions?.completeness).toMatchObject({ asked: 12, answered: 12, missing: [] });
	});

	it("is the same from its end", async () => {
		const { data } = await region.ask(LIST, { last: 50 });
		const all = [...EARLY, ...["Ma", "Mb", "Mc", "Md"].flatMap((prefix) => MEMBERS.slice(1).map((slug) => `${prefix} ${slug}`))];
		expect(names(data.badgeClasses)).toEqual(all.slice(-50));
		expect(data.badgeClasses.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
	});

	it("ends early, and honestly, when a member that is needed for the rest is lost in between", async () => {
		const early = region.member("m-a");
		early.behave({ kind: "normal", times: 1, next: { kind: "garbage", body: "no", status: 500 } });
		const { data, extensions } = await region.ask(LIST, { first: 20 });
		early.behave({ kind: "normal" });
		expect(names(data.badgeClasses)).toEqual(EARLY.slice(0, 6));
		expect(data.badgeClasses.pageInfo.hasNextPage).toBe(true);
		expect(extensions?.completeness.missing).toEqual([{ institute: "m-a", reason: "HTTP_ERROR" }]);
		const next = await region.ask(LIST, { first: 20, after: data.badgeClasses.pageInfo.endCursor });
		expect(names(next.data.badgeClasses)).toEqual(EARLY.slice(6, 26));
	});

	it("leaves nothing out and repeats nothing, whatever its size and direction", async () => {
		const whole = names((await region.ask(LIST, { first: 100 })).data.badgeClasses);
		await fc.assert(
			fc.asyncProperty(fc.integer({ min: 7, max: 60 }), fc.boolean(), async (size, backward) => {
				const seen: string[] = [];
				let cursor: string | null = null;
				for (let more = true; more; ) {
					const { data } = await region.ask(LIST, backward ? { last: size, before: cursor } : { first: size, after: cursor });
					const { pageInfo } = data.badgeClasses;
					if (backward) seen.unshift(...names(data.badgeClasses));
					else seen.push(...names(data.badgeClasses));
					more = backward ? pageInfo.hasPreviousPage : pageInfo.hasNextPage;
					cursor = backward ? pageInfo.startCursor : pageInfo.endCursor;
				}
				expect(seen).toEqual(whole);
			}),
			{ numRuns: 20 },
		);
	});
});
