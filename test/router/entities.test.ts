import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Execution } from "../../router/execute/execution.ts";
import { Completeness } from "../../router/horizontal/completeness.ts";
import { membersService } from "../../router/horizontal/members-service.ts";
import { rowsOf } from "../kit/member-server.ts";
import { type Region, startRegion } from "../kit/region.ts";

const OWNERS = Array.from({ length: 10 }, (_, index) => `owner-${index}`);
const NAMES = Array.from({ length: 10 }, (_, index) => `Badge ${index}`);

let region: Region;

beforeAll(async () => {
	region = await startRegion(Object.fromEntries(OWNERS.map((slug) => [slug, rowsOf(slug, NAMES)])));
});
afterAll(() => region.stop());

/** Recognitions are the network's, and name badge classes of members: a query over them makes entity fetches. */
async function resolve(
	ids: readonly string[],
	operation = "query($representations:[_Any!]!){_entities(representations:$representations){...on BadgeClass{id name}}}",
) {
	const { schema, horizontal } = region.router.engine().supergraph;
	const service = membersService(schema, horizontal, { current: () => region.router.members.current(), onChange: () => () => undefined });
	const execution: Execution = {
		variables: {},
		data: null,
		errors: [],
		completeness: new Completeness(),
		signal: new AbortController().signal,
		until: Number.POSITIVE_INFINITY,
	};
	const answer = await service.prepare(operation)({ representations: ids.map((id) => ({ __typename: "BadgeClass", id })) }, execution);
	return { ...answer, completeness: execution.completeness.report() };
}

describe("references to badge classes", () => {
	it("are asked of their owners with one request each: 100 references, 10 members, 10 requests", async () => {
		const ids = NAMES.flatMap((_, index) => OWNERS.map((slug) => `${slug}:badge-${index}-${index}`));
		for (const slug of OWNERS) region.member(slug).requests.length = 0;
		const { data, errors, completeness } = await resolve(ids);
		expect(OWNERS.map((slug) => region.member(slug).requests.length)).toEqual(OWNERS.map(() => 1));
		expect(errors).toEqual([]);
		expect(((data?._entities ?? []) as { id: string }[]).map(({ id }) => id)).toEqual(ids);
		expect(completeness).toMatchObject({ asked: 10, answered: 10 });
	});

	it("keep their places when some are unknown, foreign or of a member that is down", async () => {
		region.member("owner-3").behave({ kind: "garbage", body: "x" });
		const { data, errors, completeness } = await resolve([
			"owner-1:badge-1-1",
			"owner-3:badge-0-0",
			"owner-2:none",
			"stranger:x",
			"owner-1:badge-2-2",
		]);
		region.member("owner-3").behave({ kind: "normal" });
		expect(((data?._entities ?? []) as ({ name: string } | null)[]).map((entity) => entity?.name ?? null)).toEqual([
			"Badge 1",
			null,
			null,
			null,
			"Badge 2",
		]);
		expect(errors.map(({ path, extensions }) => [path, extensions?.code])).toEqual([
			[["_entities", 3], "UNKNOWN_INSTITUTE"],
			[["_entities", 1], "MEMBER_UNAVAILABLE"],
		]);
		expect(completeness.missing).toEqual([{ institute: "owner-3", reason: "INVALID_ANSWER" }]);
	});

	it("of two batches to the same owner go in one request", async () => {
		const { schema, horizontal } = region.router.engine().supergraph;
		const service = membersService(schema, horizontal, region.router.members);
		region.member("owner-1").requests.length = 0;
		const execution: Execution = {
			variables: {},
			data: null,
			errors: [],
			completeness: new Completeness(),
			signal: new AbortController().signal,
			until: Number.POSITIVE_INFINITY,
		};
		const { data } = await service.prepare(
			"query($a:[_Any!]!,$b:[_Any!]!){_e0:_entities(representations:$a){...on BadgeClass{name}} _e1:_entities(representations:$b){...on Institute{name}}}",
		)(
			{
				a: [{ __typename: "BadgeClass", id: "owner-1:badge-4-4" }],
				b: [
					{ __typename: "Institute", slug: "owner-1" },
					{ __typename: "Institute", slug: "owner-2" },
				],
			},
			execution,
		);
		expect(data).toMatchObject({ _e0: [{ name: "Badge 4" }], _e1: [{ name: "Institute owner-1" }, { name: "Institute owner-2" }] });
		expect(region.member("owner-1").requests).toHaveLength(1);
	});
});
