import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { SharedReads } from "../../router/transport/shared-reads.ts";
import { rowsOf } from "../kit/member-server.ts";
import { type Region, startRegion } from "../kit/region.ts";
import { until } from "../kit/until.ts";

describe("reads that are under way at the same time", () => {
	const anyone = { issuer: "https://idp.example", subject: "ana", scopes: new Set(["badges"]) };

	/** A service that answers when it is told to, and tells how often it was asked. */
	function service() {
		const reads = new SharedReads(() => new Error("cancelled"));
		const sent: { signal: AbortSignal; answer(text: string): void; fail(error: Error): void }[] = [];
		const ask = (body: string, caller: typeof anyone | undefined, signal = new AbortController().signal) =>
			reads.read(
				body,
				caller,
				signal,
				() =>
					new Promise<string>((resolve, reject) => {
						sent.push({ signal, answer: resolve, fail: reject });
						signal.addEventListener("abort", () => reject(new Error("cancelled")));
					}),
			);
		return { ask, sent };
	}

	it("are one when they ask the same, and the next one is another", async () => {
		const { ask, sent } = service();
		const both = [ask("a", undefined), ask("a", undefined)];
		const other = ask("b", undefined);
		expect(sent).toHaveLength(2);
		sent[0]?.answer("A");
		sent[1]?.answer("B");
		expect(await Promise.all([...both, other])).toEqual(["A", "A", "B"]);
		const later = ask("a", undefined);
		expect(sent).toHaveLength(3);
		sent[2]?.answer("A again");
		expect(await later).toBe("A again");
	});

	it("are one for one caller only, with the same scopes from the same issuer", async () => {
		const { ask, sent } = service();
		const callers = [
			undefined,
			anyone,
			{ ...anyone, subject: "bob" },
			{ ...anyone, issuer: "https://other.example" },
			{ ...anyone, scopes: new Set(["badges", "people"]) },
		];
		const answers = callers.map((caller) => ask("a", caller));
		expect(sent).toHaveLength(callers.length);
		const same = ask("a", { ...anyone, scopes: new Set(anyone.scopes) });
		expect(sent).toHaveLength(callers.length);
		for (const [index, { answer }] of sent.entries()) answer(String(index));
		expect(await Promise.all([...answers, same])).toEqual(["0", "1", "2", "3", "4", "1"]);
	});

	it("share a failure, too", async () => {
		const { ask, sent } = service();
		const both = [ask("a", undefined), ask("a", undefined)];
		sent[0]?.fail(new Error("gone"));
		for (const one of both) await expect(one).rejects.toThrow("gone");
		expect(sent).toHaveLength(1);
	});

	it("outlive any of their clients, and end with the last", async () => {
		const { ask, sent } = service();
		const clients = Array.from({ length: 4 }, () => new AbortController());
		const answers = clients.map(({ signal }) => ask("a", undefined, signal));
		const outcomes = Promise.allSettled(answers);
		clients[2]?.abort();
		expect(sent).toHaveLength(1);
		clients[0]?.abort();
		await until("the read to be sent for another", () => sent.length === 2);
		expect(sent[1]?.signal.aborted).toBe(false);
		sent[1]?.answer("A");
		expect((await outcomes).map(({ status }) => status)).toEqual(["rejected", "fulfilled", "rejected", "fulfilled"]);

		const last = new AbortController();
		const alone = ask("a", undefined, last.signal);
		last.abort();
		await expect(alone).rejects.toThrow("cancelled");
		expect(sent[2]?.signal.aborted).toBe(true);
	});
});

describe("a router", () => {
	const LIST = "query ($first: Int) { badgeClasses(first: $first) { nodes { id } } }";
	let regions: { shared: Region; apart: Region };

	beforeAll(async () => {
		const rows = { alpha: rowsOf("alpha", ["Coudre", "Vendre"]) };
		regions = { shared: await startRegion(rows), apart: await startRegion(rows, { deduplicate: false }) };
	});
	afterAll(() => Promise.all([regions.shared.stop(), regions.apart.stop()]));
	afterEach(() => {
		for (const region of Object.values(regions)) {
			region.member("alpha").behave({ kind: "normal" });
			region.member("alpha").requests.length = 0;
		}
	});

	it.each([
		["shared", 1],
		["apart", 5],
	] as const)("with its reads %s asks a member %i times for five clients who want the same at once", async (kind, times) => {
		const region = regions[kind];
		region.member("alpha").behave({ kind: "slow", milliseconds: 200 });
		const answers = await Promise.all(Array.from({ length: 5 }, () => region.ask(LIST, { first: 2 })));
		for (const answer of answers) {
			expect(answer.data.badgeClasses.nodes).toHaveLength(2);
			expect(answer.extensions?.completeness).toEqual({ asked: 1, answered: 1, missing: [], stale: [] });
		}
		expect(region.member("alpha").requests).toHaveLength(times);
	});

	it("tells each client of a shared failure", async () => {
		const { shared } = regions;
		shared.member("alpha").behave({ kind: "silent" });
		const answers = await Promise.all(Array.from({ length: 3 }, () => shared.ask(LIST, { first: 1 })));
		for (const { extensions } of answers) expect(extensions?.completeness.missing).toEqual([{ institute: "alpha", reason: "TIMEOUT" }]);
		expect(shared.member("alpha").requests).toHaveLength(1);
	});

	it("answers a client although the one who asked first has left", async () => {
		const { shared } = regions;
		shared.member("alpha").behave({ kind: "slow", milliseconds: 200 });
		const first = new AbortController();
		const body = JSON.stringify({ query: LIST, variables: { first: 2 } });
		const leaving = fetch(shared.url, { method: "POST", headers: { "content-type": "application/json" }, body, signal: first.signal });
		leaving.catch(() => undefined);
		await until("the member to be asked", () => shared.member("alpha").requests.length === 1);
		const staying = shared.ask(LIST, { first: 2 });
		const others = await shared.ask("{ __typename }");
		expect(others.data).toEqual({ __typename: "Query" });
		first.abort();
		expect((await staying).data.badgeClasses.nodes).toHaveLength(2);
	});
});
