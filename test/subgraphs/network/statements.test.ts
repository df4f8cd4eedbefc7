import { readFileSync, writeFileSync } from "node:fs";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { didOfKey } from "../../../subgraphs/kit/did-key.ts";
import { nowInSeconds, signToken } from "../../../subgraphs/kit/sign-token.ts";
import { openNetworkDatabase } from "../../../subgraphs/network/database.ts";
import { admitMember } from "../../../subgraphs/network/directory-service.ts";
import { BEGINNING, hashOfEntry, statementId } from "../../../subgraphs/network/trust/log-entry.ts";
import { signStatement } from "../../../subgraphs/network/trust/sign-statement.ts";
import { until } from "../../kit/until.ts";
import { startTrustHub, strangerKeys, type TrustHub } from "./trust-hub.ts";

interface Edge {
	node: { badgeClass: { id: string } };
}

/** What members sign, and what the hub makes of it. */

let hub: TrustHub;
const [EMFOR, DOUBS, NIEVRE] = ["emfor-bfc", "competences-doubs", "relais-nievre"];

beforeAll(async () => {
	hub = await startTrustHub([EMFOR, DOUBS, NIEVRE]);
});
afterAll(() => hub?.stop());

const recognition = (claims: object = {}) => ({
	sub: DOUBS,
	scope: "member",
	since: nowInSeconds(),
	reason: "Nous lisons leurs critères comme les nôtres.",
	...claims,
});

const verificationOf = async (id: string) => {
	const { data } = await hub.ask(`query ($id: ID!) { statement(id: $id) { verification { step status code } } }`, { id });
	const failed = data.statement.verification.filter(({ status }: { status: string }) => status === "FAILED");
	return failed.map(({ step, code }: { step: string; code: string }) => `${step} ${code}`);
};

describe("the demonstration's first start", () => {
	it("leaves a log in which everything is signed by its author and bound to what came before", async () => {
		const { rows } = await hub.register.query(`SELECT * FROM "statement" ORDER BY "sequence"`);
		expect(rows.length).toBeGreaterThan(20);
		let previous = BEGINNING;
		for (const [index, row] of rows.entries()) {
			expect(row).toMatchObject({ sequence: index + 1, id: statementId(row.token), previous });
			expect(row.hash).toBe(hashOfEntry(row));
			previous = row.hash;
		}
		const { data } = await hub.ask("{ recognitions { by { slug } statement { author verification { step status } } } }");
		expect(data.recognitions.length).toBeGreaterThan(3);
		for (const { by, statement } of data.recognitions) {
			expect(statement.author).toBe(by.slug);
			expect(statement.verification.map(({ status }: { status: string }) => status)).toEqual(Array(8).fill("OK"));
		}
	});

	it("and the log cannot be rewritten by mistake", async () => {
		for (const change of [`UPDATE "statement" SET "token" = ''`, `DELETE FROM "statement"`, `TRUNCATE "checkpoint" CASCADE`])
			await expect(hub.register.query(change)).rejects.toThrow("only ever appended to");
	});
});

