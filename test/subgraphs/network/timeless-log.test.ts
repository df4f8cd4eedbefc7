import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { DataSource } from "typeorm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DatabaseAddress } from "../../../subgraphs/kit/database-address.ts";
import { keepKeys } from "../../../subgraphs/kit/key-file.ts";
import { createOutgoingPool } from "../../../subgraphs/kit/outgoing.ts";
import { openNetworkDatabase } from "../../../subgraphs/network/database.ts";
import { suspendMember } from "../../../subgraphs/network/directory-service.ts";
import type { Region } from "../../../subgraphs/network/region.ts";
import { seedRegion } from "../../../subgraphs/network/seed.ts";
import { startNetwork } from "../../../subgraphs/network/server.ts";
import { openAuthority } from "../../../subgraphs/network/trust/authority.ts";
import type { PublicKey } from "../../../subgraphs/network/trust/claims.ts";
import { hashOfEntry, type LogEntry } from "../../../subgraphs/network/trust/log-entry.ts";
import { readRecord } from "../../../subgraphs/network/trust/network-log.ts";
import { reconcileStatements } from "../../../subgraphs/network/trust/reconcile.ts";
import { findForgery, verifyEntry } from "../../../subgraphs/network/trust/verify-entry.ts";
import { verifyNetwork } from "../../../subgraphs/network/verify-network/verify-network.ts";
import { freshSchemas } from "../../kit/database.ts";
import { type Answer, ask, log } from "./test-hub.ts";

/** Whoever owns the hub's tables writes times into them that are none: the hub starts on them, and what was done is told. */

const REGION: Region = {
	collectives: [{ id: "nord", name: "Nord" }],
	members: ["un", "deux", "trois"].map((slug) => ({
		slug,
		name: `Institut ${slug}`,
		collectives: ["nord"],
		departements: ["25"],
		admittedAt: "2026-01-12",
		demonstration: true,
	})),
	recognitions: [
		{ by: "un", subject: "deux", since: "2026-02-02", reason: "Ensemble." },
		{ by: "trois", subject: "deux", since: "2026-03-02", reason: "Vu sur place." },
	],
	marks: [{ member: "un", mark: "charter", by: "nord", since: "2026-01-12" }],
};
const endpoints = new Map(REGION.members.map(({ slug }) => [slug, `http://${slug}.example/graphql`]));

/** A region whose tables somebody has changed by SQL before the hub starts on it. */
async function tamperedRegion(tamper: (register: DataSource) => Promise<unknown>) {
	const folder = mkdtempSync(path.join(tmpdir(), "timeless-"));
	const authority = openAuthority(path.join(folder, "network"));
	const address = (await freshSchemas(["network"])).get("network") as DatabaseAddress;
	const register = await openNetworkDatabase(address, 2);
	await seedRegion(register, REGION, endpoints, { authority, keysOf: (slug) => keepKeys(path.join(folder, `${slug}.json`)) });
	await tamper(register);
	const network = await startNetwork({
		database: address,
		port: 0,
		host: "127.0.0.1",
		access: { publicReads: true },
		trust: { authority, base: "http://hub.example", allowPrivateAddresses: true },
		log,
	});
	const pool = createOutgoingPool({ allowPrivateAddresses: true });
	return {
		authority,
		register,
		network,
		ask: (query: string): Promise<Answer> => ask(network.url, query),
		get: (address: string) => fetch(new URL(address, network.url)),
		/** What is not as it should be in the log and the answers. Its address is not the one that it calls its own. */
		async findings(): Promise<string[]> {
			const { report } = await verifyNetwork(new URL(network.url).origin, authority.keys.published.keys as PublicKey[], pool);
			const wrong = report.findings.filter(({ status, what }) => status !== "ok" && what !== "entity configuration");
			return wrong.map(({ status, what, detail }) => `${status} ${what}: ${detail}`);
		},
		async stop() {
			await network.stop();
			await pool.destroy();
			await register.destroy();
			rmSync(folder, { recursive: true, force: true });
		},
	};
}
type Tampered = Awaited<ReturnType<typeof tamperedRegion>>;

