import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { DataSource } from "typeorm";
import { afterEach, beforeEach, expect, it } from "vitest";
import { keepKeys } from "../../../subgraphs/kit/key-file.ts";
import { nowInSeconds } from "../../../subgraphs/kit/sign-token.ts";
import { openNetworkDatabase } from "../../../subgraphs/network/database.ts";
import { suspendMember } from "../../../subgraphs/network/directory-service.ts";
import type { Region } from "../../../subgraphs/network/region.ts";
import { seedRegion } from "../../../subgraphs/network/seed.ts";
import { openAuthority } from "../../../subgraphs/network/trust/authority.ts";
import { readRecord } from "../../../subgraphs/network/trust/network-log.ts";
import { reconcileStatements } from "../../../subgraphs/network/trust/reconcile.ts";
import { rotateAnchor } from "../../../subgraphs/network/trust/rotate-anchor.ts";
import { rotateCollective } from "../../../subgraphs/network/trust/rotate-collective.ts";
import { findForgery, isDisowned, verifyEntry } from "../../../subgraphs/network/trust/verify-entry.ts";
import { freshSchemas } from "../../kit/database.ts";

/** The hub's keys are changed in a file and in a log, which nothing commits together: whenever it is cut short, both go on. */

const REGION: Region = {
	collectives: [{ id: "nord", name: "Nord" }],
	members: ["un", "deux"].map((slug) => ({
		slug,
		name: `Institut ${slug}`,
		collectives: ["nord"],
		departements: ["25"],
		admittedAt: "2026-01-12",
		demonstration: true,
	})),
	recognitions: [{ by: "un", subject: "deux", since: "2026-02-02", reason: "Ensemble." }],
	marks: [
		{ member: "un", mark: "charter", by: "nord", since: "2026-01-12" },
		{ member: "un", mark: "metabadge-operator", since: "2026-01-12" },
	],
};
const endpoints = new Map(REGION.members.map(({ slug }) => [slug, `http://${slug}.example/graphql`]));

let folder: string;
let register: DataSource;

beforeEach(async () => {
	folder = mkdtempSync(path.join(tmpdir(), "rotate-"));
	register = await openNetworkDatabase((await freshSchemas(["network"])).get("network") as never, 2);
	await seed();
});
afterEach(async () => {
	await register.destroy();
	rmSync(folder, { recursive: true, force: true });
});

/** As a hub that has just started. */
const authority = () => openAuthority(path.join(folder, "network"));
const seed = () =>
	seedRegion(register, REGION, endpoints, { authority: authority(), keysOf: (slug) => keepKeys(path.join(folder, `${slug}.json`)) });
const record = () => readRecord(register.manager);
const reconcile = (by = authority()) => register.transaction((manager) => reconcileStatements(manager, by));
const keyFile = () => path.join(folder, "network", "anchor.json");
const collectiveFile = () => path.join(folder, "network", "collectives", "nord.json");
const fileKeys = (file = keyFile()) => (JSON.parse(readFileSync(file, "utf8")) as { keys: { kid: string }[] }).keys.map(({ kid }) => kid);

/** What each entry that is not genuine is refused for. */
async function forgeries(): Promise<string[]> {
	const known = await record();
	const { network } = authority();
	const found = await Promise.all(
		known.entries.map(async (entry) => findForgery(await verifyEntry(entry, known, network, Date.now()))?.code),
	);
	return found.filter((code) => code !== undefined);
}

it("a change that was cut short before it was recorded leaves the key in use, and the next one goes through", async () => {
	const before = authority().keys.kid;
	authority().prepare();
	expect(fileKeys()).toHaveLength(2);
	await register.transaction((manager) => suspendMember(manager, "deux"));
	expect(await reconcile()).toBe(1);
	expect((await record()).entries.length).toBeGreaterThan(0);
	expect((await record()).membershipAt("deux", Date.now())?.kid).toBe(before);
	const { old, kid } = await rotateAnchor(register, authority());
	expect([old, fileKeys()]).toEqual([before, [kid]]);
	expect(await forgeries()).toEqual([]);
});

