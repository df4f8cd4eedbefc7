import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createClient } from "graphql-ws";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import WebSocket from "ws";
import { type RunningInstitute, startInstitute } from "../../../subgraphs/institute/server.ts";
import type { DatabaseAddress } from "../../../subgraphs/kit/database-address.ts";
import { createLog } from "../../../subgraphs/kit/log.ts";
import { ask as post } from "../../kit/ask.ts";
import { freshDatabase } from "../../kit/database.ts";
import { until } from "../../kit/until.ts";

const KEY = "the key of this institute";
const achievement = (local: string, name: string, more: object = {}) => ({
	type: ["Achievement"],
	id: `https://atelier.example/badges/${local}`,
	name,
	description: `${name}, décrit.`,
	criteria: { narrative: "Avoir fait." },
	...more,
});

let folder: string;
let database: DatabaseAddress;
let running: RunningInstitute | undefined;

beforeEach(async () => {
	folder = mkdtempSync(path.join(tmpdir(), "institute-"));
	database = await freshDatabase();
});
afterEach(async () => {
	await running?.stop();
	running = undefined;
	rmSync(folder, { recursive: true, force: true });
});

async function start(badges: unknown): Promise<RunningInstitute> {
	await running?.stop();
	const file = path.join(folder, "badges.json");
	writeFileSync(file, typeof badges === "string" ? badges : JSON.stringify(badges));
	running = await startInstitute({
		profile: { slug: "atelier", name: "L'Atelier", language: "fr" },
		database,
		badges: file,
		folder,
		port: 0,
		host: "127.0.0.1",
		access: { publicReads: true },
		managementKey: KEY,
		log: createLog("test", "silent"),
	});
	return running;
}

const ask = (query: string, variables: object = {}, key?: string) =>
	post((running as RunningInstitute).url, query, variables, key ? { authorization: `Bearer ${key}` } : {});

const names = async () =>
	(await ask("{ badgeClasses(first: 100) { nodes { name } } }")).data.badgeClasses.nodes.map(({ name }: { name: string }) => name);