describe("a recognition that a member signs", () => {
	it("is in every answer at once, and gone from every answer and told in the subscription when it is revoked", async () => {
		const events: number[] = [];
		const { createClient } = await import("graphql-ws");
		const { default: WebSocket } = await import("ws");
		const client = createClient({ url: `${hub.base.replace("http", "ws")}/graphql`, webSocketImpl: WebSocket });
		client.subscribe<{ networkChanged: { sequence: number } }>(
			{ query: "subscription { networkChanged { sequence } }" },
			{ next: ({ data }) => void events.push(data?.networkChanged.sequence ?? 0), error: () => undefined, complete: () => undefined },
		);
		await until("the first event", () => events.length > 0);

		const published = await hub.publish(NIEVRE, "RECOGNITION", recognition({ sub: `${EMFOR}:super-accompagnateur`, scope: "badge_class" }));
		expect(published).toMatchObject({ __typename: "StatementPublished" });
		const { id, sequence } = published.statement;
		const inEvery = async () => {
			const { data } = await hub.ask(
				`{ badgeClass(id: "${EMFOR}:super-accompagnateur") { recognisedBy { by { slug } } recognisers { nodes { member { slug } } } }
				searchBadges(filter: { recognisedBy: ["${NIEVRE}"], institutes: ["${EMFOR}"] }) { edges { node { badgeClass { id } } } } }`,
			);
			const question = { entity_id: EMFOR, authority_id: NIEVRE, action: "issue", resource: `${EMFOR}:super-accompagnateur` };
			const response = await fetch(`${hub.base}/trqp/recognition`, {
				method: "POST",
				headers: { "content-type": "application/json" },
				body: JSON.stringify(question),
			});
			const { recognized } = (await response.json()) as { recognized: boolean };
			return [
				data.badgeClass.recognisedBy.some(({ by }: { by: { slug: string } }) => by.slug === NIEVRE),
				data.badgeClass.recognisers.nodes.some(({ member }: { member: { slug: string } }) => member.slug === NIEVRE),
				data.searchBadges.edges.some(({ node }: Edge) => node.badgeClass.id === `${EMFOR}:super-accompagnateur`),
				recognized,
			];
		};
		await until("it to be in every answer", async () => (await inEvery()).every(Boolean), 1000);
		await until("the event", () => events.includes(sequence), 1000);

		const revoked = await hub.publish(NIEVRE, "REVOCATION", { sub: id, reason: "Le badge a changé." });
		await until("it to be in no answer", async () => !(await inEvery()).some(Boolean), 1000);
		await until("the event", () => events.includes(revoked.statement.sequence), 1000);
		expect(await verificationOf(id)).toEqual(["STANDING REVOKED"]);
		const { data } = await hub.ask(`{ statement(id: "${id}") { revokedBy { id author } } }`);
		expect(data.statement.revokedBy).toEqual({ id: revoked.statement.id, author: NIEVRE });
		await client.dispose();
	});

	it("is recorded with many others that are sent at once, each once and in one chain", async () => {
		const fields = Array.from({ length: 24 }, (_, index) => `Domaine ${index}`);
		const answers = await Promise.all(
			fields.map((field) => hub.publish(DOUBS, "RECOGNITION", recognition({ sub: NIEVRE, scope: "field", field }))),
		);
		const sequences = answers.map(({ statement }) => statement.sequence).sort((one, other) => one - other);
		expect(sequences).toEqual(fields.map((_, index) => sequences[0] + index));
		for (const { statement } of answers) expect(await verificationOf(statement.id)).toEqual([]);
		const same = await Promise.all(
			fields.slice(0, 8).map(() => hub.publish(DOUBS, "RECOGNITION", recognition({ sub: EMFOR, scope: "field", field: "Une fois" }))),
		);
		expect(same.filter(({ __typename }) => __typename === "StatementPublished")).toHaveLength(1);
	});

	it("ends by itself where it says so, and may then be made again", async () => {
		const exp = nowInSeconds() + 2;
		const claims = recognition({ sub: EMFOR, scope: "field", field: "médiation", exp });
		expect(await hub.publish(DOUBS, "RECOGNITION", claims)).toMatchObject({ __typename: "StatementPublished" });
		const recognised = async () => {
			const { data } = await hub.ask(`{ member(slug: "${DOUBS}") { recognises { field expiresAt } } }`);
			return data.member.recognises.some(({ field }: { field: string | null }) => field === "médiation");
		};
		expect(await recognised()).toBe(true);
		await until("its end", async () => !(await recognised()));
		expect(await hub.publish(DOUBS, "RECOGNITION", { ...claims, exp: undefined })).toMatchObject({ __typename: "StatementPublished" });
	});
});

