import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { SigningKeys } from "../../../subgraphs/kit/key-file.ts";
import { nowInSeconds } from "../../../subgraphs/kit/sign-token.ts";
import { readStatement } from "../../../subgraphs/network/federation/entity-statement.ts";
import { type HistoricalKey, readHistoricalKeys } from "../../../subgraphs/network/federation/historical-keys.ts";
import { verifyStatement } from "../../../subgraphs/network/federation/verify-statement.ts";
import { authorityFolder, openAuthority } from "../../../subgraphs/network/trust/authority.ts";
import { type PublicKey, readPublicKey } from "../../../subgraphs/network/trust/claims.ts";
import { hashOfEntry, type LogEntry, statementId } from "../../../subgraphs/network/trust/log-entry.ts";
import { signStatement } from "../../../subgraphs/network/trust/sign-statement.ts";
import { verifyNetwork } from "../../../subgraphs/network/verify-network/verify-network.ts";
import { runProgram } from "../../kit/program.ts";
import { claimsOf, headerOf, startTrustHub, strangerKeys, type TrustHub } from "./trust-hub.ts";

/** `npm run network-keys`: the anchor's key is changed while the hub runs, and who trusts an earlier one finds the new one. */

let hub: TrustHub;
const [EMFOR, NIEVRE] = ["emfor-bfc", "relais-nievre"];
/** The keys that the anchor has had, first first. */
const held: SigningKeys[] = [];
/** What the anchor's first key signed of the hub. */
let firstConfiguration: string;

beforeAll(async () => {
	hub = await startTrustHub([EMFOR, NIEVRE]);
	held.push(hub.authority.keys);
	firstConfiguration = await text("/.well-known/openid-federation");
});
afterAll(() => hub?.stop());

const folder = () => authorityFolder(hub.dataFolder);

async function text(address: string): Promise<string> {
	const response = await hub.get(address);
	expect(response.status).toBe(200);
	return response.text();
}

function published(): PublicKey[] {
	const { keys } = JSON.parse(readFileSync(path.join(folder(), "anchor.public.json"), "utf8")) as { keys: unknown[] };
	return keys.map((key) => readPublicKey(key) as PublicKey);
}

async function networkKeys(
	words: readonly string[],
	environment: Record<string, string> = {},
): Promise<{ code: number | string; output: string }> {
	const { host, port, user, database } = hub.hub.networkDatabase;
	const DATABASE_URL = `postgres://${user}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`;
	const env = { HUB_DATA: hub.dataFolder, DATABASE_URL, ...environment };
	const program = runProgram("subgraphs/network/network-keys.ts", words, { env });
	return { code: await program.ended, output: program.output() };
}

/** What is not as it should be, from outside. */
async function findings(...trusted: PublicKey[]): Promise<string[]> {
	const { report } = await verifyNetwork(hub.base, trusted, hub.pool);
	return report.findings.filter(({ status }) => status !== "ok").map(({ status, what, detail }) => `${status} ${what}: ${detail}`);
}

async function history(): Promise<HistoricalKey[]> {
	const set = await text("/federation/historical-keys");
	return (await readHistoricalKeys(set, hub.base, { keys: published().slice(-1) }, ["EdDSA"])) as HistoricalKey[];
}

/** Whether what the first key signed of the hub is believed by the history of its keys. */
async function judgeFirst(): Promise<string> {
	const read = readStatement(firstConfiguration);
	if (!read.ok) throw new Error(read.description);
	const known = await history();
	const moment = { now: nowInSeconds(), skew: 5 };
	return (await verifyStatement(read.statement, { keys: published().slice(-1) }, 0, moment, async () => known))?.reason ?? "valid";
}

function signAsHub(keys: SigningKeys, kind: "KEY" | "MARK", claims: object): Promise<string> {
	return signStatement(keys, kind, { iss: hub.authority.network, aud: hub.authority.network, ...claims });
}
const aMark = (keys: SigningKeys) => signAsHub(keys, "MARK", { sub: NIEVRE, mark: "metabadge-operator", since: nowInSeconds() });

it("is not done from outside, whoever has the key in use", async () => {
	const fresh = await strangerKeys();
	const rotated = { sub: hub.authority.network, event: "rotated", jwk: fresh.published.keys[0], kid: held[0]?.kid };
	const compromised = { sub: hub.authority.network, event: "compromised", kid: held[0]?.kid, revoked_at: nowInSeconds(), reason: "Non." };
	for (const claims of [rotated, compromised])
		expect(await hub.send(await signAsHub(held[0] as SigningKeys, "KEY", claims))).toMatchObject({ code: "NOT_ALLOWED", field: "sub" });
});

