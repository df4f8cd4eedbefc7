import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nowInSeconds } from "../../../subgraphs/kit/sign-token.ts";
import { alignmentTo, reachOf } from "../../../subgraphs/network/graph/badge-reach.ts";
import { TrustGraph } from "../../../subgraphs/network/graph/trust-graph.ts";
import { BadgeClass } from "../../../subgraphs/network/member-rows.ts";
import { Recognition, RecognitionScope } from "../../../subgraphs/network/recognition.ts";
import { until } from "../../kit/until.ts";
import { startTrustHub, type TrustHub } from "./trust-hub.ts";

/** Recognitions that reach a badge class through its issuer or its field, which the router asks its institute for. */

const said = (values: Partial<Recognition>): Recognition =>
	Object.assign(new Recognition(), {
		id: JSON.stringify(values),
		bySlug: "a",
		memberSlug: "b",
		scope: RecognitionScope.INSTITUTE,
		badgeClassId: null,
		issuerId: null,
		field: null,
		since: new Date(0),
		...values,
	});
const byIssuer = said({ scope: RecognitionScope.ISSUER, issuerId: "b:pole" });
const forField = said({ scope: RecognitionScope.FIELD, field: " Tri  des déchets" });

describe("what reaches a badge class", () => {
	it("is its very issuer's, and nothing where the issuer is not known", () => {
		expect(reachOf(byIssuer, { id: "b:x", owner: "b", issuer: "b:pole" })).toBe("ISSUER");
		expect(reachOf(byIssuer, { id: "b:x", owner: "b", issuer: "b:autre" })).toBeUndefined();
		expect(reachOf(byIssuer, { id: "b:x", owner: "b" })).toBeUndefined();
		// A badge class may have the id of an issuer: the one is not the other.
		expect(reachOf(byIssuer, { id: "b:pole", owner: "b" })).toBeUndefined();
	});

	it("is a field's that an alignment names, by its name, code or address, and nothing that only resembles it", () => {
		const badge = (alignment: object) => ({ id: "b:x", owner: "b", alignments: [{ targetName: "Autre chose", ...alignment }] });
		expect(reachOf(forField, badge({ targetName: "tri des Déchets" }))).toBe("FIELD");
		expect(reachOf(forField, badge({ targetCode: "Tri des déchets" }))).toBe("FIELD");
		expect(reachOf(forField, badge({ targetUrl: "tri des déchets" }))).toBe("FIELD");
		for (const other of ["Tri des déchets verts", "Tri", "Tri des dechets", "Tri-des-déchets"])
			expect(reachOf(forField, badge({ targetName: other }))).toBeUndefined();
		expect(reachOf(forField, { id: "b:x", owner: "b" })).toBeUndefined();
		expect(alignmentTo("", badge({ targetCode: "" }))).toBeUndefined();
	});

	it("and of several by one member, the nearest to the badge is told", () => {
		const whole = said({});
		const itself = said({ scope: RecognitionScope.BADGE_CLASS, badgeClassId: "b:x" });
		const badge = { id: "b:x", owner: "b", issuer: "b:pole", alignments: [{ targetName: "tri des déchets" }] };
		const nearest = (...all: Recognition[]) => new TrustGraph(all, ["a", "b"]).recognisersOf(badge, 1).get("a")?.[0];
		expect(nearest(forField, whole, byIssuer, itself)).toBe(itself);
		expect(nearest(forField, whole, byIssuer)).toBe(byIssuer);
		expect(nearest(forField, whole)).toBe(whole);
		expect(nearest(forField)).toBe(forField);
	});

	it("is not what a member makes of its own answer: what is not as the contract has it is not known", () => {
		const read = (more: object) => BadgeClass.represented({ id: "b:x", ...more });
		expect(read({ issuer: { id: "b:pole" }, alignments: [{ targetName: "Tri", targetCode: null }] })).toMatchObject({
			issuer: { id: "b:pole" },
			alignments: [{ targetName: "Tri" }],
		});
		for (const wrong of [{ issuer: "b:pole" }, { issuer: { id: 7 } }, { alignments: "Tri" }, { alignments: [{ targetName: 7 }] }, {}])
			expect(read(wrong)).toMatchObject({ id: "b:x", issuer: undefined, alignments: undefined });
	});
});