describe("a badge file", () => {
	it("of Open Badges 3.0 Achievements gives badge classes with all they say", async () => {
		await start({
			achievements: [
				achievement("tour", "Tour à bois", {
					tag: ["bois", "geste"],
					image: { id: "images/tour.svg" },
					creator: { id: "https://atelier.example", type: ["Profile"], name: "Pôle bois" },
					alignment: { type: ["Alignment"], targetName: "Ébéniste", targetFramework: "ROME 4.0", targetCode: "H2207" },
					"extensions:request": { open: true, url: "https://atelier.example/demande" },
					"extensions:requirement": { rule: "AT_LEAST", atLeast: 1, badges: ["atelier:a", "ailleurs:b"] },
					"extensions:dates": { created: "2025-01-01T00:00:00Z", updated: "2025-02-01T00:00:00Z" },
				}),
			],
		});
		const { data } = await ask(
			'{ badgeClass(id: "atelier:tour") { iri name description image tags language status createdAt updatedAt criteria { narrative url } issuer { id name } institute { name } alignments { targetName targetCode } request { open url } requirement { rule needed badgeClassIds } } }',
		);
		expect(data.badgeClass).toEqual({
			iri: "https://atelier.example/badges/tour",
			name: "Tour à bois",
			description: "Tour à bois, décrit.",
			image: `${running?.origin}/files/images/tour.svg`,
			tags: ["bois", "geste"],
			language: "fr",
			status: "PUBLISHED",
			createdAt: "2025-01-01T00:00:00.000Z",
			updatedAt: "2025-02-01T00:00:00.000Z",
			criteria: { narrative: "Avoir fait.", url: null },
			issuer: { id: "atelier:pole-bois", name: "Pôle bois" },
			institute: { name: "L'Atelier" },
			alignments: [{ targetName: "Ébéniste", targetCode: "H2207" }],
			request: { open: true, url: "https://atelier.example/demande" },
			requirement: { rule: "AT_LEAST", needed: 1, badgeClassIds: ["atelier:a", "ailleurs:b"] },
		});
	});

	it("gives metabadges whose rule has groups within groups, and what stands for what", async () => {
		const { problems } = await start([
			achievement("base", "Base", { "extensions:exactMatches": ["ailleurs:base", "ailleurs:base"] }),
			achievement("meta", "Méta", {
				"extensions:requirement": {
					rule: "ALL",
					distinctIssuers: 2,
					of: [
						{ badge: "atelier:base" },
						{ competency: "H2207", recognised: true },
						{
							rule: "AT_LEAST",
							atLeast: 2,
							of: [{ badge: "ailleurs:a", notOlderThanDays: 365 }, { badge: "ailleurs:b" }, { badge: "atelier:base" }],
						},
					],
				},
			}),
			achievement("trop", "Trop", {
				"extensions:requirement": { rule: "ALL", of: [{ rule: "AT_LEAST", atLeast: 3, of: [{ badge: "a:b" }] }] },
			}),
			achievement("ni", "Ni", { "extensions:requirement": { rule: "ANY", of: [{ badge: "a:b", competence: "H2207" }] } }),
		]);
		expect(problems).toEqual([
			'Entry 3 ("Trop"): extensions:requirement.of.0.atLeast: asks for 3 of 1 parts',
			expect.stringMatching(/^Entry 4 \("Ni"\): extensions:requirement\.of\.0: .*"competence"/),
		]);
		const { data } = await ask(
			`{ badgeClass(id: "atelier:meta") { requirement { rule needed badgeClassIds parts { kind group needed distinctIssuers badgeClassId competency recognised notOlderThanDays } } }
				base: badgeClass(id: "atelier:base") { exactMatches requirement { rule } } }`,
		);
		const { parts, ...requirement } = data.badgeClass.requirement;
		expect(requirement).toEqual({ rule: "ALL", needed: 4, badgeClassIds: ["atelier:base", "ailleurs:a", "ailleurs:b"] });
		expect(parts.map(({ kind, group }: { kind: string; group: number | null }) => [kind, group])).toEqual([
			["ALL", null],
			["BADGE", 0],
			["COMPETENCY", 0],
			["AT_LEAST", 0],
			["BADGE", 3],
			["BADGE", 3],
			["BADGE", 3],
		]);
		expect(parts[0]).toMatchObject({ distinctIssuers: 2, needed: null });
		expect(parts[2]).toMatchObject({ competency: "H2207", recognised: true, badgeClassId: null });
		expect(parts[3]).toMatchObject({ needed: 2 });
		expect(parts[4]).toMatchObject({ badgeClassId: "ailleurs:a", notOlderThanDays: 365 });
		expect(data.base).toEqual({ exactMatches: ["ailleurs:base"], requirement: null });
	});

	it("of Open Badges 2.0 BadgeClasses does too", async () => {
		await start([
			{
				type: "BadgeClass",
				id: "https://openbadgefactory.example/v1/badge/_/XYZ.json?v=2.0",
				name: "Accueil",
				description: "Accueillir",
				criteria: "https://atelier.example/criteres",
				tags: ["accueil"],
				issuer: { name: "L'Atelier" },
			},
		]);
		const { data } = await ask('{ badgeClass(id: "atelier:XYZ") { name tags criteria { url } request { open } } }');
		expect(data.badgeClass).toEqual({
			name: "Accueil",
			tags: ["accueil"],
			criteria: { url: "https://atelier.example/criteres" },
			request: { open: false },
		});
	});

	it("with wrong entries gives the right ones, and says of each wrong one where it is and what is wrong", async () => {
		const { problems, report } = await start([
			achievement("bon", "Bon"),
			achievement("sans-nom", ""),
			{ type: ["Achievement"], id: "https://atelier.example/badges/incomplet", name: "Incomplet" },
			achievement("bon", "Encore bon"),
			achievement("faux", "Faux", { "extensions:requirement": { rule: "AT_LEAST", badges: ["pas un id"] } }),
			"texte",
		]);
		expect(report).toMatchObject({ added: 1 });
		expect(problems).toEqual([
			'Entry 2 (""): name: must not be empty',
			expect.stringMatching(/^Entry 3 \("Incomplet"\): description: .*; criteria: /),
			'Entry 4 ("Encore bon"): id: is that of Entry 1 ("Bon") too',
			expect.stringMatching(/^Entry 5 \("Faux"\): .*badges\.0: must be the id of a badge class/),
			expect.stringMatching(/^Entry 6: /),
		]);
		expect(await names()).toEqual(["Bon"]);
	});

	it("that is not JSON names the line, and what was there before is kept and served", async () => {
		await start([achievement("bon", "Bon")]);
		const { problems } = await start('[\n  { "id": "x",\n  oops }\n]');
		expect(problems).toEqual([expect.stringMatching(/badges\.json is not valid JSON, line 3, column 3/)]);
		expect(await names()).toEqual(["Bon"]);
	});

	it("read again changes only what changed in it: a rename made here since stays, an entry that has gone is removed", async () => {
		await start([achievement("a", "A"), achievement("b", "B"), achievement("c", "C")]);
		await ask('mutation { updateBadgeClass(id: "atelier:a", changes: { name: "A renommé" }) { __typename } }', {}, KEY);
		const { report } = await start([achievement("a", "A"), achievement("b", "B changé")]);
		expect(report).toEqual({ added: 0, changed: 1, removed: 1, unchanged: 1 });
		expect(await names()).toEqual(["A renommé", "B changé"]);
		const { data } = await ask("{ changes { changes { kind id } hasMore } }");
		expect(data.changes.changes.slice(-2)).toEqual([
			{ kind: "SAVED", id: "atelier:b" },
			{ kind: "REMOVED", id: "atelier:c" },
		]);
	});

	it("keeps the row of an entry that has become wrong", async () => {
		await start([achievement("a", "A"), achievement("b", "B")]);
		const { report } = await start([achievement("a", "A"), achievement("b", "")]);
		expect(report).toMatchObject({ removed: 0, unchanged: 1 });
		expect(await names()).toEqual(["A", "B"]);
	});
});

