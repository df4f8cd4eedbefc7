import { writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { nowInSeconds, signToken } from "../../../subgraphs/kit/sign-token.ts";
import { CHECKPOINT_TYPE, hashOfEntry, type LogEntry, statementId } from "../../../subgraphs/network/trust/log-entry.ts";
import { signStatement } from "../../../subgraphs/network/trust/sign-statement.ts";
import { verifyNetwork } from "../../../subgraphs/network/verify-network/verify-network.ts";
import { runProgram } from "../../kit/program.ts";
import { until } from "../../kit/until.ts";
import { claimsOf, startTrustHub, strangerKeys, type TrustHub } from "./trust-hub.ts";

/** Whatever somebody changes, in the hub's database or on the way, is found from outside with the anchor's public key alone. */

let hub: TrustHub;
const INSTITUTES = ["emfor-bfc", "ecole-itinerante", "relais-nievre"];

beforeAll(async () => {
	hub = await startTrustHub(INSTITUTES);
});
afterAll(() => hub?.stop());

/** What `verifyNetwork` finds: `what: CODE`. */
async function found(status: "failed" | "unchecked" = "failed"): Promise<string[]> {
	const { report } = await verifyNetwork(hub.base, [hub.anchorKey], hub.pool);
	return report.findings.filter((one) => one.status === status).map(({ what, detail }) => `${what}: ${detail}`);
}

/** As whoever owns the database could. */
async function rewrite(statements: readonly [string, unknown[]?][]): Promise<void> {
	await hub.register.query("BEGIN");
	try {
		for (const table of ["statement", "checkpoint"]) await hub.register.query(`ALTER TABLE "${table}" DISABLE TRIGGER USER`);
		await hub.register.query(`ALTER TABLE "recognition" DROP CONSTRAINT IF EXISTS "recognition_statementId_fkey"`);
		await hub.register.query(`ALTER TABLE "checkpoint" DROP CONSTRAINT IF EXISTS "checkpoint_size_fkey"`);
		for (const [sql, values] of statements) await hub.register.query(sql, values);
		await hub.register.query("COMMIT");
	} catch (error) {
		await hub.register.query("ROLLBACK");
		throw error;
	}
}

async function entries(): Promise<LogEntry[]> {
	return (await hub.register.query(`SELECT * FROM "statement" ORDER BY "sequence"`)).rows;
}

/** An entry of a recognition. */
async function aRecognition(): Promise<LogEntry> {
	const { rows } = await hub.register.query(
		`SELECT "statement".* FROM "statement" JOIN "recognition" ON "statementId" = "statement"."id" ORDER BY "sequence" LIMIT 1`,
	);
	return rows[0];
}

describe("an untouched network", () => {
	it("is as it was signed, in every part", async () => {
		const { report, checkpoint } = await verifyNetwork(hub.base, [hub.anchorKey], hub.pool);
		expect(report.findings.filter(({ status }) => status !== "ok")).toEqual([]);
		expect(report.findings.map(({ what }) => what)).toEqual(
			expect.arrayContaining(["statements", "checkpoint", "GraphQL recognitions", "GraphQL members", "list of issuers", "TRQP"]),
		);
		expect(checkpoint?.size).toBe((await entries()).length);
	});

	it("is not another's: with another anchor's key nothing of it is believed", async () => {
		const [key] = (await strangerKeys()).published.keys;
		const { report } = await verifyNetwork(hub.base, [key as never], hub.pool);
		expect(report.findings.some(({ what, detail }) => what === "anchor" && detail.startsWith("NOT_THE_ANCHOR"))).toBe(true);
		expect(report.count("failed")).toBeGreaterThan((await entries()).length);
	});
});

describe("in the database", () => {
	/** Everything that the tests change, to be put back. */
	let kept: LogEntry[];
	let checkpoints: { size: number; token: string }[];
	let recognitions: Record<string, unknown>[];

	beforeAll(async () => {
		kept = await entries();
		checkpoints = (await hub.register.query(`SELECT * FROM "checkpoint"`)).rows;
		recognitions = (await hub.register.query(`SELECT * FROM "recognition"`)).rows;
	});

	afterEach(async () => {
		await rewrite([
			[`DELETE FROM "recognition"`],
			[`DELETE FROM "checkpoint"`],
			[`DELETE FROM "statement"`],
			[`INSERT INTO "statement" SELECT * FROM json_populate_recordset(NULL::"statement", $1)`, [JSON.stringify(kept)]],
			[`INSERT INTO "checkpoint" SELECT * FROM json_populate_recordset(NULL::"checkpoint", $1)`, [JSON.stringify(checkpoints)]],
			[`INSERT INTO "recognition" SELECT * FROM json_populate_recordset(NULL::"recognition", $1)`, [JSON.stringify(recognitions)]],
		]);
		expect(await found()).toEqual([]);
	});

	it("a changed letter of a statement", async () => {
		const { sequence, token } = await aRecognition();
		const [header, payload, signature] = token.split(".") as [string, string, string];
		const claims = { ...JSON.parse(Buffer.from(payload, "base64url").toString()), reason: "Autre chose." };
		const forged = [header, Buffer.from(JSON.stringify(claims)).toString("base64url"), signature].join(".");
		await rewrite([[`UPDATE "statement" SET "token" = $1 WHERE "sequence" = $2`, [forged, sequence]]]);
		expect((await found()).join("\n")).toContain(`(entry ${sequence}): TOKEN_CHANGED`);
	});

	it("every statement, one after the other, by one letter of its signature", async () => {
		for (const { sequence, token } of kept) {
			const forged = `${token.slice(0, -10)}${token.at(-10) === "A" ? "B" : "A"}${token.slice(-9)}`;
			await rewrite([[`UPDATE "statement" SET "token" = $1 WHERE "sequence" = $2`, [forged, sequence]]]);
			const response = await hub.get(`/federation/log?after=${sequence - 1}&limit=1`);
			const { entries: page } = (await response.json()) as { entries: { id: string; token: string }[] };
			expect(statementId(page[0]?.token as string)).not.toBe(page[0]?.id);
			await rewrite([[`UPDATE "statement" SET "token" = $1 WHERE "sequence" = $2`, [token, sequence]]]);
		}
	});

	it("a statement whose digest and whole chain of hashes were made anew, by a forger with a key of their own", async () => {
		const { sequence, token } = await aRecognition();
		const stranger = await strangerKeys();
		const forged = await signStatement(stranger, "RECOGNITION", { ...claimsOf(token), reason: "Autre chose." });
		await rebuild(kept.map((entry) => (entry.sequence === sequence ? { ...entry, token: forged } : entry)));
		const findings = (await found()).join("\n");
		expect(findings).toContain(`(entry ${sequence}): UNKNOWN_KEY`);
		expect(findings).toContain("checkpoint: CHAIN_BROKEN");
	});

	it("and one who signs the head anew has the wrong key for it", async () => {
		await rebuild(kept.slice(0, -1));
		const [last] = (await entries()).slice(-1);
		const head = { iss: hub.authority.network, iat: nowInSeconds(), size: last?.sequence, head: last?.hash };
		const token = await signToken({ ...(await strangerKeys()), kid: hub.authority.keys.kid }, CHECKPOINT_TYPE, head);
		await rewrite([
			[`INSERT INTO "checkpoint" VALUES ($1, $2) ON CONFLICT ("size") DO UPDATE SET "token" = EXCLUDED."token"`, [last?.sequence, token]],
		]);
		expect((await found()).join("\n")).toContain("checkpoint: BAD_SIGNATURE");
	});

	it("a statement taken out, with the chain made anew", async () => {
		const { sequence } = await aRecognition();
		await rebuild(kept.filter((entry) => entry.sequence !== sequence).map((entry, index) => ({ ...entry, sequence: index + 1 })));
		expect((await found()).join("\n")).toContain("checkpoint: ");
	});

	it("the last statements cut off, back to an earlier head: whoever saw the later one knows, and the answers differ", async () => {
		const { checkpoint } = await verifyNetwork(hub.base, [hub.anchorKey], hub.pool);
		const earlier = checkpoints.map(({ size }) => size).sort((a, b) => b - a)[1] as number;
		await rewrite([
			[`DELETE FROM "checkpoint" WHERE "size" > $1`, [earlier]],
			[`DELETE FROM "statement" WHERE "sequence" > $1`, [earlier]],
		]);
		const { report } = await verifyNetwork(hub.base, [hub.anchorKey], hub.pool, { seen: checkpoint });
		expect(report.findings).toContainEqual(expect.objectContaining({ status: "failed", what: "history" }));
		expect(report.findings).toContainEqual(expect.objectContaining({ status: "failed", what: "GraphQL recognitions" }));
	});

	it.each<[string, string, string]>([
		["when an entry was recorded", `"recordedAt" = "recordedAt" + interval '1 hour'`, "ENTRY_CHANGED"],
		["an entry's hash", `"hash" = repeat('B', 43)`, "ENTRY_CHANGED"],
		["an entry's link", `"previous" = repeat('B', 43)`, "ENTRY_CHANGED"],
		["an entry's id", `"id" = repeat('B', 43)`, "TOKEN_CHANGED"],
	])("%s", async (_title, change, code) => {
		await rewrite([[`UPDATE "statement" SET ${change} WHERE "sequence" = 4`]]);
		expect((await found()).join("\n")).toContain(`(entry 4): ${code}`);
	});

	it.each<[string, string, string]>([
		["the reason of a recognition that is answered", `UPDATE "recognition" SET "reason" = 'Autre chose.'`, "NOT_STATED"],
		["since when it is", `UPDATE "recognition" SET "since" = "since" - interval '1 year'`, "NOT_STATED"],
		["that it is no longer", `UPDATE "recognition" SET "revokedAt" = now()`, "WITHHELD"],
		["whose it is", `UPDATE "recognition" SET "statementId" = NULL`, "NOT_STATED"],
		[
			"one that nobody made",
			`INSERT INTO "recognition" ("bySlug", "scope", "memberSlug", "field", "since", "reason") VALUES ('emfor-bfc', 'FIELD', 'relais-nievre', 'tout', now(), 'Faux.')`,
			"NOT_STATED",
		],
	])("%s", async (_title, change, code) => {
		await rewrite([[change]]);
		expect((await found()).join("\n")).toContain(`GraphQL recognitions: ${code}`);
	});

	it("a member's name in the register", async () => {
		await rewrite([[`UPDATE "member" SET "name" = 'Un autre' WHERE "slug" = 'emfor-bfc'`]]);
		const findings = await found();
		await rewrite([[`UPDATE "member" SET "name" = $1 WHERE "slug" = 'emfor-bfc'`, ["EmFor Bourgogne-Franche-Comté"]]]);
		expect(findings.join("\n")).toContain("GraphQL members: NOT_STATED");
	});

	/** Writes a log with hashes that fit together, as a forger would. */
	async function rebuild(log: readonly LogEntry[]): Promise<void> {
		let previous = "A".repeat(43);
		const rows = log.map((entry) => {
			const changed = { ...entry, id: statementId(entry.token), previous };
			previous = hashOfEntry(changed);
			return { ...changed, hash: previous };
		});
		await rewrite([
			[`DELETE FROM "checkpoint"`],
			[`DELETE FROM "statement"`],
			[`INSERT INTO "statement" SELECT * FROM json_populate_recordset(NULL::"statement", $1)`, [JSON.stringify(rows)]],
			// The head that the hub signed is all that a forger has.
			[
				`INSERT INTO "checkpoint" SELECT least("size", $2), "token" FROM json_populate_recordset(NULL::"checkpoint", $1) ORDER BY "size" DESC LIMIT 1`,
				[JSON.stringify(checkpoints), rows.length],
			],
		]);
	}
});

describe("on the way", () => {
	afterEach(() => hub.alter(undefined));

	it.each<[string, string, (body: string) => string, string]>([
		["an entry of the log", "/federation/log?", (body) => body.replace(/..","recordedAt"/, 'AA","recordedAt"'), "TOKEN_CHANGED"],
		[
			"an entry left out",
			"/federation/log?",
			(body) => JSON.stringify({ ...JSON.parse(body), entries: JSON.parse(body).entries.slice(1) }),
			"ENTRY_MISSING",
		],
		["the head of the log", "/federation/log/checkpoint", (body) => `${body.slice(0, -6)}AAAAAA`, "BAD_SIGNATURE"],
		["the list of issuers", "/federation/registry.json", (body) => body.replace("EmFor", "Émule"), "NOT_STATED"],
		["an answer of TRQP", "/trqp/authorization", (body) => body.replace('"authorized":true', '"authorized":false'), "DIFFERS"],
		[
			"a recognition of TRQP",
			"/trqp/recognition",
			(body) => body.replace(/"recognized":(true|false)/, (_all, was) => `"recognized":${was === "false"}`),
			"DIFFERS",
		],
		["an answer of the graph", "/graphql", (body) => body.replace(/"reason":"./, '"reason":"!'), "NOT_STATED"],
		["what the hub says of a member's keys", "/federation/fetch", (body) => `${body.slice(0, -6)}AAAAAA`, "BAD_SIGNATURE"],
		["the list of entities", "/federation/list", (body) => JSON.stringify(JSON.parse(body).slice(1)), "WITHHELD"],
		["the hub's own configuration", "/.well-known/openid-federation", (body) => `${body.slice(0, -6)}AAAAAA`, "BAD_SIGNATURE"],
	])("%s", async (_title, address, change, code) => {
		hub.alter((asked, body) => (asked.startsWith(address) ? change(body) : body));
		expect((await found()).join("\n")).toContain(code);
	});
});

describe("what does not answer", () => {
	it("is unchecked, never valid: an institute that is away", async () => {
		const institute = hub.hub.institutes.running.get("relais-nievre");
		hub.hub.institutes.running.delete("relais-nievre");
		await institute?.stop();
		const { report } = await verifyNetwork(hub.base, [hub.anchorKey], hub.pool);
		expect(report.count("failed")).toBe(0);
		expect(report.findings.filter(({ status }) => status === "unchecked").map(({ detail }) => detail)).toEqual([
			expect.stringMatching(/^UNREACHABLE: relais-nievre/),
		]);
	});

	it("and the whole hub", async () => {
		const { report } = await verifyNetwork("http://127.0.0.1:1", [hub.anchorKey], hub.pool);
		expect(report.findings).toEqual([{ status: "unchecked", what: "network", detail: expect.stringMatching(/^UNREACHABLE/) }]);
	});
});

describe("npm run verify-network", () => {
	const run = async (...words: string[]) => {
		const program = runProgram("subgraphs/network/verify-network/main.ts", words);
		const code = await program.ended;
		return { code, output: program.output() };
	};

	it("ends with 2 while something could not be looked at, and with 1 where something is forged", async () => {
		const keyFile = path.join(hub.dataFolder, "identity/network/anchor.public.json");
		const good = await run("--hub", hub.base, "--anchor-key", keyFile);
		expect(good.output).toContain("Nothing is forged in what could be looked at; 1 could not.");
		expect(good.code).toBe(2);
		hub.alter((asked, body) => (asked.startsWith("/federation/registry.json") ? body.replace("EmFor", "Émule") : body));
		const bad = await until("the verdict", () => run("--hub", hub.base, "--anchor-key", keyFile));
		hub.alter(undefined);
		expect(bad.output).toMatch(/FAILED {4}list of issuers: NOT_STATED/);
		expect(bad.code).toBe(1);
	});

	it.each<[string[], string]>([
		[[], "Say which hub and by which key"],
		[["--hub", "nonsense", "--anchor-key", "x"], '--hub: "nonsense" is not an http(s) address.'],
		[["--hub", "http://127.0.0.1:1", "--anchor-key", "/nowhere.json"], "/nowhere.json cannot be read: there is no such file"],
		[["--hub", "http://127.0.0.1:1", "--anchor-key", "package.json"], "package.json holds no public key"],
	])("says plainly what is wrong: %j", async (words, problem) => {
		const { code, output } = await run(...words);
		expect(output).toContain(problem);
		expect(output).not.toMatch(/\n\s+at /);
		expect(code).toBe(1);
	});

	it("refuses a private key, which nobody should have been given", async () => {
		const file = path.join(hub.dataFolder, "private.json");
		writeFileSync(file, JSON.stringify({ kty: "OKP", crv: "Ed25519", x: "AA", d: "AA", kid: "a" }));
		expect((await run("--hub", hub.base, "--anchor-key", file)).output).toContain("no private part");
	});
});
