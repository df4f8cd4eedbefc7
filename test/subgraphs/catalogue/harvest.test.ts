import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCatalogue } from "../../../subgraphs/catalogue/server.ts";
import { standInAddress } from "../../../subgraphs/catalogue/stand-in/address.ts";
import { admitMember, removeMember, suspendMember } from "../../../subgraphs/network/directory-service.ts";
import { until } from "../../kit/until.ts";
import { type FakeMember, startFakeMember } from "../network/fake-member.ts";
import { ask, log, MANAGEMENT_KEY } from "../network/test-hub.ts";
import { startTestRegion, type TestRegion } from "./test-region.ts";
import { toldBadge } from "./told-badge.ts";

let region: TestRegion;

beforeAll(async () => {
	region = await startTestRegion(["emfor-bfc", "ecole-itinerante", "precision-haut-jura"]);
});

afterAll(() => region.stop());

const catalogue = (query: string, variables = {}) => ask(region.catalogue.url, query, variables);
const found = async (query: string) =>
	(
		await catalogue("query ($query: String) { searchBadges(query: $query) { edges { node { id name } } } }", { query })
	).data.searchBadges.edges.map(({ node }: { node: { name: string } }) => node.name) as string[];
const harvestOf = async (slug: string) =>
	(await catalogue("{ harvests { instituteSlug badgeClasses heardAt refused problem } }")).data.harvests.find(
		({ instituteSlug }: { instituteSlug: string }) => instituteSlug === slug,
	);
const entity = async (id: string) =>
	(
		await catalogue(
			"query ($of: [_Any!]!) { _entities(representations: $of) { ... on BadgeClass { requires { id known name badgeClass { id } } requiredBy { id name } } } }",
			{ of: [{ __typename: "BadgeClass", id }] },
		)
	).data._entities[0];