describe("a statement is not recorded", () => {
	it.each<[string, string, () => Promise<string>]>([
		["that is no JWT", "MALFORMED token", async () => "nonsense"],
		["of an unknown type", "WRONG_TYPE typ", () => signToken(hub.keysOf(EMFOR), "JWT", {})],
		["with a claim too many", "MALFORMED claims", () => sign({ more: 1 })],
		["without a reason", "MALFORMED reason", () => sign({ reason: " " })],
		["of oneself", "MALFORMED sub", () => sign({ sub: EMFOR })],
		["for another network", "WRONG_NETWORK aud", () => sign({ aud: "urn:other" })],
		["of a member that does not exist", "NOT_ADMITTED sub", () => sign({ sub: "nobody" })],
		["signed by a key that is not its author's", "UNKNOWN_KEY kid", () => sign({}, DOUBS)],
		[
			"signed by another key of the same name",
			"BAD_SIGNATURE signature",
			async () => sign({}, { ...(await strangerKeys()), kid: hub.keysOf(EMFOR).kid }),
		],
		["of a time that has not come", "NOT_YET_VALID iat", () => sign({ iat: nowInSeconds() + 3600 })],
		["that was signed long ago", "STALE iat", () => sign({ iat: nowInSeconds() - 7200 })],
		["that begins later", "NOT_YET_VALID since", () => sign({ since: nowInSeconds() + 3600 })],
		["that has ended", "EXPIRED exp", () => sign({ exp: nowInSeconds() - 10 })],
		["of what is recognised already", "ALREADY_RECOGNISED sub", () => sign({ iss: NIEVRE, sub: DOUBS, scope: "member" }, NIEVRE)],
		[
			"that revokes another's",
			"NOT_ALLOWED iss",
			async () => {
				const { rows } = await hub.register.query(`SELECT "statementId" FROM "recognition" WHERE "bySlug" = $1 LIMIT 1`, [DOUBS]);
				return make("REVOCATION", { sub: rows[0].statementId, reason: "Non." });
			},
		],
		["that revokes nothing", "UNKNOWN_STATEMENT sub", () => make("REVOCATION", { sub: "A".repeat(43), reason: "Non." })],
		[
			"by which a member admits itself",
			"NOT_ALLOWED iss",
			() => make("MEMBERSHIP", { sub: EMFOR, status: "admitted", name: "EmFor", departements: [], since: nowInSeconds() }),
		],
		[
			"by which a member gives itself a mark",
			"NOT_ALLOWED iss",
			() => make("MARK", { sub: EMFOR, mark: "charter", since: nowInSeconds() }),
		],
		[
			"by which a member registers a key of its own",
			"NOT_ALLOWED iss",
			async () => make("KEY", { sub: EMFOR, event: "registered", jwk: (await strangerKeys()).published.keys[0] }),
		],
	])("%s", async (_title, expected, token) => {
		const answer = await hub.send(await token());
		expect(`${answer.code} ${answer.field}`).toBe(expected);
		expect(answer.mend).not.toBe("");
	});

	it("twice", async () => {
		const token = await signStatement(hub.keysOf(EMFOR), "RECOGNITION", {
			iss: EMFOR,
			aud: hub.authority.network,
			...recognition({ sub: NIEVRE, scope: "field", field: "Essai" }),
		});
		expect(await hub.send(token)).toMatchObject({ __typename: "StatementPublished" });
		expect(await hub.send(token)).toMatchObject({ code: "ALREADY_RECORDED" });
	});

	function make(kind: Parameters<TrustHub["publish"]>[1], claims: object): Promise<string> {
		return signStatement(hub.keysOf(EMFOR), kind, { iss: EMFOR, aud: hub.authority.network, ...claims });
	}

	function sign(claims: object, by: string | Awaited<ReturnType<typeof strangerKeys>> = EMFOR): Promise<string> {
		const keys = typeof by === "string" ? hub.keysOf(by) : by;
		return signStatement(keys, "RECOGNITION", { iss: EMFOR, aud: hub.authority.network, ...recognition(claims) });
	}
});

