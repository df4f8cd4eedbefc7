import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Answer } from "../kit/ask.ts";
import { ask } from "../kit/ask.ts";
import { type Row, rowsOf } from "../kit/member-server.ts";
import { type Region, startRegion } from "../kit/region.ts";
import { until } from "../kit/until.ts";

const NAMES = ["Forger", "Accueillir", "Zinguer", "Abattre", "Mesurer"];
const LIST =
	"query ($first: Int, $after: String, $order: BadgeClassOrder = NAME) { badgeClasses(first: $first, after: $after, orderBy: $order) { totalCount nodes { id name } pageInfo { hasNextPage endCursor } } }";

let region: Region;

beforeAll(async () => {
	region = await startRegion(
		{ alpha: rowsOf("alpha", ["Coudre", "Vendre"]), beta: rowsOf("beta", NAMES) },
		{ withCatalogue: true, memberLimits: { deadline: 3_000 }, requestDeadline: 6_000 },
	);
	await harvested();
});
afterAll(() => region.stop());
afterEach(() => {
	for (const slug of ["alpha", "beta"]) {
		region.member(slug).behave({ kind: "normal" });
		region.member(slug).tamper(undefined);
		region.member(slug).requests.length = 0;
	}
});

/** Resolves when the catalogue knows the rows of everyone. */
async function harvested(): Promise<void> {
	await until("the catalogue to have heard everyone", async () => {
		const { data } = await ask(region.catalogue?.url as string, "{ harvests { heardAt badgeClasses } }");
		return data.harvests.length === 2 && data.harvests.every(({ heardAt }: { heardAt: string | null }) => heardAt !== null);
	});
}

async function heardAt(slug: string): Promise<string> {
	const { data } = await ask(region.catalogue?.url as string, "{ harvests { instituteSlug heardAt } }");
	return data.harvests.find((one: { instituteSlug: string }) => one.instituteSlug === slug).heardAt;
}

/** What an answer says of beta. */
function tellsOfBeta({ extensions }: Answer): { reason: string | undefined; asOf: string | undefined } {
	const { missing, stale } = extensions?.completeness ?? { missing: [], stale: [] };
	return {
		reason: missing.find(({ institute }) => institute === "beta")?.reason,
		asOf: stale.find(({ institute }) => institute === "beta")?.asOf,
	};
}

