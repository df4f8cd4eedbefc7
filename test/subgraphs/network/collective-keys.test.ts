import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SigningKeys } from "../../../subgraphs/kit/key-file.ts";
import { nowInSeconds, signToken } from "../../../subgraphs/kit/sign-token.ts";
import { readStatement, type StatementClaims } from "../../../subgraphs/network/federation/entity-statement.ts";
import { type HistoricalKey, readHistoricalKeys } from "../../../subgraphs/network/federation/historical-keys.ts";
import { verifyStatement } from "../../../subgraphs/network/federation/verify-statement.ts";
import { authorityFolder, openAuthority } from "../../../subgraphs/network/trust/authority.ts";
import { collectiveEntity, markType } from "../../../subgraphs/network/trust/entity-ids.ts";
import { signStatement } from "../../../subgraphs/network/trust/sign-statement.ts";
import { verifyNetwork } from "../../../subgraphs/network/verify-network/verify-network.ts";
import { runProgram } from "../../kit/program.ts";
import { claimsOf, headerOf, startTrustHub, strangerKeys, type TrustHub } from "./trust-hub.ts";

/** `npm run network-keys -- … --collective`: a collective's key is changed while the hub runs, over HTTP, as strangers see it. */

let hub: TrustHub;
let bravo: string;
let type: string;
let emfor: string;
const [EMFOR, NIEVRE] = ["emfor-bfc", "relais-nievre"];
const PARTY = "collective/bravo-bfc";
/** The keys that the collective has had, first first. */
const held: SigningKeys[] = [];
/** What the collective's first key signed: of a member, and a mark with its statement. */
let subordinate: string;
let mark: string;

beforeAll(async () => {
	hub = await startTrustHub([EMFOR, NIEVRE]);
	bravo = collectiveEntity(hub.base, "bravo-bfc");
	type = markType(hub.base, "charter");
	emfor = new URL(hub.hub.institutes.endpoints.get(EMFOR) as string).origin;
	held.push(inFile());
	subordinate = await read(`${bravo}/fetch?${new URLSearchParams({ sub: emfor })}`);
	mark = await read(charterOf(emfor));
});
afterAll(() => hub?.stop());

const folder = () => authorityFolder(hub.dataFolder);
const inFile = () => openAuthority(folder()).collective("bravo-bfc");
const charterOf = (sub: string) => `${bravo}/trust-mark?${new URLSearchParams({ trust_mark_type: type, sub })}`;
const kids = ({ jwks }: StatementClaims) => jwks.keys.map(({ kid }) => kid);

async function read(address: string): Promise<string> {
	const response = await fetch(address);
	expect(response.status).toBe(200);
	return response.text();
}

async function command(file: string, words: readonly string[]): Promise<{ code: number | string; output: string }> {
	const { host, port, user, database } = hub.hub.networkDatabase;
	const DATABASE_URL = `postgres://${user}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`;
	const program = runProgram(`subgraphs/network/${file}.ts`, words, { env: { HUB_DATA: hub.dataFolder, DATABASE_URL } });
	return { code: await program.ended, output: program.output() };
}
const networkKeys = (...words: string[]) => command("network-keys", words);

/** What is not as it should be, from outside, with the anchor's key alone. */
async function findings(): Promise<string[]> {
	const { report } = await verifyNetwork(hub.base, [hub.anchorKey], hub.pool);
	return report.findings.filter(({ status }) => status !== "ok").map(({ status, what, detail }) => `${status} ${what}: ${detail}`);
}

/** What the anchor says of the collective. */
const vouched = async (): Promise<StatementClaims> =>
	claimsOf(await read(`${hub.base}/federation/fetch?${new URLSearchParams({ sub: bravo })}`));

async function history(): Promise<HistoricalKey[]> {
	const { jwks } = await vouched();
	return (await readHistoricalKeys(await read(`${bravo}/historical-keys`), bravo, jwks, ["EdDSA"])) as HistoricalKey[];
}

/** What a stranger makes of what the collective said of a member before, by the anchor's word and the history of its keys. */
async function judgeSubordinate(): Promise<string> {
	const statement = readStatement(subordinate);
	if (!statement.ok) throw new Error(statement.description);
	const [{ jwks }, known] = [await vouched(), await history()];
	return (await verifyStatement(statement.statement, jwks, 0, { now: nowInSeconds(), skew: 5 }, async () => known))?.reason ?? "valid";
}

/** Whether the log's own verification takes a statement for genuine and standing. */
async function judge(id: string): Promise<string[]> {
	const { data } = await hub.ask(`query ($id: ID!) { statement(id: $id) { verification { step status code } } }`, { id });
	const wrong = data.statement.verification.filter(({ status }: { status: string }) => status === "FAILED");
	return wrong.map(({ step, code }: { step: string; code: string }) => `${step} ${code}`);
}

async function members(): Promise<string[]> {
	const { data } = await hub.ask("{ members { slug collectives { id } } }");
	return data.members.flatMap((one: { slug: string; collectives: { id: string }[] }) =>
		one.collectives.some(({ id }) => id === "bravo-bfc") ? [one.slug] : [],
	);
}