it.each<[string[], Record<string, string>, string]>([
	[[], {}, "Say what to do with the anchor's key, or a collective's:"],
	[["replace"], {}, "Say what to do with the anchor's key, or a collective's:"],
	[["rotate", "--reason", "x"], {}, "--reason belongs to `compromised`."],
	[["compromised"], {}, "--reason says how"],
	[["compromised", "--reason", "Volée.", "--since", "hier"], {}, '--since: "hier" is not a day like 2026-03-02.'],
	[["compromised", "--reason", "Volée.", "--since", "2099-01-01"], {}, "--since lies in the future."],
	[["rotate"], { HUB_DATA: "/nowhere" }, "/nowhere/identity/network holds no anchor's key: set HUB_DATA as the hub has it."],
])("says plainly what is wrong: %j", async (words, environment, problem) => {
	const { code, output } = await networkKeys(words, environment);
	expect(output).toContain(problem);
	expect(output).not.toMatch(/\n\s+at /);
	expect(code).toBe(1);
});

describe("rotate", () => {
	beforeAll(async () => {
		const { code, output } = await networkKeys(["rotate"]);
		expect(output).toMatch(/The anchor signs with \S+ now, in the place of \S+: entry \d+ of the log\./);
		expect(code).toBe(0);
		held.push(openAuthority(folder()).keys);
	});

	it("puts another key in the file, and leaves the network its name", async () => {
		const file = JSON.parse(readFileSync(path.join(folder(), "anchor.json"), "utf8"));
		expect(file.keys.map(({ kid }: { kid: string }) => kid)).toEqual([held[1]?.kid]);
		expect(held[1]?.kid).not.toBe(held[0]?.kid);
		expect(published().map(({ kid }) => kid)).toEqual(held.map(({ kid }) => kid));
		expect(openAuthority(folder()).network).toBe(hub.authority.network);
		expect(hub.authority.network).toContain(held[0]?.kid);
	});

	it("is taken by the running hub: all that it answers and records from then on is signed with the new key", async () => {
		const configuration = await text("/.well-known/openid-federation");
		expect(headerOf(configuration).kid).toBe(held[1]?.kid);
		expect(claimsOf(configuration).jwks.keys.map(({ kid }: { kid: string }) => kid)).toEqual([held[1]?.kid]);
		const changed = await hub.askAs(
			"members:manage",
			`mutation { suspendMember(slug: "${NIEVRE}", reason: "Contrôle.") { ... on MemberStatusChanged { member { statement { kid } } } } }`,
		);
		expect(changed.data.suspendMember.member.statement.kid).toBe(held[1]?.kid);
		await hub.askAs("members:manage", `mutation { readmitMember(slug: "${NIEVRE}", reason: "Fini.") { __typename } }`);
		expect(headerOf(await text("/federation/log/checkpoint")).kid).toBe(held[1]?.kid);
	});

	it("is found from outside by the first key alone, by the new one alone, and by both", async () => {
		const [first, second] = published() as [PublicKey, PublicKey];
		for (const trusted of [[first], [second], [first, second]]) expect(await findings(...trusted)).toEqual([]);
		const stranger = readPublicKey((await strangerKeys()).published.keys[0]) as PublicKey;
		for (const trusted of [[stranger], [first, stranger]])
			expect((await findings(...trusted))[0]).toContain("failed anchor: NOT_THE_ANCHOR");
	});

	it("keeps the old key in the history, so that what it signed before stays good, and nothing that it signs after", async () => {
		expect(await history()).toEqual([
			expect.objectContaining({ kid: held[0]?.kid, revoked: { revoked_at: expect.any(Number), reason: "superseded" } }),
		]);
		expect(await judgeFirst()).toBe("valid");
		expect(await hub.send(await aMark(held[0] as SigningKeys))).toMatchObject({ code: "RETIRED_KEY", field: "kid" });
	});
});