describe("a member's keys", () => {
	it("are changed by the old one: what that signed stays good, and it signs nothing more", async () => {
		const [old, fresh] = [hub.keysOf(NIEVRE), await strangerKeys()];
		const before = await hub.publish(NIEVRE, "RECOGNITION", recognition({ sub: EMFOR }));
		const rotated = { sub: NIEVRE, event: "rotated", jwk: fresh.published.keys[0], kid: old.kid };
		expect(await hub.publish(NIEVRE, "KEY", rotated)).toMatchObject({ __typename: "StatementPublished" });
		expect(await verificationOf(before.statement.id)).toEqual([]);
		const claims = recognition({ sub: `${EMFOR}:relais-d-inclusion-numerique`, scope: "badge_class" });
		expect(await hub.publish(NIEVRE, "RECOGNITION", claims, old)).toMatchObject({ code: "RETIRED_KEY" });
		const after = await hub.publish(NIEVRE, "RECOGNITION", claims, fresh);
		expect(await verificationOf(after.statement.id)).toEqual([]);

		// The new one turns out to be in others' hands since a minute ago: only what it signed falls.
		const compromised = {
			sub: NIEVRE,
			event: "compromised",
			kid: fresh.kid,
			revoked_at: nowInSeconds() - 60,
			reason: "Une clé USB perdue.",
		};
		expect(await hub.publish(NIEVRE, "KEY", compromised, fresh)).toMatchObject({ __typename: "StatementPublished" });
		expect(await verificationOf(after.statement.id)).toEqual(["KEY COMPROMISED_KEY"]);
		expect(await verificationOf(before.statement.id)).toEqual([]);
		const { data } = await hub.ask(`{ member(slug: "${NIEVRE}") { recognises { statement { id } } keys { kid status } } }`);
		const standing = data.member.recognises.map(({ statement }: { statement: { id: string } }) => statement.id);
		expect(standing).toContain(before.statement.id);
		expect(standing).not.toContain(after.statement.id);
		expect(data.member.keys).toEqual([
			{ kid: fresh.kid, status: "COMPROMISED" },
			{ kid: old.kid, status: "REPLACED" },
		]);
		const next = recognition({ sub: `${EMFOR}:super-accompagnateur`, scope: "badge_class" });
		expect(await hub.publish(NIEVRE, "RECOGNITION", next, fresh)).toMatchObject({ code: "COMPROMISED_KEY" });

		// Whoever holds its server may hold it by theft: another key is an operator's to let in.
		writeFileSync(hub.keyFile(NIEVRE), readFileSync(hub.keyFile(EMFOR)));
		const operator = await openNetworkDatabase(hub.hub.networkDatabase, 1);
		const endpoint = hub.hub.institutes.endpoints.get(NIEVRE) as string;
		const keys = async () => (await hub.ask(`{ member(slug: "${NIEVRE}") { keys { kid status } } }`)).data.member.keys;
		await operator.transaction((manager) => admitMember(manager, { slug: NIEVRE, name: "Relais Nièvre", endpoint }));
		expect(await keys()).toHaveLength(2);
		await operator.transaction((manager) => admitMember(manager, { slug: NIEVRE, name: "Relais Nièvre", endpoint, newKey: true }));
		await operator.destroy();
		await until("the new key", async () => (await keys()).length === 3);
		expect((await keys())[0]).toEqual({ kid: hub.keysOf(EMFOR).kid, status: "IN_USE" });
		expect(await hub.publish(NIEVRE, "RECOGNITION", next)).toMatchObject({ __typename: "StatementPublished" });
	});
});

describe("what is signed elsewhere", () => {
	it("may be signed with ES256, where the key is of that kind", async () => {
		const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
		const jwk = { ...(await exportJWK(publicKey)), kid: "es256" };
		const before = hub.keysOf(EMFOR);
		const rotated = await hub.publish(EMFOR, "KEY", { sub: EMFOR, event: "rotated", jwk, kid: before.kid });
		expect(rotated).toMatchObject({ __typename: "StatementPublished" });
		const claims = { iss: EMFOR, aud: hub.authority.network, ...recognition({ scope: "field", field: "ES256" }), iat: nowInSeconds() };
		const sign = (alg: string, key: CryptoKey | Uint8Array) =>
			new SignJWT(claims).setProtectedHeader({ alg, typ: "network-recognition+jwt", kid: "es256" }).sign(key);
		// A public key is no secret: whoever signs with it as if it were one signs nothing.
		const symmetric = await sign("HS256", new TextEncoder().encode(JSON.stringify(jwk).padEnd(64)));
		expect(await hub.send(symmetric)).toMatchObject({ code: "BAD_SIGNATURE" });
		const { statement } = await hub.send(await sign("ES256", privateKey));
		expect(await verificationOf(statement.id)).toEqual([]);
		const { data } = await hub.ask(`{ member(slug: "${EMFOR}") { keys { did status } } }`);
		expect(data.member.keys[0]).toEqual({ did: didOfKey(jwk), status: "IN_USE" });
	});

	it("has the names that others compute from the same keys (the examples of the did:key specification)", () => {
		expect(didOfKey({ kty: "OKP", crv: "Ed25519", x: "O2onvM62pC1io6jQKm8Nc2UyFXcd4kOmOsBIoYtZ2ik" })).toBe(
			"did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp",
		);
		const [x, y] = ["fyNYMN0976ci7xqiSdag3buk-ZCwgXU4kz9XNkBlNUI", "hW2ojTNfH7Jbi8--CJUo3OCbH3y5n91g-IMA9MLMbTU"];
		expect(didOfKey({ kty: "EC", crv: "P-256", x, y })).toBe("did:key:zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169");
	});
});