const alter = (register: DataSource, sequence: string, time: string) =>
	register
		.query(`ALTER TABLE "statement" DISABLE TRIGGER USER`)
		.then(() => register.query(`UPDATE "statement" SET "recordedAt" = $1 WHERE "sequence" = ${sequence}`, [time]));

const LAST = `(SELECT max("sequence") FROM "statement")`;
const PLACES: [time: string, what: string, sequence: string][] = [
	["infinity", "the first entry", "1"],
	["infinity", "one in the middle", `(SELECT count(*) / 2 FROM "statement")`],
	...["infinity", "-infinity", "294000-01-01"].map((time): [string, string, string] => [time, "the last entry", LAST]),
];

describe.each(PLACES)("a log that says %s of %s", (time, _what, sequence) => {
	let hub: Tampered;
	let changed: { id: string; sequence: number };

	beforeAll(async () => {
		hub = await tamperedRegion((register) => alter(register, sequence, time));
		[changed] = await hub.register.query(
			`SELECT "id", "sequence" FROM "statement" WHERE NOT isfinite("recordedAt") OR "recordedAt" > '9999-01-01'`,
		);
	});
	afterAll(() => hub?.stop());

	it("is one that the hub starts on, and that its own verification tells of, there alone", async () => {
		const { data, errors } = await hub.ask(`{
			statement(id: "${changed.id}") { recordedAt verification { step status code } }
			members { marks { kind } keys { status registeredAt } recognises { reason } }
		}`);
		expect(errors).toBeUndefined();
		expect(data.statement.recordedAt).toBeNull();
		expect(data.statement.verification.slice(0, 3)).toEqual([
			{ step: "FORMAT", status: "OK", code: null },
			{ step: "LOG", status: "FAILED", code: "ENTRY_CHANGED" },
			{ step: "AUTHORITY", status: "UNCHECKED", code: "NOT_REACHED" },
		]);
		const record = await readRecord(hub.register.manager);
		const forged = await Promise.all(
			record.entries.map(async (entry) => findForgery(await verifyEntry(entry, record, hub.authority.network, Date.now()))?.code),
		);
		expect(forged.flatMap((code, place) => (code === undefined ? [] : [[place + 1, code]]))).toEqual([[changed.sequence, "ENTRY_CHANGED"]]);
	});

	it("is found from outside, at its entry", async () => {
		expect(await hub.findings()).toEqual([
			`failed statement ${changed.id} (entry ${changed.sequence}): ENTRY_CHANGED: the entry does not say when it was recorded`,
		]);
	});

	it("breaks no other answer", async () => {
		const page = (await (await hub.get("/federation/log")).json()) as { entries: { sequence: number; recordedAt: string | null }[] };
		expect(page.entries.filter(({ recordedAt }) => recordedAt === null).map((one) => one.sequence)).toEqual([changed.sequence]);
		for (const address of [
			"/federation/registry.json",
			"/federation/collection",
			"/federation/historical-keys",
			"/.well-known/openid-federation",
		])
			expect([address, (await hub.get(address)).status]).toEqual([address, 200]);
	});

	it("is gone on with, by entries that follow it and have a time", async () => {
		await hub.register.transaction((manager) => suspendMember(manager, "trois"));
		await expect.poll(async () => (await readRecord(hub.register.manager)).membershipAt("trois", Date.now())?.status).toBe("suspended");
		expect(await hub.register.transaction((manager) => reconcileStatements(manager, hub.authority))).toBe(0);
		const last = (await readRecord(hub.register.manager)).entries.at(-1) as LogEntry;
		expect(last.recordedAt.getTime()).toBeGreaterThan(Date.now() - 3_600_000);
		expect(hashOfEntry(last)).toBe(last.hash);
		expect(await hub.findings()).toHaveLength(1);
	});
});