describe("a succession that was tampered with is found", () => {
	afterEach(() => hub.alter(undefined));

	/** Changes the log on the way, with hashes that fit together, as whoever stands in between could. */
	function serve(change: (entries: LogEntry[]) => void): void {
		hub.alter((asked, body) => {
			if (!asked.startsWith("/federation/log?")) return body;
			const page = JSON.parse(body) as { entries: LogEntry[] };
			change(page.entries);
			let previous = "A".repeat(43);
			for (const [index, entry] of page.entries.entries()) {
				const recordedAt = new Date(entry.recordedAt);
				Object.assign(entry, { sequence: index + 1, id: statementId(entry.token), previous });
				previous = hashOfEntry({ ...entry, recordedAt });
				Object.assign(entry, { hash: previous });
			}
			return JSON.stringify(page);
		});
	}
	const succession = (entries: readonly LogEntry[]) =>
		entries.findIndex(({ token }) => {
			const { event, sub } = claimsOf(token);
			return event === "rotated" && sub === hub.authority.network;
		});
	const whole = async (trusted: PublicKey) => (await findings(trusted)).join("\n");
	const claims = (keys: SigningKeys, more: object = {}) => ({
		sub: hub.authority.network,
		event: "rotated",
		jwk: keys.published.keys[0],
		kid: held[0]?.kid,
		...more,
	});

	it("where the statement bears another's signature", async () => {
		const thief = { ...(await strangerKeys()), kid: held[0]?.kid as string };
		const forged = await signAsHub(thief, "KEY", claims(held[1] as SigningKeys));
		serve((entries) => Object.assign(entries[succession(entries)] as LogEntry, { token: forged }));
		expect(await whole(published()[0] as PublicKey)).toMatch(/BAD_SIGNATURE: the signature is not the key's/);
	});

	it("where the successor names itself", async () => {
		const fresh = await strangerKeys();
		const forged = await signAsHub(fresh, "KEY", claims(fresh));
		serve((entries) => Object.assign(entries[succession(entries)] as LogEntry, { token: forged }));
		const found = await whole(published()[0] as PublicKey);
		expect(found).toContain("failed anchor: NOT_SUCCEEDED");
		expect(found).toContain("UNKNOWN_KEY");
	});

	it("where the new key is there without any succession", async () => {
		const fresh = await strangerKeys();
		const forged = await signAsHub(held[0] as SigningKeys, "KEY", {
			sub: hub.authority.network,
			event: "registered",
			jwk: fresh.published.keys[0],
		});
		serve((entries) => entries.splice(succession(entries), 1, { ...(entries[0] as LogEntry), token: forged }));
		expect(await whole(published()[0] as PublicKey)).toContain("failed anchor: NOT_SUCCEEDED");
	});

	it("where the log is cut before it, and its head signed by the old key", async () => {
		serve((entries) => entries.splice(succession(entries)));
		const found = await whole(published()[0] as PublicKey);
		expect(found).toContain("failed checkpoint: BAD_SIGNATURE");
		expect(await whole(published()[1] as PublicKey)).toContain("failed anchor: NOT_THE_ANCHOR");
	});
});

describe("compromised", () => {
	it("puts another key in its place, and what the old one signs is not believed, in the log and out of it", async () => {
		const before = published();
		const { code, output } = await networkKeys(["compromised", "--reason", "Une sauvegarde perdue."]);
		expect(output).toContain("give everyone who verifies this network the file\nanchor.public.json by a way of your own");
		expect(code).toBe(0);
		held.push(openAuthority(folder()).keys);
		expect(published().map(({ kid }) => kid)).toEqual(held.map(({ kid }) => kid));

		expect(await hub.send(await aMark(held[1] as SigningKeys))).toMatchObject({ code: "COMPROMISED_KEY" });
		expect(await hub.send(await aMark(held[0] as SigningKeys))).toMatchObject({ code: "RETIRED_KEY" });
		expect(await hub.send(await aMark(held[2] as SigningKeys))).toMatchObject({ __typename: "StatementPublished" });
		const reasons = (await history()).map(({ kid, revoked }) => [kid, revoked?.reason]);
		expect(reasons).toEqual([
			[held[0]?.kid, "superseded"],
			[held[1]?.kid, "compromised"],
		]);
		expect(await judgeFirst()).toBe("valid");

		// By the new key all is well. By an earlier one, who named the new one cannot be told: that is said, and is not called good.
		for (const trusted of [published(), published().slice(-1)]) expect(await findings(...trusted)).toEqual([]);
		for (const earlier of before) {
			const found = await findings(earlier);
			expect(found).toEqual([expect.stringMatching(/^unchecked anchor: COMPROMISED_KEY: .* have that from the operator$/)]);
		}
	});
});
