import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nowInSeconds, signToken } from "../../../subgraphs/kit/sign-token.ts";
import { readStatement, type StatementClaims } from "../../../subgraphs/network/federation/entity-statement.ts";
import { DELEGATION_TYPE, TRUST_MARK_TYPE, verifyTrustMark } from "../../../subgraphs/network/federation/trust-mark.ts";
import { collectiveEntity, markType } from "../../../subgraphs/network/trust/entity-ids.ts";
import { signStatement } from "../../../subgraphs/network/trust/sign-statement.ts";
import { verifyNetwork } from "../../../subgraphs/network/verify-network/verify-network.ts";
import { runProgram } from "../../kit/program.ts";
import { claimsOf, headerOf, startTrustHub, type TrustHub } from "./trust-hub.ts";

/** Marks of the hub's that it charges a collective with (OpenID Federation 1.0, §7.2), over HTTP, as strangers see them. */

let hub: TrustHub;
let bravo: string;
let occitanie: string;
let type: string;
let nievre: string;
const [EMFOR, NIEVRE] = ["emfor-bfc", "relais-nievre"];
const BRAVO = "collective/bravo-bfc";

beforeAll(async () => {
	hub = await startTrustHub([EMFOR, NIEVRE]);
	bravo = collectiveEntity(hub.base, "bravo-bfc");
	occitanie = collectiveEntity(hub.base, "badgeons-occitanie");
	type = markType(hub.base, "metabadge-operator");
	nievre = new URL(hub.hub.institutes.endpoints.get(NIEVRE) as string).origin;
});
afterAll(() => hub?.stop());

async function marks(...words: string[]): Promise<{ code: number | string; output: string; statement: string }> {
	const { host, port, user, database } = hub.hub.networkDatabase;
	const DATABASE_URL = `postgres://${user}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`;
	const program = runProgram("subgraphs/network/marks.ts", words, { env: { HUB_DATA: hub.dataFolder, DATABASE_URL } });
	const code = await program.ended;
	return { code, output: program.output(), statement: /statement (\S+)\./.exec(program.output())?.[1] ?? "" };
}
const delegate = () => marks("delegate", "--collective", "bravo-bfc", "--mark", "metabadge-operator");
const withdraw = () => marks("withdraw", "--collective", "bravo-bfc", "--mark", "metabadge-operator", "--reason", "Fin de la convention.");
const give = () => marks("give", "--by", "bravo-bfc", "--member", NIEVRE, "--mark", "metabadge-operator");

async function configuration(at = hub.base): Promise<StatementClaims> {
	const read = readStatement(await (await fetch(`${at}/.well-known/openid-federation`)).text());
	if (!read.ok) throw new Error(read.description);
	return read.statement.claims;
}

const askMark = (at: string, sub: string) => fetch(`${at}/trust-mark?${new URLSearchParams({ trust_mark_type: type, sub })}`);

/** As a stranger verifies it, who knows the anchor alone. */
async function verify(mark: string, subject = nievre): Promise<string> {
	const result = await verifyTrustMark(mark, subject, {
		anchor: await configuration(),
		keysOf: async (issuer) => (await configuration(issuer)).jwks,
		async statusOf({ iss }, trust_mark) {
			const at = iss === hub.base ? `${hub.base}/federation` : iss;
			const response = await fetch(`${at}/trust-mark-status`, { method: "POST", body: new URLSearchParams({ trust_mark }) });
			return claimsOf(await response.text()).status;
		},
		moment: { now: nowInSeconds(), skew: 5 },
	});
	return result.ok ? "valid" : result.reason;
}

async function findings(): Promise<string[]> {
	const { report } = await verifyNetwork(hub.base, [hub.anchorKey], hub.pool);
	return report.findings.filter(({ status }) => status !== "ok").map(({ what, detail }) => `${what}: ${detail}`);
}

describe("before anything is delegated", () => {
	it("the hub's own marks stand as they did, and bear its own word for it", async () => {
		const emfor = new URL(hub.hub.institutes.endpoints.get(EMFOR) as string).origin;
		const mark = await (await askMark(`${hub.base}/federation`, emfor)).text();
		expect(await verify(mark, emfor)).toBe("valid");
		const { trust_mark_issuers, trust_mark_owners } = await configuration();
		expect(trust_mark_issuers?.[type]).toEqual([hub.base]);
		expect(trust_mark_owners?.[type]).toMatchObject({ sub: hub.base, jwks: { keys: [{ kid: hub.anchorKey.kid }] } });
		// A charter is each collective's own.
		expect(Object.keys(trust_mark_owners ?? {})).not.toContain(markType(hub.base, "charter"));
	});

	it("a collective gives no mark of the hub's", async () => {
		const refused = await give();
		expect([refused.code, refused.output]).toEqual([1, expect.stringContaining("Not recorded (NOT_ALLOWED). iss:")]);
	});
});

