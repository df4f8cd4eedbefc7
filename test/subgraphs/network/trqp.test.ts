import { readFileSync } from "node:fs";
import path from "node:path";
import { Ajv, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { didOfKey } from "../../../subgraphs/kit/did-key.ts";
import { nowInSeconds } from "../../../subgraphs/kit/sign-token.ts";
import { collectiveEntity } from "../../../subgraphs/network/trust/entity-ids.ts";
import { sharedData } from "../../kit/shared-data.ts";
import { startTrustHub, type TrustHub } from "./trust-hub.ts";

/** The Trust Registry Query Protocol v2: what it answers, in which form, and what held at a time in the past. */

const folder = sharedData("trust", "The JSON Schemas of TRQP");
const [EMFOR, ECOLE, NIEVRE] = ["emfor-bfc", "ecole-itinerante", "relais-nievre"];
let hub: TrustHub;
const schemas = new Map<string, ValidateFunction>();

beforeAll(async () => {
	hub = await startTrustHub([EMFOR, ECOLE, NIEVRE]);
	if (folder === undefined) return;
	const ajv = new Ajv({ strict: false, allErrors: true });
	(addFormats as unknown as (one: Ajv) => void)(ajv);
	for (const kind of ["authorization", "recognition"])
		for (const side of ["request", "response"]) {
			const file = path.join(folder, `trqp_${kind}_${side}.schema.json`);
			schemas.set(`${kind} ${side}`, ajv.compile(JSON.parse(readFileSync(file, "utf8"))));
		}
});
afterAll(() => hub?.stop());

interface TrqpResponse {
	authorized?: boolean;
	recognized?: boolean;
	message: string;
	time_requested?: string;
	status?: number;
	detail?: string;
}

const question = (asked: object) => ({ entity_id: EMFOR, authority_id: hub.base, action: "issue", resource: "*", ...asked });

/** Asks, and holds the question and the answer against the schemas where they are at hand. */
async function askTrqp(
	kind: "authorization" | "recognition",
	asked: object,
): Promise<TrqpResponse & { http: number; type: string | null }> {
	const body = question(asked);
	const response = await fetch(`${hub.base}/trqp/${kind}`, {
		method: "POST",
		headers: { "content-type": "application/json" },
		body: JSON.stringify(body),
	});
	const answer = (await response.json()) as TrqpResponse;
	if (response.ok)
		for (const [side, value] of [
			["request", body],
			["response", answer],
		] as const) {
			const validate = schemas.get(`${kind} ${side}`);
			validate?.(value);
			expect(validate?.errors ?? []).toEqual([]);
		}
	return { ...answer, http: response.status, type: response.headers.get("content-type") };
}

it.runIf(folder !== undefined)("the schemas tell right from wrong", () => {
	expect(schemas.get("authorization request")?.({ entity_id: "a" })).toBe(false);
	expect(schemas.get("recognition response")?.({ ...question({}), recognized: "yes", time_evaluated: "now" })).toBe(false);
});

describe("authorization", () => {
	it("is for members, by each of their names, under the hub and their own collective", async () => {
		const did = didOfKey(hub.keysOf(EMFOR).published.keys[0] as never) as string;
		const address = new URL(hub.hub.institutes.endpoints.get(EMFOR) as string).origin;
		for (const entity_id of [EMFOR, did, address])
			expect(await askTrqp("authorization", { entity_id })).toMatchObject({ authorized: true, http: 200 });
		for (const authority_id of [collectiveEntity(hub.base, "bravo-bfc"), "collective/bravo-bfc", hub.authority.network])
			expect(await askTrqp("authorization", { authority_id })).toMatchObject({ authorized: true });
		expect(await askTrqp("authorization", { authority_id: "collective/badgeons-occitanie" })).toMatchObject({ authorized: false });
		expect(await askTrqp("authorization", { entity_id: "https://stranger.example" })).toMatchObject({ authorized: false, http: 200 });
	});

	it("is of what is one's own, and of what one bears a mark for", async () => {
		const of = async (asked: object) => (await askTrqp("authorization", asked)).authorized;
		expect(await of({ resource: `${EMFOR}:super-accompagnateur` })).toBe(true);
		expect(await of({ resource: `${ECOLE}:mener-un-entretien-d-accompagnement` })).toBe(false);
		expect(await of({ action: "operate-metabadge" })).toBe(true);
		expect(await of({ action: "operate-metabadge", entity_id: NIEVRE })).toBe(false);
		expect(await of({ action: "sell" })).toBe(false);
	});
});

describe("recognition", () => {
	it("is what members have signed, in the direction in which they did", async () => {
		const of = async (asked: object) => (await askTrqp("recognition", asked)).recognized;
		const badge = `${EMFOR}:decodeur-de-l-environnement-efop`;
		expect(await of({ authority_id: NIEVRE, resource: badge })).toBe(true);
		expect(await of({ authority_id: NIEVRE, resource: "*" })).toBe(false);
		expect(await of({ authority_id: EMFOR, entity_id: NIEVRE, resource: "*" })).toBe(false);
		expect(await of({ authority_id: ECOLE, resource: badge })).toBe(true);
		expect(await of({ authority_id: hub.base })).toBe(true);
	});
});

describe("at a time in the past", () => {
	it("answers by the statements that held then, as the graph does, whatever has happened since", async () => {
		const at = (time: string) => ({ authority_id: ECOLE, context: { time } });
		const graph = async (time: string) => {
			const { data } = await hub.ask(
				`query ($time: DateTime!) { networkAt(time: $time, first: 5000) { members { slug } recognitions { by subject } } }`,
				{ time },
			);
			return data.networkAt as { members: { slug: string }[]; recognitions: { by: string; subject: string }[] };
		};
		const said = (now: Awaited<ReturnType<typeof graph>>) => now.recognitions.some(({ by, subject }) => by === ECOLE && subject === EMFOR);
		const [before, within] = ["2026-03-15T23:59:59Z", "2026-03-16T00:00:01Z"];
		for (const [time, expected] of [
			[before, false],
			[within, true],
		] as const) {
			expect(await askTrqp("recognition", at(time))).toMatchObject({ recognized: expected, time_requested: time });
			expect(said(await graph(time))).toBe(expected);
		}
		expect(await askTrqp("authorization", { context: { time: "2026-01-11T00:00:00Z" } })).toMatchObject({ authorized: false });
		expect((await graph("2026-01-11T00:00:00Z")).members).toEqual([]);

		const standing = new Date().toISOString();
		const { rows } = await hub.register.query(
			`SELECT "statementId" FROM "recognition" WHERE "bySlug" = $1 AND "memberSlug" = $2 AND "scope" = 'INSTITUTE'`,
			[ECOLE, EMFOR],
		);
		await hub.publish(ECOLE, "REVOCATION", { sub: rows[0].statementId, reason: "Relecture." });
		const resource = `${EMFOR}:relais-d-inclusion-numerique`;
		expect(await askTrqp("recognition", { authority_id: ECOLE, resource })).toMatchObject({ recognized: false });
		expect(await askTrqp("recognition", at(within))).toMatchObject({ recognized: true });
		expect(said(await graph(within))).toBe(true);
		expect(said(await graph(standing))).toBe(true);

		await hub.askAs("members:manage", `mutation { suspendMember(slug: "${NIEVRE}", reason: "Contrôle.") { __typename } }`);
		expect(await askTrqp("authorization", { entity_id: NIEVRE })).toMatchObject({ authorized: false });
		expect(await askTrqp("authorization", { entity_id: NIEVRE, context: { time: within } })).toMatchObject({ authorized: true });
	});
});

describe("what is wrong is a problem of RFC 7807", () => {
	it.each<[object, number, string]>([
		[{ entity_id: undefined }, 400, "entity_id"],
		[{ resource: 3 }, 400, "resource"],
		[{ context: { time: "yesterday" } }, 400, "context.time"],
		[{ context: { time: "2026-03-02T00:00:00+02:00" } }, 400, "context.time"],
		[{ context: { time: new Date((nowInSeconds() + 3600) * 1000).toISOString() } }, 400, "context.time"],
		[{ authority_id: "https://other.example" }, 404, "authority_id"],
	])("%j", async (asked, status, detail) => {
		const answer = await askTrqp("recognition", asked);
		expect(answer).toMatchObject({ http: status, status, detail: expect.stringContaining(detail) });
		expect(answer.type).toMatch(/^application\/problem\+json/);
	});

	it("and what is no JSON, too", async () => {
		const headers = { "content-type": "application/json" };
		const response = await fetch(`${hub.base}/trqp/authorization`, { method: "POST", headers, body: "{" });
		expect([response.status, response.headers.get("content-type")]).toEqual([400, expect.stringMatching(/^application\/problem\+json/)]);
	});
});