describe("a suspended member", () => {
	it("is out of every answer at once, with all that it says and that is said of it, until it is admitted again", async () => {
		const impact = await hub.ask(`{ suspensionImpact(member: "${DOUBS}") { recognitionsByCount recognitionsOfCount } }`);
		const { recognitionsByCount: by, recognitionsOfCount: of } = impact.data.suspensionImpact;
		const count = async () => (await hub.ask("{ recognitions { id } }")).data.recognitions.length;
		const before = await count();
		const change = (field: string) =>
			hub.askAs(
				"members:manage",
				`mutation { ${field}(slug: "${DOUBS}", reason: "Contrôle.") { __typename ... on NetworkChangeRefused { code } } }`,
			);
		expect((await change("suspendMember")).data.suspendMember.__typename).toBe("MemberStatusChanged");
		expect(await count()).toBe(before - by - of);
		expect((await change("suspendMember")).data.suspendMember.code).toBe("ALREADY_SO");
		expect((await hub.ask(`{ suspensionImpact(member: "${DOUBS}") { recognitionsByCount } }`)).data.suspensionImpact).toBeNull();
		const registry = async () => JSON.stringify(await (await hub.get("/federation/registry.json")).json());
		expect(await registry()).not.toContain("Compétences Doubs");
		expect(await hub.publish(DOUBS, "RECOGNITION", recognition({ sub: NIEVRE, scope: "field", field: "x" }))).toMatchObject({
			code: "NOT_ADMITTED",
			field: "iss",
		});
		await change("readmitMember");
		expect(await count()).toBe(before);
	});

	it("is suspended and admitted again as often as one likes within a second, for the same reason", async () => {
		const change = (field: string) =>
			hub.askAs("members:manage", `mutation { ${field}(slug: "${DOUBS}", reason: "Contrôle.") { __typename } }`);
		for (let round = 0; round < 6; round += 1)
			for (const field of ["suspendMember", "readmitMember"])
				expect(await change(field)).toEqual({ data: { [field]: { __typename: "MemberStatusChanged" } } });
	});

	it.each(["\u0000", "\ud800"])("and a recognition are refused for a reason that cannot be written: %j", async (wrong) => {
		const mutation = `mutation ($reason: String!) { suspendMember(slug: "${DOUBS}", reason: $reason) { __typename } }`;
		expect((await hub.askAs("members:manage", mutation, { reason: `Non.${wrong}` })).errors?.[0]?.extensions).toMatchObject({
			code: "BAD_USER_INPUT",
			field: "reason",
		});
		const said = await hub.publish(EMFOR, "RECOGNITION", recognition({ sub: NIEVRE, scope: "member", reason: `Oui.${wrong}` }));
		expect(said).toMatchObject({ code: "MALFORMED", field: "reason" });
	});

	it("is not suspended by whoever may not", async () => {
		const mutation = `mutation { suspendMember(slug: "${DOUBS}", reason: "Non.") { __typename } }`;
		expect((await hub.ask(mutation)).errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
		expect((await hub.askAs("badges:write", mutation)).errors?.[0]?.extensions.code).toMatch(/UNAUTHORIZED|FORBIDDEN/);
	});
});