const aMark = (keys: SigningKeys) =>
	signStatement(keys, "MARK", { iss: PARTY, aud: hub.authority.network, sub: NIEVRE, mark: "charter", since: nowInSeconds() - 60 });
const aKey = (keys: SigningKeys, claims: object) =>
	signStatement(keys, "KEY", { iss: PARTY, aud: hub.authority.network, sub: PARTY, ...claims });
const status = async (token: string) =>
	claimsOf(await (await fetch(`${bravo}/trust-mark-status`, { method: "POST", body: new URLSearchParams({ trust_mark: token }) })).text())
		.status;

it("is not done from outside, whoever has the key in use", async () => {
	const [own] = held as [SigningKeys];
	const jwk = (await strangerKeys()).published.keys[0];
	for (const claims of [
		{ event: "rotated", jwk, kid: own.kid },
		{ event: "compromised", kid: own.kid, revoked_at: nowInSeconds(), reason: "Non." },
	])
		expect(await hub.send(await aKey(own, claims))).toMatchObject({ code: "NOT_ALLOWED", field: "sub" });
	const { network, keys } = hub.authority;
	const byHub = await signStatement(keys, "KEY", { iss: network, aud: network, sub: PARTY, event: "registered", jwk });
	expect(await hub.send(byHub)).toMatchObject({ code: "NOT_ALLOWED", field: "sub" });
	expect(kids(await vouched())).toEqual([own.kid]);
});

it.each<[string[], string]>([
	[["rotate", "--collective", "nobody"], 'There is no collective "nobody". There are: '],
	[["compromised", "--collective", "../anchor", "--reason", "Volée."], 'There is no collective "../anchor". There are: '],
	[["rotate", "--collective", "bravo-bfc", "--since", "2026-03-02"], "--since belongs to `compromised`."],
	[["compromised", "--collective", "bravo-bfc"], "--reason says how"],
	[["rotate", "bravo-bfc"], "bravo-bfc"],
])("says plainly what is wrong, and changes nothing: %j", async (words, problem) => {
	const { code, output } = await networkKeys(...words);
	expect(output).toContain(problem);
	if (output.includes("There are: ")) expect(output).toMatch(/There are: .*badgeons-occitanie/);
	expect(output).not.toMatch(/\n\s+at /);
	expect(code).toBe(1);
	expect(inFile().kid).toBe(held[0]?.kid);
});

describe("rotate", () => {
	beforeAll(async () => {
		const { code, output } = await networkKeys("rotate", "--collective", "bravo-bfc");
		expect(output).toMatch(/^The collective bravo-bfc signs with \S+ now, in the place of \S+: entry \d+ of the log\./);
		expect(code).toBe(0);
		held.push(inFile());
	});

	it("puts another key in the collective's file, and leaves the anchor's and the other collectives' alone", async () => {
		const file = JSON.parse(readFileSync(path.join(folder(), "collectives", "bravo-bfc.json"), "utf8"));
		expect(file.keys.map(({ kid }: { kid: string }) => kid)).toEqual([held[1]?.kid]);
		expect(held[1]?.kid).not.toBe(held[0]?.kid);
		expect(openAuthority(folder()).keys.kid).toBe(hub.authority.keys.kid);
		const other = claimsOf(await read(`${collectiveEntity(hub.base, "badgeons-occitanie")}/.well-known/openid-federation`));
		expect(kids(other)).toEqual([hub.authority.collective("badgeons-occitanie").kid]);
	});

	it("is a statement of the old key in the log", async () => {
		const { rows } = await hub.register.query<{ token: string }>(`SELECT "token" FROM "statement" ORDER BY "sequence" DESC LIMIT 1`);
		const token = rows[0]?.token as string;
		expect(headerOf(token)).toMatchObject({ typ: "network-key+jwt", kid: held[0]?.kid });
		expect(claimsOf(token)).toMatchObject({ iss: PARTY, sub: PARTY, event: "rotated", kid: held[0]?.kid, jwk: { kid: held[1]?.kid } });
	});

	it("is taken by the running hub: what the collective answers is signed with the new key, and the anchor vouches for that alone", async () => {
		const configuration = await read(`${bravo}/.well-known/openid-federation`);
		expect(headerOf(configuration).kid).toBe(held[1]?.kid);
		expect(kids(claimsOf(configuration))).toEqual([held[1]?.kid]);
		expect(kids(await vouched())).toEqual([held[1]?.kid]);
		expect(headerOf(await read(charterOf(emfor))).kid).toBe(held[1]?.kid);
		const resolved = await hub.get(`/federation/resolve?${new URLSearchParams({ sub: emfor, trust_anchor: hub.base })}`);
		expect(resolved.status).toBe(200);
	});

	it("keeps the old key in the collective's history, so that what it signed before stays good, and nothing that it signs after", async () => {
		expect(await history()).toEqual([
			expect.objectContaining({ kid: held[0]?.kid, revoked: { revoked_at: expect.any(Number), reason: "superseded" } }),
		]);
		expect(await judgeSubordinate()).toBe("valid");
		expect(await judge(claimsOf(mark).statement)).toEqual([]);
		expect(await status(mark)).toBe("active");
		expect(await hub.send(await aMark(held[0] as SigningKeys))).toMatchObject({ code: "RETIRED_KEY", field: "kid" });
		expect(await members()).toEqual(expect.arrayContaining([EMFOR, NIEVRE]));
		expect(await findings()).toEqual([]);
	});
});