describe("through the router", () => {
	let hub: TrustHub;
	const [EMFOR, DOUBS, NIEVRE] = ["emfor-bfc", "competences-doubs", "relais-nievre"];
	const SORTING = `${NIEVRE}:trier-et-valoriser-un-arrivage-en-ressourcerie`;
	const REPAIRING = `${NIEVRE}:tester-et-reparer-un-petit-appareil`;
	const QUERY = `query ($id: ID!) { badgeClass(id: $id) { recognisers {
		totalCount direct throughIssuer throughInstitute throughField throughChain
		nodes { through alignment member { slug } path { hops { scope issuerId field by { slug } } } via { slug } }
		otherFields { field by { slug } } } } }`;

	beforeAll(async () => {
		hub = await startTrustHub([EMFOR, DOUBS, NIEVRE]);
	});
	afterAll(() => hub?.stop());

	const recognisers = async (id: string) => {
		const { data, errors } = await hub.ask(QUERY, { id });
		expect(errors).toBeUndefined();
		return data.badgeClass.recognisers;
	};
	const throughs = async (id: string) =>
		Object.fromEntries(
			(await recognisers(id)).nodes.map((one: { member: { slug: string }; through: string }) => [one.member.slug, one.through]),
		);
	const recognise = async (by: string, claims: object) => {
		const published = await hub.publish(by, "RECOGNITION", { since: nowInSeconds(), reason: "Vu sur place.", ...claims });
		expect(published).toMatchObject({ __typename: "StatementPublished" });
		return published.statement.id as string;
	};
	const revoke = (by: string, id: string) => hub.publish(by, "REVOCATION", { sub: id, reason: "Fin." });

	it("a recognition of the issuer reaches the badges of that issuer, a chain goes on from it, and both end with it", async () => {
		const { data } = await hub.ask(`{ badgeClass(id: "${SORTING}") { issuer { id } } }`);
		const issuer = data.badgeClass.issuer.id;
		// In the demonstration Doubs recognises Relais Nièvre as a whole: that goes first.
		const { rows } = await hub.register.query(
			`SELECT "statementId", "bySlug" FROM "recognition" WHERE "memberSlug" = $1 AND "scope" = 'INSTITUTE' AND "revokedAt" IS NULL`,
			[NIEVRE],
		);
		for (const { bySlug, statementId } of rows) await revoke(bySlug, statementId);
		expect(await throughs(SORTING)).toEqual({});

		const other = await recognise(EMFOR, { sub: `${NIEVRE}:un-autre-emetteur`, scope: "issuer" });
		expect(await throughs(SORTING)).toEqual({});
		await revoke(EMFOR, other);
		const one = await recognise(EMFOR, { sub: issuer, scope: "issuer" });
		await recognise(DOUBS, { sub: EMFOR, scope: "member" });
		const found = await recognisers(SORTING);
		expect(found).toMatchObject({ totalCount: 2, direct: 0, throughIssuer: 1, throughInstitute: 0, throughField: 0, throughChain: 1 });
		expect(found.nodes).toEqual([
			{
				through: "ISSUER",
				alignment: null,
				member: { slug: EMFOR },
				via: [],
				path: { hops: [{ scope: "ISSUER", issuerId: issuer, field: null, by: { slug: EMFOR } }] },
			},
			expect.objectContaining({ through: "CHAIN", member: { slug: DOUBS }, via: [{ slug: EMFOR }] }),
		]);
		await revoke(EMFOR, one);
		expect(await throughs(SORTING)).toEqual({});
	});

	it("a recognition for a field reaches the badges that are aligned to it, and is shown of the others without being counted", async () => {
		const field = "Favoriser le réemploi ou le recyclage des matériaux récupérés";
		const named = await recognise(EMFOR, { sub: NIEVRE, scope: "field", field });
		const coded = await recognise(DOUBS, { sub: NIEVRE, scope: "field", field: "k2308" });
		const found = await recognisers(SORTING);
		expect(found).toMatchObject({ totalCount: 2, throughField: 2, throughChain: 0, otherFields: [] });
		const told = Object.fromEntries(
			found.nodes.map((one: { member: { slug: string }; alignment: string }) => [one.member.slug, one.alignment]),
		);
		expect(told).toEqual({ [EMFOR]: field, [DOUBS]: "Opérateur / Opératrice de tri en récupération et revalorisation" });
		const repairing = await recognisers(REPAIRING);
		expect(repairing).toMatchObject({ totalCount: 0, throughField: 0, nodes: [] });
		expect(repairing.otherFields.map((one: { field: string }) => one.field).sort()).toEqual([field, "k2308"]);
		await revoke(EMFOR, named);
		await revoke(DOUBS, coded);
		expect(await recognisers(SORTING)).toMatchObject({ totalCount: 0, otherFields: [] });
	});

	it("TRQP, which knows statements alone, says what to ask for", async () => {
		const id = await recognise(EMFOR, { sub: NIEVRE, scope: "field", field: "K2308" });
		const asked = async (resource: string) => {
			const body = { entity_id: NIEVRE, authority_id: EMFOR, action: "issue", resource };
			const headers = { "content-type": "application/json" };
			const response = await fetch(`${hub.base}/trqp/recognition`, { method: "POST", headers, body: JSON.stringify(body) });
			return (await response.json()) as { recognized: boolean; message: string };
		};
		expect(await asked(SORTING)).toMatchObject({
			recognized: false,
			message: expect.stringContaining("each a resource to ask for: K2308."),
		});
		expect(await asked("K2308")).toMatchObject({ recognized: true, message: expect.stringContaining(id) });
		await revoke(EMFOR, id);
		expect((await asked(SORTING)).message).not.toContain("K2308");
	});

	it("holds while the institute is silent, by what was last harvested of it", async () => {
		const id = await recognise(DOUBS, { sub: NIEVRE, scope: "field", field: "K2308" });
		const institute = hub.hub.institutes.running.get(NIEVRE);
		hub.hub.institutes.running.delete(NIEVRE);
		await institute?.stop();
		await until("the snapshot to stand in", async () => (await throughs(SORTING))[DOUBS] === "FIELD");
		await revoke(DOUBS, id);
		await until("its end", async () => Object.keys(await throughs(SORTING)).length === 0);
	});
});