describe("a mark that the hub has charged a collective with", () => {
	let mark: string;
	let delegation: string;
	let statement: string;

	beforeAll(async () => {
		const delegated = await delegate();
		expect(delegated.code).toBe(0);
		delegation = delegated.statement;
		const given = await give();
		expect(given.code).toBe(0);
		statement = given.statement;
		const response = await askMark(bravo, nievre);
		expect([response.status, response.headers.get("content-type")]).toEqual([200, "application/trust-mark+jwt"]);
		mark = await response.text();
	});

	it("is given by the collective with the hub's delegation, whose statement is in the log", async () => {
		expect((await configuration()).trust_mark_issuers?.[type]).toEqual([hub.base, bravo]);
		const claims = claimsOf(mark);
		expect(claims).toMatchObject({ iss: bravo, sub: nievre, trust_mark_type: type, statement });
		expect(headerOf(claims.delegation)).toMatchObject({ typ: "trust-mark-delegation+jwt", kid: hub.anchorKey.kid });
		const charge = claimsOf(claims.delegation);
		expect(charge).toMatchObject({ iss: hub.base, sub: bravo, trust_mark_type: type, statement: delegation });
		expect(charge.exp).toBeLessThanOrEqual(claims.exp);
		expect(claimsOf(await (await hub.get(`/federation/statements/${delegation}`)).text())).toMatchObject({
			sub: BRAVO,
			mark: "metabadge-operator",
		});
		expect(await verify(mark)).toBe("valid");
	});

	it("is in every answer: the resolved institute, the graph with both statements, TRQP, and what is verified from outside", async () => {
		const resolved = await hub.get(`/federation/resolve?${new URLSearchParams({ sub: nievre, trust_anchor: hub.base })}`);
		const shown = claimsOf(await resolved.text()).trust_marks as { trust_mark_type: string }[];
		expect(shown.map((one) => one.trust_mark_type)).toContain(type);
		const { data } = await hub.ask(
			`{ member(slug: "${NIEVRE}") { marks { kind collective statement { id } delegation { id type verification { status } } } } }`,
		);
		expect(data.member.marks).toContainEqual({
			kind: "METABADGE_OPERATOR",
			collective: "bravo-bfc",
			statement: { id: statement },
			delegation: { id: delegation, type: "DELEGATION", verification: Array(8).fill({ status: "OK" }) },
		});
		const response = await fetch(`${hub.base}/trqp/authorization`, {
			method: "POST",
			headers: { "content-type": "application/json" },
			body: JSON.stringify({ entity_id: NIEVRE, authority_id: hub.base, action: "operate-metabadge", resource: "*" }),
		});
		expect(await response.json()).toMatchObject({ authorized: true });
		expect(await findings()).toEqual([]);
	});

	it("is given to nobody by another collective, which is not charged with it", async () => {
		expect((await askMark(occitanie, nievre)).status).toBe(404);
		const claims = { ...claimsOf(mark), iss: occitanie };
		const forged = await signToken(hub.authority.collective("badgeons-occitanie"), TRUST_MARK_TYPE, claims);
		expect(await verify(forged)).toBe("ISSUER_NOT_ALLOWED");
	});

	/** The mark as its collective would sign it, with another delegation. */
	const withDelegation = async (made: Promise<string> | undefined) => {
		const { delegation: _own, ...claims } = claimsOf(mark);
		const signed = made && (await made);
		return signToken(hub.authority.collective("bravo-bfc"), TRUST_MARK_TYPE, { ...claims, ...(signed && { delegation: signed }) });
	};
	const charge = (more: object = {}) => ({ ...claimsOf(claimsOf(mark).delegation), ...more });
	it.each<[string, () => Promise<string> | undefined]>([
		["without a delegation", () => undefined],
		["with one that it made itself", () => signToken(hub.authority.collective("bravo-bfc"), DELEGATION_TYPE, charge())],
		["with another's", () => signToken(hub.authority.keys, DELEGATION_TYPE, charge({ sub: occitanie }))],
		[
			"with one of another type of mark",
			() => signToken(hub.authority.keys, DELEGATION_TYPE, charge({ trust_mark_type: "https://x.example" })),
		],
		["with one by who is not the owner", () => signToken(hub.authority.keys, DELEGATION_TYPE, charge({ iss: bravo }))],
		["with one that has expired", () => signToken(hub.authority.keys, DELEGATION_TYPE, charge({ exp: nowInSeconds() - 60 }))],
		["with one of a time that has not come", () => signToken(hub.authority.keys, DELEGATION_TYPE, charge({ iat: nowInSeconds() + 3600 }))],
		["with one of another typ", () => signToken(hub.authority.keys, TRUST_MARK_TYPE, charge())],
		["with one that is no JWT", () => Promise.resolve("nonsense")],
	])("is not valid %s", async (_title, made) => {
		expect(await verify(await withDelegation(made()))).toBe("NOT_DELEGATED");
	});

	it("is delegated to the same collective once", async () => {
		const { code, output } = await delegate();
		expect([code, output]).toEqual([1, expect.stringContaining("Not recorded (ALREADY_RECORDED). sub: collective/bravo-bfc is charged")]);
	});

	it("is not delegated on by the collective, nor by a member", async () => {
		const claims = { aud: hub.authority.network, sub: "collective/badgeons-occitanie", mark: "metabadge-operator", since: nowInSeconds() };
		const byCollective = await signStatement(hub.authority.collective("bravo-bfc"), "DELEGATION", { iss: BRAVO, ...claims });
		expect(await hub.send(byCollective)).toMatchObject({ code: "NOT_ALLOWED", field: "iss" });
		expect(await hub.publish(EMFOR, "DELEGATION", claims)).toMatchObject({ code: "NOT_ALLOWED", field: "iss" });
		const nobody = await signStatement(hub.authority.keys, "DELEGATION", {
			iss: hub.authority.network,
			...claims,
			sub: "collective/nobody",
		});
		expect(await hub.send(nobody)).toMatchObject({ code: "NOT_ALLOWED", field: "sub" });
	});

	it("falls with the delegation, and a new one does not bring it back", async () => {
		const withdrawn = await withdraw();
		expect(withdrawn.code).toBe(0);
		expect((await askMark(bravo, nievre)).status).toBe(404);
		const { trust_mark_issuers } = await configuration();
		expect(trust_mark_issuers?.[type]).toEqual([hub.base]);
		expect(await verify(mark)).toBe("ISSUER_NOT_ALLOWED");
		const status = await fetch(`${bravo}/trust-mark-status`, { method: "POST", body: new URLSearchParams({ trust_mark: mark }) });
		expect(claimsOf(await status.text()).status).toBe("revoked");
		const standing = async () => {
			const { data } = await hub.ask(
				`{ member(slug: "${NIEVRE}") { marks { kind } } statement(id: "${statement}") { verification { step code status } } }`,
			);
			const failed = data.statement.verification.filter((one: { status: string }) => one.status === "FAILED");
			return [
				data.member.marks.some((one: { kind: string }) => one.kind === "METABADGE_OPERATOR"),
				failed.map(({ step, code }: { step: string; code: string }) => `${step} ${code}`),
			];
		};
		expect(await standing()).toEqual([false, ["STANDING REVOKED"]]);
		const again = await give();
		expect([again.code, again.output]).toEqual([1, expect.stringContaining("NOT_ALLOWED")]);
		expect(await findings()).toEqual([]);

		expect((await delegate()).code).toBe(0);
		expect(await standing()).toEqual([false, ["STANDING REVOKED"]]);
		// The collective is asked again, and says no, although it may give such marks.
		expect(await verify(mark)).toBe("REVOKED");
		expect((await give()).code).toBe(0);
		expect(await verify(await (await askMark(bravo, nievre)).text())).toBe("valid");
	});

	it("is ended by the collective that gave it", async () => {
		const { data } = await hub.ask(`{ member(slug: "${NIEVRE}") { marks { kind statement { id } } } }`);
		const given = data.member.marks.find((one: { kind: string }) => one.kind === "METABADGE_OPERATOR").statement.id;
		const ended = await marks("end", "--by", "bravo-bfc", "--statement", given, "--reason", "Arrêt des métabadges.");
		expect(ended.code).toBe(0);
		expect((await askMark(bravo, nievre)).status).toBe(404);
	});
});

