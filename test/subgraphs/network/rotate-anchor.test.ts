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
import { findForgery, isDisowned, verifyEntry } from "../../../subgraphs/network/trust/verify-entry.ts";
import { freshSchemas } from "../../kit/database.ts";

/** The anchor's key is changed in a file and in a log, which nothing commits together: whenever it is cut short, both go on. */

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
const fileKeys = () => (JSON.parse(readFileSync(keyFile(), "utf8")) as { keys: { kid: string }[] }).keys.map(({ kid }) => kid);

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
