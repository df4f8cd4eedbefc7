import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { DataSource } from "typeorm";
import { afterEach, beforeEach, expect, it } from "vitest";
import { keepKeys } from "../../../subgraphs/kit/key-file.ts";
import { openNetworkDatabase } from "../../../subgraphs/network/database.ts";
import { removeMember, suspendMember } from "../../../subgraphs/network/directory-service.ts";
import type { Region } from "../../../subgraphs/network/region.ts";
import { seedRegion } from "../../../subgraphs/network/seed.ts";
import { type Authority, openAuthority } from "../../../subgraphs/network/trust/authority.ts";
import { readRecord } from "../../../subgraphs/network/trust/network-log.ts";
import { reconcileStatements } from "../../../subgraphs/network/trust/reconcile.ts";
import { findForgery, verifyEntry } from "../../../subgraphs/network/trust/verify-entry.ts";
import { freshSchemas } from "../../kit/database.ts";

/** A data folder of before there were statements, and what an operator does without any. */

const REGION: Region = {
	collectives: [{ id: "nord", name: "Nord" }],
	members: ["un", "deux", "trois"].map((slug) => ({
		slug,
		name: `Institut ${slug}`,
		collectives: slug === "trois" ? [] : ["nord"],
		departements: ["25"],
		admittedAt: "2026-01-12",
		demonstration: true,
	})),
	recognitions: [
		{ by: "un", subject: "deux", since: "2026-02-02", reason: "Ensemble." },
		{ by: "trois", subject: "un:accueil", since: "2026-03-02", reason: "Vu sur place." },
	],
	marks: [{ member: "un", mark: "charter", by: "nord", since: "2026-01-12" }],
};
const endpoints = new Map(REGION.members.map(({ slug }) => [slug, `http://${slug}.example/graphql`]));

let folder: string;
let register: DataSource;
let authority: Authority;

beforeEach(async () => {
	folder = mkdtempSync(path.join(tmpdir(), "sign-"));
	register = await openNetworkDatabase((await freshSchemas(["network"])).get("network") as never, 2);
	authority = openAuthority(path.join(folder, "network"));
});
afterEach(async () => {
	await register.destroy();
	rmSync(folder, { recursive: true, force: true });
});

const keysOf = (slug: string) => (slug === "trois" ? undefined : keepKeys(path.join(folder, `${slug}.json`)));

it("recognitions that nobody signed stay readable as such; those whose author's key is at hand are signed, once", async () => {
	await seedRegion(register, REGION, endpoints);
	const rows = () => register.query(`SELECT "bySlug", "statementId" IS NOT NULL AS "signed", "since" FROM "recognition" ORDER BY "since"`);
	expect(await rows()).toMatchObject([{ signed: false }, { signed: false }]);

	await seedRegion(register, REGION, endpoints, { authority, keysOf });
	expect(await rows()).toMatchObject([
		{ bySlug: "un", signed: true, since: new Date("2026-02-02") },
		{ bySlug: "trois", signed: false },
	]);
	const record = await readRecord(register.manager);
	for (const entry of record.entries) expect(findForgery(await verifyEntry(entry, record, authority.network, Date.now()))).toBeUndefined();
	expect(record.recognitionsAt(Date.now()).map(({ by, subject }) => `${by} ${subject}`)).toEqual(["un deux"]);
	expect(record.marksAt(Date.now()).map(({ by, member }) => `${by} ${member}`)).toEqual(["collective/nord un"]);

	await seedRegion(register, REGION, endpoints, { authority, keysOf });
	expect((await readRecord(register.manager)).size).toBe(record.size);
});

it("a demonstration whose key files are gone gets new keys, and what the old ones signed stays good", async () => {
	await seedRegion(register, REGION, endpoints, { authority, keysOf });
	rmSync(path.join(folder, "un.json"));
	await seedRegion(register, REGION, endpoints, { authority, keysOf });
	const record = await readRecord(register.manager);
	expect(record.keys.get("un")).toHaveLength(2);
	expect(record.keysOf("un").map(({ kid }) => kid)).toEqual([keysOf("un")?.kid]);
	expect(record.recognitionsAt(Date.now())).toHaveLength(1);
});

it("whatever an operator changes in the register is signed by the hub, and a departure ends what was said before it", async () => {
	await seedRegion(register, REGION, endpoints, { authority, keysOf });
	const change = (alter: typeof suspendMember) => register.transaction((manager) => alter(manager, "deux"));
	const reconcile = () => register.transaction((manager) => reconcileStatements(manager, authority));
	const [admitted, earlier] = [await readRecord(register.manager), Date.now()];
	expect(admitted.collectivesOf("deux", earlier)).toEqual(["nord"]);
	expect(await reconcile()).toBe(0);

	await change(suspendMember);
	expect(await reconcile()).toBe(1);
	const suspended = await readRecord(register.manager);
	expect(suspended.membershipAt("deux", Date.now())?.status).toBe("suspended");
	expect(suspended.recognitionsAt(Date.now())).toEqual([]);

	await change(removeMember);
	// It has left, and so it has left its collective.
	expect(await reconcile()).toBe(2);
	const left = await readRecord(register.manager);
	expect(left.membersAt(Date.now()).map(({ slug }) => slug)).toEqual(["trois", "un"]);
	expect(left.keysOf("deux")).toEqual([]);
	expect(left.isAdmitted("deux", Date.parse("2026-01-13"))).toBe(true);

	await seedRegion(register, { ...REGION, recognitions: [] }, endpoints, { authority, keysOf });
	await register.query(`UPDATE "member" SET "status" = 'ADMITTED' WHERE "slug" = 'deux'`);
	expect(await reconcile()).toBe(1);
	expect((await readRecord(register.manager)).recognitionsAt(Date.now())).toEqual([]);
});
