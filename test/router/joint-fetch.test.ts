import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Execution, PreparedFetch } from "../../router/execute/execution.ts";
import { Completeness } from "../../router/horizontal/completeness.ts";
import { membersService } from "../../router/horizontal/members-service.ts";
import { rowsOf } from "../kit/member-server.ts";
import { type Region, startRegion } from "../kit/region.ts";

const OWNERS = ["alpha", "beta", "gamma"];
const QUERY = "query($representations:[_Any!]!){_entities(representations:$representations){...on BadgeClass{name}}}";

let region: Region;
let fetchNames: PreparedFetch;

beforeAll(async () => {
	region = await startRegion(Object.fromEntries(OWNERS.map((slug) => [slug, rowsOf(slug, ["One", "Two", "Three"])])));
	const { schema, horizontal } = region.router.engine().supergraph;
	fetchNames = membersService(schema, horizontal, region.router.members).prepare(QUERY);
});
afterAll(() => region.stop());
afterEach(() => {
	for (const slug of OWNERS) {
		region.member(slug).behave({ kind: "normal" });
		region.member(slug).requests.length = 0;
	}
});

const execution = (): Execution => ({
	variables: {},
	data: null,
	errors: [],
	completeness: new Completeness(),
	signal: new AbortController().signal,
	until: Number.POSITIVE_INFINITY,
});

async function namesOf(ids: readonly string[], by = execution()) {
	const { data, errors } = await fetchNames({ representations: ids.map((id) => ({ __typename: "BadgeClass", id })) }, by);
	const names = ((data?._entities ?? []) as ({ name: string } | null)[]).map((entity) => entity?.name ?? null);
	return { names, codes: errors.map(({ path, extensions }) => [path?.[1], extensions?.code]), completeness: by.completeness.report() };
}

describe("requests of one turn that want rows of the same members", () => {
	it("share one request to each, and get each its own rows", async () => {
		const answers = await Promise.all([
			namesOf(["alpha:one-0", "beta:two-1"]),
			namesOf(["alpha:three-2", "alpha:one-0"]),
			namesOf(["beta:one-0"]),
		]);
		expect(answers.map(({ names }) => names)).toEqual([["One", "Two"], ["Three", "One"], ["One"]]);
		expect(OWNERS.map((slug) => region.member(slug).requests.length)).toEqual([1, 1, 0]);
		expect(answers.map(({ completeness }) => completeness.asked)).toEqual([2, 1, 1]);
	});

	it("learn each what concerns it when a member is down", async () => {
		region.member("beta").behave({ kind: "garbage", body: "oops", status: 500 });
		const [first, second, third] = await Promise.all([
			namesOf(["alpha:one-0", "beta:two-1"]),
			namesOf(["beta:one-0", "beta:two-1"]),
			namesOf(["alpha:two-1"]),
		]);
		expect(first).toMatchObject({ names: ["One", null], codes: [[1, "MEMBER_UNAVAILABLE"]] });
		expect(second.codes).toEqual([
			[0, "MEMBER_UNAVAILABLE"],
			[1, "MEMBER_UNAVAILABLE"],
		]);
		expect(third).toMatchObject({ names: ["Two"], codes: [], completeness: { missing: [] } });
	});

	it("do not pay for what is wrong with the joint answer: each is then asked for by itself", async () => {
		region.member("alpha").behave({ kind: "short", times: 1 });
		const answers = await Promise.all([namesOf(["alpha:one-0"]), namesOf(["alpha:two-1"])]);
		expect(answers).toMatchObject([
			{ names: ["One"], codes: [], completeness: { missing: [] } },
			{ names: ["Two"], codes: [], completeness: { missing: [] } },
		]);
		expect(region.member("alpha").requests).toHaveLength(3);
	});

	it("of a caller with a token go alone: what a member gives one may not be another's", async () => {
		const marie = { issuer: "https://id.example", subject: "marie", scopes: [], claims: {} };
		const answers = await Promise.all([namesOf(["alpha:one-0"]), namesOf(["alpha:two-1"], { ...execution(), caller: marie as never })]);
		expect(answers.map(({ names }) => names)).toEqual([["One"], ["Two"]]);
		expect(region.member("alpha").requests).toHaveLength(2);
	});

	it("are parted where they become too many for one request", async () => {
		const many = Array.from({ length: 300 }, (_, index) => `alpha:none-${index}`);
		const answers = await Promise.all([namesOf([...many, "alpha:one-0"]), namesOf([...many, "alpha:two-1"])]);
		expect(answers.map(({ names }) => names.at(-1))).toEqual(["One", "Two"]);
		expect(region.member("alpha").requests).toHaveLength(2);
	});

	it("do not take a row for another that was asked for, though it is the same member's", async () => {
		region.member("alpha").behave({ kind: "rewriting", text: "alpha:two-1", by: "alpha:three-2" });
		const { names, codes } = await namesOf(["alpha:one-0", "alpha:two-1"]);
		expect({ names, codes }).toEqual({ names: ["One", null], codes: [[1, "INVALID_SUBGRAPH_ANSWER"]] });
	});

	it("get the rows they asked for from a member that gives them in another order", async () => {
		region.member("alpha").behave({ kind: "disordered" });
		const answers = await Promise.all([namesOf(["alpha:one-0", "alpha:two-1"]), namesOf(["alpha:two-1", "alpha:three-2"])]);
		expect(answers.map(({ names }) => names)).toEqual([
			["One", "Two"],
			["Two", "Three"],
		]);
		expect(answers.flatMap(({ codes }) => codes)).toEqual([]);
	});
});