describe("a member that does not answer", () => {
	it.each([
		["never answers", { kind: "silent" }, "TIMEOUT"],
		["answers garbage", { kind: "garbage", body: "<html>" }, "INVALID_ANSWER"],
		["answers without the list", { kind: "garbage", body: '{"data":{}}' }, "INVALID_ANSWER"],
		["answers an error of HTTP", { kind: "garbage", body: "no", status: 503 }, "HTTP_ERROR"],
		["cuts the connection", { kind: "half" }, "UNREACHABLE"],
		["answers with too much", { kind: "huge", bytes: 9_000_000 }, "TOO_LARGE"],
	] as const)("and %s has its rows from the snapshot, missing and stale with the snapshot's date", async (_, behaviour, reason) => {
		const whole = await region.ask(LIST, { first: 20 });
		const asOf = await heardAt("beta");
		region.member("beta").behave(behaviour);
		const answer = await region.ask(LIST, { first: 20 });
		expect(answer.errors).toBeUndefined();
		expect(answer.data).toEqual(whole.data);
		expect(answer.extensions?.completeness).toEqual({
			asked: 2,
			answered: 1,
			missing: [{ institute: "beta", reason }],
			stale: [{ institute: "beta", asOf: expect.any(String) }],
		});
		// The harvest may have heard it once more before it fell silent.
		expect([asOf, await heardAt("beta")]).toContain(tellsOfBeta(answer).asOf);
	});

	it("has its badge, its institute, its count and its entities, as it was last heard", async () => {
		const query =
			'{ badgeClass(id: "beta:forger-0") { name status issuer { id name } institute { slug name membership { name } } } badgeClassCount institutes { slug name } members { institute { slug name } } }';
		const whole = await region.ask(query);
		await region.member("beta").stop();
		try {
			const answer = await region.ask(query);
			expect(answer.errors).toBeUndefined();
			expect(answer.data).toEqual(whole.data);
			expect(tellsOfBeta(answer)).toEqual({ reason: "UNREACHABLE", asOf: expect.stringMatching(/^\d{4}-.*Z$/) });
		} finally {
			await region.member("beta").start();
		}
	});

	it("makes the whole request an error under the strict policy", async () => {
		region.member("beta").behave({ kind: "garbage", body: "" });
		const { data, errors } = await region.ask(LIST, { first: 5 }, { "hub-completeness": "strict" });
		expect(data).toBeNull();
		expect(errors).toMatchObject([{ extensions: { code: "INCOMPLETE", missing: [{ institute: "beta", reason: "INVALID_ANSWER" }] } }]);
	});

	it("is heard itself when it answers late, yet in time", async () => {
		region.member("beta").behave({ kind: "slow", milliseconds: 2_450 });
		const answer = await region.ask(LIST, { first: 20 });
		expect(answer.extensions?.completeness).toEqual({ asked: 2, answered: 2, missing: [], stale: [] });
	});

	it("is shown under an old name that it has changed without the snapshot hearing of it", async () => {
		const { id } = region.member("beta").rows.find(({ name }) => name === "Mesurer") as Row;
		const asOf = await heardAt("beta");
		// Not by changing the row: the harvest may read the history at any moment, and would hear of it.
		region.member("beta").tamper((row) => (row.id === id ? { ...row, name: "Calibrer" } : row), { inHistory: false });
		const badge = `{ badgeClass(id: "${id}") { name } }`;
		expect((await region.ask(badge)).data.badgeClass.name).toBe("Calibrer");
		region.member("beta").behave({ kind: "garbage", body: "" });
		const answer = await region.ask(badge);
		expect(answer.data.badgeClass.name).toBe("Mesurer");
		expect(tellsOfBeta(answer).reason).toBe("INVALID_ANSWER");
		expect([asOf, await heardAt("beta")]).toContain(tellsOfBeta(answer).asOf);
	});

	it.each(["NAME", "CREATED", "UPDATED"])("is read on by %s where the snapshot was left, when it is back", async (order) => {
		const ids: string[] = [];
		const whole = (await region.ask(LIST, { first: 20, order })).data.badgeClasses.nodes.map(({ id }: Row) => id);
		let after: string | null = null;
		for (let page = 0; page < 4; page += 1) {
			region.member("beta").behave(page % 2 === 0 ? { kind: "garbage", body: "" } : { kind: "normal" });
			const answer: Answer = await region.ask(LIST, { first: 2, after, order });
			expect(tellsOfBeta(answer).reason).toBe(page % 2 === 0 ? "INVALID_ANSWER" : undefined);
			ids.push(...answer.data.badgeClasses.nodes.map(({ id }: Row) => id));
			after = answer.data.badgeClasses.pageInfo.endCursor;
		}
		expect(ids).toEqual(whole);
	});

	it("counts in the metrics", async () => {
		region.member("beta").behave({ kind: "garbage", body: "" });
		const count = async () => {
			const figures = await (await fetch(new URL("/metrics", region.url))).text();
			return Number(/^hub_member_stale_answers_total\{institute="beta"\} (\d+)$/m.exec(figures)?.[1]);
		};
		const before = await count();
		await region.ask("{ badgeClassCount }");
		expect(await count()).toBe(before + 1);
	});

	it("has its own rows only from the snapshot, as from itself: another's slug is nobody's there", async () => {
		const foreign = await ask(
			new URL("/stand-in/alpha/graphql", region.catalogue?.url).href,
			'{ badgeClass(id: "beta:forger-0") { name } badgeClassCount }',
		);
		expect(foreign.data).toEqual({ badgeClass: null, badgeClassCount: 2 });
		const nobody = await fetch(new URL("/stand-in/nobody/graphql", region.catalogue?.url), {
			method: "POST",
			headers: { "content-type": "application/json" },
			body: '{"query":"{ badgeClassCount }"}',
		});
		expect([nobody.status, await nobody.json()]).toMatchObject([404, { errors: [{ extensions: { code: "UNKNOWN_INSTITUTE" } }] }]);
	});
});

describe("a catalogue that is gone", () => {
	it("leaves the rows of a silent member missing, as without one", async () => {
		const alone = await startRegion(
			{ alpha: rowsOf("alpha", ["Coudre", "Vendre"]), beta: rowsOf("beta", NAMES) },
			{ standIn: () => new URL("http://127.0.0.1:1/graphql") },
		);
		try {
			alone.member("beta").behave({ kind: "silent" });
			const answer = await alone.ask(LIST, { first: 20 });
			expect(answer.errors).toBeUndefined();
			expect(answer.data.badgeClasses.totalCount).toBe(2);
			expect(answer.extensions?.completeness).toEqual({
				asked: 2,
				answered: 1,
				missing: [{ institute: "beta", reason: "TIMEOUT" }],
				stale: [],
			});
			const badge = await alone.ask('{ badgeClass(id: "beta:forger-0") { name } }');
			expect(badge).toMatchObject({ data: { badgeClass: null }, errors: [{ extensions: { code: "MEMBER_UNAVAILABLE" } }] });
		} finally {
			await alone.stop();
		}
	});
});