it("a statement whose key was compromised is not believed for having lost the time when it was recorded", async () => {
	const hub = await tamperedRegion(async () => undefined);
	try {
		const record = await readRecord(hub.register.manager);
		const [mark] = record.marksAt(Date.now());
		const key = record.keysOf(mark?.by as string)[0];
		Object.assign(key as object, { compromisedAt: Date.now() + 60_000, compromisedBy: record.size + 1 });
		expect(record.marksAt(Date.now())).toEqual([mark]);
		Object.assign(mark as object, { recordedAt: Number.NaN });
		expect(record.marksAt(Date.now())).toEqual([]);
	} finally {
		await hub.stop();
	}
});

describe("the register", () => {
	it.each([
		["member", "admittedAt"],
		["member", "keyWantedAt"],
		["recognition", "since"],
		["recognition", "expiresAt"],
		["recognition", "revokedAt"],
	])("takes no %s whose %s is none", async (table, column) => {
		const hub = await tamperedRegion(async (register) => {
			for (const time of ["infinity", "-infinity"])
				await expect(register.query(`UPDATE "${table}" SET "${column}" = $1`, [time])).rejects.toThrow(`"${table}_finite_times"`);
		});
		await hub.stop();
	});

	it.each([
		["since", "-infinity"],
		["since", "infinity"],
		["expiresAt", "infinity"],
		["expiresAt", "-infinity"],
		["revokedAt", "infinity"],
	])("that was made to hold a recognition with a %s of %s leaves it out, and is told of it", async (column, time) => {
		const hub = await tamperedRegion(async (register) => {
			await register.query(`ALTER TABLE "recognition" DROP CONSTRAINT "recognition_finite_times"`);
			await register.query(`UPDATE "recognition" SET "${column}" = $1 WHERE "bySlug" = 'un'`, [time]);
		});
		try {
			const { data, errors } = await hub.ask(`{
				recognitions { by { slug } }
				member(slug: "deux") { recognisedBy { by { slug } } recognitionsOfCount mutual { slug } }
				networkOverview { recognitionCount }
			}`);
			expect(errors).toBeUndefined();
			expect(data.recognitions).toEqual([{ by: { slug: "trois" } }]);
			expect(data.networkOverview).toEqual({ recognitionCount: 1 });
			expect(data.member).toEqual({ recognisedBy: [{ by: { slug: "trois" } }], recognitionsOfCount: 1, mutual: [] });
			expect(await hub.findings()).toEqual([
				expect.stringMatching(/^failed GraphQL recognitions: WITHHELD: the statements say .*Ensemble\./),
			]);
		} finally {
			await hub.stop();
		}
	});

	it("that was made to hold a member admitted at no time does not keep the hub from starting, nor from signing for it", async () => {
		const hub = await tamperedRegion(async (register) => {
			await register.query(`ALTER TABLE "member" DROP CONSTRAINT "member_finite_times"`);
			await register.query(`UPDATE "member" SET "keyWantedAt" = 'infinity', "admittedAt" = 'infinity'`);
			await register.query(
				`INSERT INTO "member" ("slug", "name", "status", "endpoint", "departementCodes", "admittedAt", "demonstration", "nameCursor")
				SELECT 'quatre', 'Institut quatre', "status", 'http://quatre.example/graphql', "departementCodes", "admittedAt", "demonstration", 'quatre' FROM "member" WHERE "slug" = 'un'`,
			);
		});
		try {
			const signed = (await readRecord(hub.register.manager)).membershipAt("quatre", Date.now());
			expect(signed?.status).toBe("admitted");
			expect(Math.abs(Date.now() - (signed?.since ?? 0))).toBeLessThan(3_600_000);
			expect(await hub.findings()).toEqual([]);
		} finally {
			await hub.stop();
		}
	});
});