describe("the harvest", () => {
	test("shows a rename in the search within a second", async () => {
		const institute = region.institutes.get("emfor-bfc");
		const rename = (name: string) =>
			ask(
				institute?.url as string,
				`mutation { updateBadgeClass(id: "emfor-bfc:la-singularite-une-richesse-a-explorer", changes: { name: "${name}" }) { __typename } }`,
				{},
				{ authorization: `Bearer ${MANAGEMENT_KEY}` },
			);
		expect((await rename("Kaléidoscope des singularités")).data.updateBadgeClass.__typename).toBe("BadgeClassUpdated");
		await until("the new name to be found", async () => (await found("kaleidoscope")).includes("Kaléidoscope des singularités"));
		await rename("La singularité : une richesse à explorer");
		await until("the old name to be back", async () => (await found("kaleidoscope")).length === 0);
	});

	test("finds badges by the name of their institute, also when the network gives it another", async () => {
		const { url } = region.institutes.get("emfor-bfc") as { url: string };
		const admit = (name: string) =>
			region.register.transaction((manager) => admitMember(manager, { slug: "emfor-bfc", name, endpoint: url }));
		await admit("Zygomatique et compagnie");
		await until("its ten badges", async () => (await found("zygomatique")).length === 10);
		await admit("EmFor Bourgogne-Franche-Comté");
		await until("no badge", async () => (await found("zygomatique")).length === 0);
	});

	test("says how fresh it is, member by member", async () => {
		expect(await harvestOf("precision-haut-jura")).toEqual({
			instituteSlug: "precision-haut-jura",
			badgeClasses: 14,
			heardAt: expect.any(String),
			refused: [],
			problem: null,
		});
		const { data } = await catalogue(
			`query ($of: [_Any!]!) { _entities(representations: $of) { ... on Institute { harvest { badgeClasses } } } }`,
			{ of: ["emfor-bfc", "nobody", "\u0000"].map((slug) => ({ __typename: "Institute", slug })) },
		);
		expect(data._entities).toEqual([{ harvest: { badgeClasses: 10 } }, { harvest: null }, { harvest: null }]);
	});

	test("keeps what it has of a member that does not answer, and says so", async () => {
		const institute = await region.hub.institute("relais-nievre");
		await region.register.transaction((manager) =>
			admitMember(manager, { slug: "relais-nievre", name: "Relais Nièvre", endpoint: institute.url, departements: ["58"] }),
		);
		await until("its badges", async () => (await harvestOf("relais-nievre"))?.badgeClasses === 14);
		await region.hub.stopInstitute(institute);
		await until("the problem", async () => (await harvestOf("relais-nievre")).problem === "nothing answers there");
		expect((await harvestOf("relais-nievre")).badgeClasses).toBe(14);
	});

	test("forgets a member that is suspended or leaves, and has it again when it comes back", async () => {
		const { url } = region.institutes.get("precision-haut-jura") as { url: string };
		const admit = () =>
			region.register.transaction((manager) =>
				admitMember(manager, { slug: "precision-haut-jura", name: "Précision Haut-Jura", endpoint: url }),
			);
		for (const end of [suspendMember, removeMember]) {
			await region.register.transaction((manager) => end(manager, "precision-haut-jura"));
			await until("the member to be forgotten", async () => (await harvestOf("precision-haut-jura")) === undefined, 2000);
			expect(
				(await catalogue(`{ searchBadges(filter: { institutes: ["precision-haut-jura"] }) { totalCount } }`)).data.searchBadges.totalCount,
			).toBe(0);
			await admit();
			await until("its badges to be back", async () => (await harvestOf("precision-haut-jura"))?.badgeClasses === 14);
		}
	});

	test("forgets at its start a member that left while it was away", async () => {
		const { url } = region.institutes.get("precision-haut-jura") as { url: string };
		await region.catalogue.stop();
		await region.register.transaction((manager) => suspendMember(manager, "precision-haut-jura"));
		region.catalogue = await startCatalogue({
			database: region.hub.catalogue,
			directoryUrl: region.network.url,
			port: 0,
			host: "127.0.0.1",
			access: { publicReads: true },
			log,
		});
		await until("the member to be forgotten", async () => (await harvestOf("precision-haut-jura")) === undefined);
		expect((await harvestOf("emfor-bfc")).badgeClasses).toBe(10);
		await region.register.transaction((manager) =>
			admitMember(manager, { slug: "precision-haut-jura", name: "Précision Haut-Jura", endpoint: url }),
		);
		await until("its badges to be back", async () => (await harvestOf("precision-haut-jura"))?.badgeClasses === 14);
	});
});