it("a change that was cut short after it was recorded holds, and who runs meanwhile signs with the new key", async () => {
	const running = authority();
	const cut = {
		...authority(),
		settle: () => {
			throw new Error("cut short");
		},
	};
	await expect(rotateAnchor(register, cut)).rejects.toThrow("cut short");
	expect(fileKeys()).toHaveLength(2);
	await register.transaction((manager) => suspendMember(manager, "deux"));
	expect(await reconcile(running)).toBe(1);
	const [inUse] = (await record()).keysOf(running.network);
	expect([running.keys.kid, (await record()).membershipAt("deux", Date.now())?.kid]).toEqual([inUse?.kid, inUse?.kid]);
	expect(await forgeries()).toEqual([]);
	// The next one forgets what was left.
	const { kid } = await rotateAnchor(register, authority());
	expect(fileKeys()).toEqual([kid]);
	expect((await record()).keys.get(running.network)).toHaveLength(3);
});

it("a hub signs nothing with a key that the log does not have in use, nor for a network of another name", async () => {
	const { network } = authority();
	await rotateAnchor(register, authority());
	const [right, publicFile] = [readFileSync(keyFile()), path.join(folder, "network", "anchor.public.json")];
	writeFileSync(keyFile(), readFileSync(path.join(folder, "un.json")));
	await expect(reconcile()).rejects.toThrow("does not hold the anchor's key in use");
	writeFileSync(keyFile(), right);
	const names = readFileSync(publicFile);
	rmSync(publicFile);
	expect(authority().network).not.toBe(network);
	await expect(reconcile()).rejects.toThrow("The log of statements is another network's");
	writeFileSync(publicFile, "{}");
	expect(authority).toThrow("holds no set of public keys");
	writeFileSync(publicFile, names);
	expect(await reconcile()).toBe(0);
});

it("what a key signed since others had it is not believed, and what the register says is signed anew", async () => {
	const before = await record();
	const admitted = (known: typeof before) => known.membersAt(Date.now()).map(({ slug, status }) => `${slug} ${status}`);
	expect(before.marksAt(Date.now())).toHaveLength(2);
	const { old, kid } = await rotateAnchor(register, authority(), { since: nowInSeconds() - 3600, reason: "Volée." });
	const after = await record();
	expect(admitted(after)).toEqual(admitted(before));
	expect(after.membersAt(Date.now()).map((one) => one.kid)).toEqual([kid, kid]);
	// The collective's mark is the collective's, and the recognition is its member's.
	expect(after.marksAt(Date.now()).map(({ mark }) => mark)).toEqual(["charter"]);
	expect(after.recognitionsAt(Date.now())).toHaveLength(1);
	expect(new Set(await forgeries())).toEqual(new Set(["COMPROMISED_KEY"]));
	for (const entry of after.entries) {
		const statement = after.byId.get(entry.id)?.statement;
		const isOld = statement?.kid === old && statement.claims.iss === authority().network;
		const forged = findForgery(await verifyEntry(entry, after, authority().network, Date.now()));
		const isSuccession = statement?.kind === "KEY" && statement.claims.event === "rotated" && statement.claims.sub === authority().network;
		expect(forged !== undefined).toBe(isOld && !isSuccession);
		if (forged) expect(isDisowned(entry, after)).toBe(true);
	}
	await seed();
	expect((await record()).marksAt(Date.now())).toHaveLength(2);
	expect(await reconcile()).toBe(0);
});