describe("an institute", () => {
	it("lets its manager change a badge class, and nobody else", async () => {
		await start([achievement("a", "A")]);
		const change =
			"mutation ($name: String!, $id: ID!) { updateBadgeClass(id: $id, changes: { name: $name }) { ... on BadgeClassUpdated { badgeClass { name } } ... on ChangeRefused { code field message } } }";
		for (const key of [undefined, "wrong key, wrong key"])
			expect((await ask(change, { id: "atelier:a", name: "B" }, key)).errors?.[0]?.extensions).toEqual({ code: "ROUTER_TOKEN_REQUIRED" });
		expect((await ask(change, { id: "atelier:none", name: "B" }, KEY)).data.updateBadgeClass).toMatchObject({
			code: "UNKNOWN_BADGE_CLASS",
			field: "id",
		});
		expect((await ask(change, { id: "atelier:a", name: "  " }, KEY)).data.updateBadgeClass).toMatchObject({
			code: "INVALID_FIELD",
			field: "changes.name",
		});
		expect((await ask(change, { id: "atelier:a", name: "B" }, KEY)).data.updateBadgeClass).toEqual({ badgeClass: { name: "B" } });
		expect(await names()).toEqual(["B"]);
	});

	it("tells subscribers of a change as it happens, and of those they missed", async () => {
		await start([achievement("a", "A"), achievement("b", "B")]);
		const client = createClient({ url: (running as RunningInstitute).url.replace("http", "ws"), webSocketImpl: WebSocket });
		const seen: string[] = [];
		client.subscribe<{ badgeClassChanged: { badgeClass: { name: string } } }>(
			{ query: 'subscription { badgeClassChanged(since: "1") { badgeClass { name } } }' },
			{
				next: ({ data }) => void seen.push(data?.badgeClassChanged.badgeClass.name ?? ""),
				error: () => undefined,
				complete: () => undefined,
			},
		);
		await until("the change after position 1", () => seen.length === 1);
		await ask('mutation { updateBadgeClass(id: "atelier:a", changes: { name: "A neuf" }) { __typename } }', {}, KEY);
		await until("the rename", () => seen.length === 2);
		expect(seen).toEqual(["B", "A neuf"]);
		await client.dispose();
	});

	it("pages in the contract's orders, both ways, and counts under a filter", async () => {
		await start(
			["Zinc", "été", "Eau", "œuvre", "Abc"].map((name, index) =>
				achievement(`b${index}`, name, { tag: index % 2 ? ["x"] : [], "extensions:dates": { created: `2025-0${index + 1}-01T00:00:00Z` } }),
			),
		);
		expect(await names()).toEqual(["Abc", "Eau", "été", "œuvre", "Zinc"]);
		const { data } = await ask(
			'{ a: badgeClasses(first: 2, orderBy: CREATED) { nodes { name } pageInfo { hasNextPage endCursor } } b: badgeClasses(last: 2) { nodes { name } pageInfo { hasPreviousPage } } c: badgeClassCount(filter: { tag: "x" }) d: badgeClasses(filter: { institutes: ["other"] }) { totalCount } }',
		);
		expect(data.a.nodes.map(({ name }: { name: string }) => name)).toEqual(["Abc", "œuvre"]);
		expect(data.b).toEqual({ nodes: [{ name: "œuvre" }, { name: "Zinc" }], pageInfo: { hasPreviousPage: true } });
		expect([data.c, data.d.totalCount]).toEqual([2, 0]);
	});

	it("answers wrong arguments with the field and the mend, and goes on", async () => {
		await start([achievement("a", "A")]);
		for (const [query, field] of [
			["{ badgeClasses(first: 101) { totalCount } }", "first"],
			["{ badgeClasses(first: 1, last: 1) { totalCount } }", "last"],
			['{ badgeClasses(after: "") { totalCount } }', "after"],
			['{ changes(since: "x") { hasMore } }', "since"],
		] as const) {
			expect((await ask(query)).errors?.[0]).toMatchObject({
				message: expect.stringContaining(field),
				extensions: { code: "BAD_USER_INPUT", field },
			});
		}
		expect(await names()).toEqual(["A"]);
	});

	it("refuses a request that goes round in circles through its own types", async () => {
		await start([achievement("a", "A")]);
		const deep = `{ badgeClasses { nodes { ${"institute { issuers { ".repeat(12)}name${" } }".repeat(12)} } } }`;
		expect((await ask(deep)).errors?.[0]).toMatchObject({ message: expect.stringMatching(/depth is 27; at most 20/) });
	});

	it("serves the images of its folder and nothing else", async () => {
		await start([]);
		writeFileSync(path.join(folder, "a.svg"), "<svg/>");
		const status = async (file: string) => (await fetch(`${running?.origin}/files/${file}`)).status;
		expect(await status("a.svg")).toBe(200);
		expect(await status("badges.json")).toBe(404);
		expect(await status("..%2f..%2fetc%2fpasswd")).toBe(404);
		expect(await status("%2e%2e/x.svg")).toBe(404);
	});
});