describe("the stand-in", () => {
	test("answers whatever the contract asks, as the institute itself does", async () => {
		const slug = "ecole-itinerante";
		const { url } = region.institutes.get(slug) as { url: string };
		const standIn = standInAddress(region.catalogue.url, slug).href;
		const badge = `id iri name description image criteria { narrative url } tags language
			alignments { targetName targetUrl targetFramework targetCode targetDescription }
			issuer { id iri name description url email image institute { slug } } institute { slug name } status createdAt updatedAt
			request { open url } requirement { rule needed badgeClassIds parts { kind group badgeClassId } } exactMatches`;
		const { data } = await ask(url, "{ badgeClasses(first: 5) { edges { cursor } nodes { id tags issuer { id } } } }");
		const [first] = data.badgeClasses.nodes as { id: string; tags: string[]; issuer: { id: string } }[];
		const page = `{ totalCount edges { cursor node { ${badge} } } nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }`;
		const filters = [
			`issuer: "${first?.issuer.id}"`,
			`tag: "${first?.tags[0] ?? "none"}"`,
			"status: PUBLISHED",
			"status: RETIRED",
			'language: "fr"',
			"requestable: true",
			"metabadge: true",
			'institutes: ["emfor-bfc"]',
		];
		const questions: [string, Record<string, unknown>?][] = [
			[
				`{ institute(slug: "${slug}") { slug name description website email logo issuers { id iri name description url email image } } institutes { slug name } }`,
			],
			[
				`{ badgeClass(id: "${first?.id}") { ${badge} } none: badgeClass(id: "${slug}:none") { id } issuer(id: "${first?.issuer.id}") { name institute { slug } } }`,
			],
			...["NAME", "CREATED", "UPDATED"].flatMap((order): [string][] => [
				[`{ badgeClasses(first: 100, orderBy: ${order}) ${page} }`],
				[`{ badgeClasses(last: 3, orderBy: ${order}) ${page} }`],
			]),
			[`{ badgeClasses(first: 2, after: ${JSON.stringify(data.badgeClasses.edges[1].cursor)}) ${page} }`],
			[`{ badgeClasses(last: 2, before: ${JSON.stringify(data.badgeClasses.edges[3].cursor)}) ${page} }`],
			...filters.map((filter): [string] => [`{ badgeClasses(filter: { ${filter} }) ${page} badgeClassCount(filter: { ${filter} }) }`]),
			["{ badgeClasses(first: 101) { totalCount } }"],
			[
				`query ($of: [_Any!]!) { _entities(representations: $of) { __typename ... on BadgeClass { ${badge} } ... on Issuer { name } ... on Institute { name } } }`,
				{
					of: [
						{ __typename: "BadgeClass", id: first?.id },
						{ __typename: "BadgeClass", id: "emfor-bfc:super-accompagnateur" },
						{ __typename: "Issuer", id: first?.issuer.id },
						{ __typename: "Institute", slug },
						{ __typename: "Institute", slug: "emfor-bfc" },
					],
				},
			],
		];
		for (const [question, variables] of questions) {
			const [own, kept] = await Promise.all([ask(url, question, variables), ask(standIn, question, variables)]);
			expect(kept.data, question).toEqual(own.data ?? null);
			expect(kept.errors?.map(({ message }) => message)).toEqual(own.errors?.map(({ message }) => message));
		}
		const { heardAt } = await harvestOf(slug);
		expect(
			(
				await (
					await fetch(standIn, { method: "POST", headers: { "content-type": "application/json" }, body: '{"query":"{ badgeClassCount }"}' })
				).json()
			).extensions.asOf,
		).toBe(heardAt);
	});
});

describe("pathways over institutes", () => {
	test("lead to a metabadge level by level", async () => {
		const { data } = await catalogue(
			`{ pathway(badgeClassId: "ecole-itinerante:accompagnateur-confirme-de-parcours") { badgeClassId name nodes { id name level needed outOf instituteSlug instituteName badgeClass { id } } edges { from to } } }`,
		);
		const levels = data.pathway.nodes.map(
			({ id, level, needed, outOf }: { id: string; level: number; needed: number; outOf: number }) => `${level} ${id} ${needed}/${outOf}`,
		);
		expect(levels).toEqual([
			"0 ecole-itinerante:accompagnateur-confirme-de-parcours 3/3",
			"1 ecole-itinerante:evaluer-avec-bienveillance-et-exigence 0/0",
			"1 ecole-itinerante:mener-un-entretien-d-accompagnement 0/0",
			"1 emfor-bfc:super-accompagnateur 2/3",
			"2 emfor-bfc:decodeur-de-l-environnement-efop 0/0",
			"2 emfor-bfc:la-singularite-une-richesse-a-explorer 0/0",
			"2 ecole-itinerante:tutorer-un-apprenant-en-situation-de-travail 0/0",
		]);
		expect(data.pathway.edges).toHaveLength(6);
		expect(data.pathway.edges).toContainEqual({
			from: "emfor-bfc:super-accompagnateur",
			to: "ecole-itinerante:accompagnateur-confirme-de-parcours",
		});
		const none = await catalogue(
			`{ unknown: pathway(badgeClassId: "emfor-bfc:nothing") { name } broken: pathway(badgeClassId: "\\u0000") { name } metabadges { name } }`,
		);
		expect(none.data).toMatchObject({ unknown: null, broken: null });
		expect(none.data.metabadges.map(({ name }: { name: string }) => name)).toContain("Super accompagnateur");
	});

	test("name what a badge requires and feeds, across institutes, also what nobody knows", async () => {
		expect((await entity("emfor-bfc:super-accompagnateur")).requires).toEqual([
			{
				id: "emfor-bfc:decodeur-de-l-environnement-efop",
				known: true,
				name: expect.any(String),
				badgeClass: { id: "emfor-bfc:decodeur-de-l-environnement-efop" },
			},
			{
				id: "emfor-bfc:la-singularite-une-richesse-a-explorer",
				known: true,
				name: "La singularité : une richesse à explorer",
				badgeClass: expect.anything(),
			},
			{
				id: "ecole-itinerante:tutorer-un-apprenant-en-situation-de-travail",
				known: true,
				name: "Tutorer un apprenant en situation de travail",
				badgeClass: expect.anything(),
			},
		]);
		expect((await entity("ecole-itinerante:tutorer-un-apprenant-en-situation-de-travail")).requiredBy).toEqual([
			{ id: "emfor-bfc:super-accompagnateur", name: "Super accompagnateur" },
		]);
		const { requires } = await entity("ecole-itinerante:accompagnateur-confirme-de-parcours");
		expect(requires).toHaveLength(3);
		expect(await entity("emfor-bfc:decodeur-de-l-environnement-efop")).toMatchObject({ requires: [] });
	});
});