describe("compromised", () => {
	let stolen: string;
	let succession: string;

	beforeAll(async () => {
		// Recorded by a thief, before anybody knew.
		stolen = (await hub.send(await aMark(held[1] as SigningKeys))).statement.id;
		const ended = { iss: PARTY, aud: hub.authority.network, sub: EMFOR, status: "ended", since: nowInSeconds() - 60 };
		await hub.send(await signStatement(held[1] as SigningKeys, "AFFILIATION", ended));
		expect(await judge(stolen)).toEqual([]);
		// Before that key was made: whatever it signed falls, and what the first one signed does not.
		const since = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
		const { code, output } = await networkKeys("compromised", "--collective", "bravo-bfc", "--reason", "Un poste volé.", "--since", since);
		expect(output).toMatch(/^The collective bravo-bfc signs with /);
		expect(output).toContain(`npm run marks -- give --by bravo-bfc --member ${NIEVRE} --mark charter    (was ${stolen})`);
		expect(code).toBe(0);
		held.push(inFile());
		const { rows } = await hub.register.query<{ token: string }>(`SELECT "token" FROM "statement" ORDER BY "sequence"`);
		succession = rows.findLast(({ token }) => claimsOf(token).event === "rotated")?.token as string;
	});

	it("has the anchor name the new key, as a thief could name one too", () => {
		expect(headerOf(succession).kid).toBe(hub.authority.keys.kid);
		expect(claimsOf(succession)).toMatchObject({ iss: hub.authority.network, sub: PARTY, jwk: { kid: held[2]?.kid } });
	});

	it("ends what the stolen key signed since, and says who belongs to the collective anew", async () => {
		expect(await judge(stolen)).toEqual(["KEY COMPROMISED_KEY"]);
		const { data } = await hub.ask(`{ members(slugs: ["${EMFOR}", "${NIEVRE}"]) { marks { statement { id } } } }`);
		const ids = data.members.flatMap(({ marks }: { marks: { statement: { id: string } }[] }) => marks.map(({ statement }) => statement.id));
		expect(ids).not.toContain(stolen);
		// By the key that was rotated before.
		expect(ids).toContain(claimsOf(mark).statement);
		expect(await members()).toEqual(expect.arrayContaining([EMFOR, NIEVRE]));
		const response = await fetch(`${hub.base}/trqp/authorization`, {
			method: "POST",
			headers: { "content-type": "application/json" },
			body: JSON.stringify({ entity_id: EMFOR, authority_id: bravo, action: "issue", resource: "*" }),
		});
		expect(await response.json()).toMatchObject({ authorized: true });
		expect(await hub.send(await aMark(held[1] as SigningKeys))).toMatchObject({ code: "COMPROMISED_KEY" });
	});

	it("is told by the collective's history, and by the keys that the anchor vouches for", async () => {
		expect(kids(await vouched())).toEqual([held[2]?.kid]);
		expect((await history()).map(({ kid, revoked }) => [kid, revoked?.reason])).toEqual([
			[held[0]?.kid, "superseded"],
			[held[1]?.kid, "compromised"],
		]);
		// Of the key that was rotated before, nothing is taken back by it.
		expect(await judgeSubordinate()).toBe("valid");
	});

	it("makes a mark that the stolen key signs, of whatever day, invalid", async () => {
		const claims = { ...claimsOf(mark), iat: nowInSeconds() - 3600 };
		expect(await status(await signToken(held[1] as SigningKeys, "trust-mark+jwt", claims))).toBe("invalid");
	});

	it("leaves a network in which nothing is forged, nor has to be looked at, and where marks are given again", async () => {
		expect(await findings()).toEqual([]);
		const { code } = await command("marks", ["give", "--by", "bravo-bfc", "--member", NIEVRE, "--mark", "charter"]);
		expect(code).toBe(0);
		const given = await read(charterOf(new URL(hub.hub.institutes.endpoints.get(NIEVRE) as string).origin));
		expect(headerOf(given).kid).toBe(held[2]?.kid);
		expect(await status(given)).toBe("active");
		expect(await findings()).toEqual([]);
	});

	it("is found from outside where the hub keeps what it ended", async () => {
		const old = { ...(await vouched()), jwks: held[1]?.published };
		const lie = await signToken(hub.authority.keys, "entity-statement+jwt", old);
		hub.alter((asked, body) => (asked.startsWith("/federation/fetch?") && asked.includes(encodeURIComponent(bravo)) ? lie : body));
		const found = await findings();
		hub.alter(undefined);
		expect(found).toContainEqual(
			`failed entity ${bravo}: WRONG_KEYS: the hub vouches for ${held[1]?.kid}, and the log registers ${held[2]?.kid}`,
		);
	});
});