it("a collective's change that was cut short before it was recorded leaves its key in use, and one after it holds", async () => {
	const before = authority().collective("nord").kid;
	authority().prepare("nord");
	expect(fileKeys(collectiveFile())).toHaveLength(2);
	await register.query(`DELETE FROM "membership" WHERE "memberSlug" = 'deux'`);
	expect(await reconcile()).toBe(1);
	expect((await record()).affiliations.at(-1)).toMatchObject({ slug: "deux", isMember: false, kid: before });

	const running = authority();
	expect(running.collective("nord").kid).toBe(before);
	const cut = {
		...authority(),
		settle: () => {
			throw new Error("cut short");
		},
	};
	await expect(rotateCollective(register, cut, "nord")).rejects.toThrow("cut short");
	expect(fileKeys(collectiveFile())).toHaveLength(3);
	await register.query(`INSERT INTO "membership" VALUES ('nord', 'deux')`);
	expect(await reconcile(running)).toBe(1);
	const [inUse, ...others] = (await record()).keysOf("collective/nord");
	expect([inUse?.kid === before, others]).toEqual([false, []]);
	expect((await record()).affiliations.at(-1)).toMatchObject({ isMember: true, kid: inUse?.kid });
	const { old, kid, fallen } = await rotateCollective(register, authority(), "nord");
	expect([old, fileKeys(collectiveFile()), fallen]).toEqual([inUse?.kid, [kid], []]);
	expect((await record()).marksAt(Date.now(), "un")).toHaveLength(2);
	expect(await forgeries()).toEqual([]);
});

it("a collective's key that others had since a day is believed in nothing of that day, and the register is signed anew", async () => {
	const before = await record();
	const { old, kid, fallen } = await rotateCollective(register, authority(), "nord", { since: nowInSeconds() - 3600, reason: "Volée." });
	const after = await record();
	expect(fallen.map(({ by, member, mark }) => `${by} ${member} ${mark}`)).toEqual(["collective/nord un charter"]);
	expect(after.marksAt(Date.now()).map(({ mark }) => mark)).toEqual(["metabadge-operator"]);
	for (const slug of ["un", "deux"]) {
		expect(after.collectivesOf(slug, Date.now())).toEqual(["nord"]);
		expect(after.affiliations.findLast((one) => one.slug === slug)?.kid).toBe(kid);
	}
	// What was not the collective's is as it was.
	expect(after.membersAt(Date.now())).toEqual(before.membersAt(Date.now()));
	for (const entry of after.entries) {
		const forged = findForgery(await verifyEntry(entry, after, authority().network, Date.now()));
		expect(forged?.code).toBe(after.byId.get(entry.id)?.statement.kid === old ? "COMPROMISED_KEY" : undefined);
		if (forged) expect(isDisowned(entry, after)).toBe(true);
	}
	expect(await reconcile()).toBe(0);
	await seed();
	expect((await record()).marksAt(Date.now())).toHaveLength(2);
});

it("a collective whose file is gone gets another key by the anchor's word, and one that was given up does not come back", async () => {
	const copy = readFileSync(collectiveFile());
	const [lost] = fileKeys(collectiveFile());
	rmSync(collectiveFile());
	await expect(rotateCollective(register, authority(), "nord")).rejects.toThrow("start the hub, which registers the one in the file");
	expect(await reconcile()).toBe(1);
	const known = await record();
	expect(known.keysOf("collective/nord").map((key) => key.kid)).toEqual(fileKeys(collectiveFile()));
	expect(known.keys.get("collective/nord")?.[0]).toMatchObject({ kid: lost, until: known.size });
	expect(known.marksAt(Date.now())).toHaveLength(2);
	expect(await forgeries()).toEqual([]);

	writeFileSync(collectiveFile(), copy);
	const wrong = "holds no key that nord has not given up";
	await expect(reconcile()).rejects.toThrow(wrong);
	await expect(rotateCollective(register, authority(), "nord")).rejects.toThrow(wrong);
	expect((await record()).size).toBe(known.size);
	rmSync(collectiveFile());
	expect(await reconcile()).toBe(1);
	expect(await reconcile()).toBe(0);
});