describe("a member that lies", () => {
	/** A row as the contract wants it. */
	const row = (id: string, changes: Record<string, unknown> = {}) => toldBadge("menteur", id, changes);
	const requires = (...badgeClassIds: string[]) => ({ requirement: { rule: "ALL", needed: badgeClassIds.length, badgeClassIds } });
	let liar: FakeMember;
	let history: { id: string; badgeClass: unknown }[] = [];
	let odd: unknown;

	beforeAll(async () => {
		liar = await startFakeMember((query, { since }) => {
			if (odd !== undefined) return odd;
			if (query.includes("institute(")) {
				const issuers = ["menteur", "emfor-bfc"].map((slug) => ({ id: `${slug}:emetteur`, name: `Émetteur de ${slug}` }));
				return { data: { institute: { slug: "menteur", name: "Menteur se dit", website: null, issuers } } };
			}
			const from = Number(since ?? 0);
			const changes = history.slice(from, from + 2).map(({ id, badgeClass }) => ({ kind: "SAVED", id, badgeClass }));
			expect(query).toContain("changes");
			return {
				data: {
					badgeClassCount: new Set(history.filter(({ badgeClass }) => badgeClass !== null).map(({ id }) => id)).size,
					changes: { changes, position: String(from + changes.length), hasMore: from + changes.length < history.length },
				},
			};
		});
	});

	afterAll(() => liar.stop());

	/** Admits it with a history of its own; the catalogue starts with a short interval, as the liar announces nothing. */
	async function harvestLiar(rows: typeof history): Promise<void> {
		history = rows;
		await region.catalogue.stop();
		region.catalogue = await startCatalogue({
			database: region.hub.catalogue,
			directoryUrl: region.network.url,
			port: 0,
			host: "127.0.0.1",
			access: { publicReads: true },
			safetyInterval: 50,
			log,
		});
		await region.register.transaction((manager) => admitMember(manager, { slug: "menteur", name: "Le Menteur", endpoint: liar.url }));
		await until("the liar to be heard", async () => (await harvestOf("menteur"))?.heardAt);
	}

	test("has the rows refused that are wrong, each with its reason, and the rest kept", async () => {
		await harvestLiar([
			{ id: "menteur:bon", badgeClass: row("menteur:bon", { name: "Zèbre\u0000 honnête" }) },
			{ id: "emfor-bfc:super-accompagnateur", badgeClass: row("emfor-bfc:super-accompagnateur") },
			{ id: "menteur:autre", badgeClass: row("emfor-bfc:autre") },
			{ id: "menteur:long", badgeClass: row("menteur:long", { description: "x".repeat(50_001) }) },
			{ id: "menteur:forme", badgeClass: row("menteur:forme", { tags: "pas une liste" }) },
			{ id: "pas un id", badgeClass: row("pas un id") },
			{ id: "menteur:emetteur", badgeClass: row("menteur:emetteur", { issuer: { id: "emfor-bfc:issuer", name: "EmFor" } }) },
			{ id: "menteur:aussi-bon", badgeClass: row("menteur:aussi-bon") },
			{ id: "menteur:parti", badgeClass: null },
		]);
		const harvest = await until("everything to be read", async () => {
			const state = await harvestOf("menteur");
			return state.badgeClasses === 2 && state;
		});
		expect(harvest.refused).toEqual([
			"emfor-bfc:super-accompagnateur: does not belong to menteur",
			"menteur:autre: is sent as emfor-bfc:autre",
			"menteur:emetteur: its issuer emfor-bfc:issuer does not belong to menteur",
			"menteur:forme: tags Invalid input: expected array, received string",
			"menteur:long: description is longer than 50000 characters",
			"pas un id: is not an id of a badge class",
		]);
		expect(await found("zebre")).toEqual(["Zèbre  honnête"]);
		expect(await found("super accompagnateur")).toContain("Super accompagnateur");
		const standIn = standInAddress(region.catalogue.url, "menteur").href;
		const presented = await until("its presentation to be kept", async () => {
			const { institute } = (await ask(standIn, '{ institute(slug: "menteur") { name issuers { id } } }')).data;
			return institute.name === "Menteur se dit" && institute;
		});
		expect(presented.issuers.map(({ id }: { id: string }) => id).filter((id: string) => !id.startsWith("menteur:"))).toEqual([]);
	});

	test("cannot close a cycle: the row is kept, the requirement is not, until the cycle is gone", async () => {
		await harvestLiar([
			...history,
			{ id: "menteur:a", badgeClass: row("menteur:a", requires("menteur:b", "menteur:nulle-part")) },
			{ id: "menteur:b", badgeClass: row("menteur:b", requires("menteur:c")) },
			{ id: "menteur:c", badgeClass: row("menteur:c", requires("menteur:a", "menteur:c")) },
		]);
		const harvest = await until("the cycle to be refused", async () => {
			const state = await harvestOf("menteur");
			return state.refused.length === 8 && state;
		});
		expect(harvest.refused).toContain("menteur:c: its requirement closes a cycle: menteur:c → menteur:a → menteur:b → menteur:c");
		expect(harvest.refused).toContain("menteur:c: its requirement closes a cycle: menteur:c → menteur:c");
		expect((await entity("menteur:c")).requires).toEqual([]);
		expect((await entity("menteur:a")).requires.map(({ id, known }: { id: string; known: boolean }) => [id, known])).toEqual([
			["menteur:b", true],
			["menteur:nulle-part", false],
		]);

		history = [...history, { id: "menteur:b", badgeClass: row("menteur:b") }];
		await until("the requirement to be in force", async () => (await entity("menteur:c")).requires.length === 1);
	});

	test("that was set up anew, with a shorter history, is read again from its beginning", async () => {
		history = [{ id: "menteur:neuf", badgeClass: row("menteur:neuf") }];
		await until("the new row alone", async () => (await found("neuf")).length === 1 && (await harvestOf("menteur")).badgeClasses === 1);
		expect((await harvestOf("menteur")).refused).toEqual([]);
	});

	test.each([
		["garbage", "<html>", /does not speak GraphQL/],
		["errors", { errors: [{ message: "Non." }], data: null }, /answered with an error: Non\./],
		[
			"another shape",
			{ data: { badgeClassCount: 1, changes: { changes: "rien", position: "1", hasMore: false } } },
			/history is not as the contract says/,
		],
		[
			"a history that stands still",
			{ data: { badgeClassCount: 1, changes: { changes: [], position: "1", hasMore: true } } },
			/does not advance/,
		],
		["too much", `{"data":{"x":"${"y".repeat(17 * 1024 * 1024)}"}}`, /larger than 16384 kB/],
	])("or sends %s, is said to be unreadable, and keeps what it had", async (_name, answer, problem) => {
		odd = answer;
		const state = await until("the problem", async () => {
			const harvest = await harvestOf("menteur");
			return problem.test(harvest.problem ?? "") && harvest;
		});
		expect(state.badgeClasses).toBe(1);
		odd = undefined;
	});
});