it("a hub that lets others give marks than the log does is found out", async () => {
	await withdraw();
	const claims = await configuration();
	const lie = { ...claims, trust_mark_issuers: { ...claims.trust_mark_issuers, [type]: [hub.base, occitanie] }, trust_mark_owners: {} };
	const signed = await signToken(hub.authority.keys, "entity-statement+jwt", lie);
	hub.alter((asked, body) => (asked === "/.well-known/openid-federation" ? signed : body));
	const found = (await findings()).filter((one) => one.startsWith("issuers of trust marks"));
	hub.alter(undefined);
	expect(found).toEqual([
		expect.stringContaining(`DIFFERS: ${type} is given by`),
		expect.stringContaining("DIFFERS: qualiopi is not said to be the hub's"),
		expect.stringContaining("DIFFERS: metabadge-operator is not said to be the hub's"),
	]);
});

it.each<[string[], string]>([
	[[], "Say what to do:"],
	[["praise"], "Say what to do:"],
	[["delegate", "--mark", "qualiopi"], "--collective is missing"],
	[["delegate", "--collective", "bravo-bfc", "--mark", "charter"], "mark: must be a mark of the hub's"],
	[["delegate", "--collective", "nobody", "--mark", "qualiopi"], "collective/nobody is no collective of this network"],
	[["withdraw", "--collective", "bravo-bfc", "--mark", "qualiopi", "--reason", "Fin."], "bravo-bfc is not charged with qualiopi."],
	[["give", "--member", NIEVRE, "--mark", "qualiopi"], "a declared certification has its number"],
	[["give", "--by", "nobody", "--member", NIEVRE, "--mark", "charter"], 'There is no collective "nobody". There are: '],
])("npm run marks says plainly what is wrong: %j", async (words, problem) => {
	const { code, output } = await marks(...words);
	expect(output).toContain(problem);
	expect(output).not.toMatch(/\n\s+at /);
	expect(code).toBe(1);
});
