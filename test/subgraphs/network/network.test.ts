import path from "node:path";
import type { DataSource } from "typeorm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RunningServer } from "../../../subgraphs/kit/serve.ts";
import { openNetworkDatabase } from "../../../subgraphs/network/database.ts";
import { admitMember, removeMember, suspendMember } from "../../../subgraphs/network/directory-service.ts";
import { followDirectory } from "../../../subgraphs/network/follow-directory.ts";
import { recordRecognition, revokeRecognition } from "../../../subgraphs/network/recognition-service.ts";
import { readRegion } from "../../../subgraphs/network/region.ts";
import { seedRegion } from "../../../subgraphs/network/seed.ts";
import { startNetwork } from "../../../subgraphs/network/server.ts";
import { until } from "../../kit/until.ts";
import { ask, DEMONSTRATION, log, startTestHub, type TestHub } from "./test-hub.ts";

let hub: TestHub;
let network: RunningServer;
let register: DataSource;
const region = readRegion(path.join(DEMONSTRATION, "region.json"));
const endpoints = new Map(region.members.map(({ slug }) => [slug, `http://${slug}.example/graphql`]));

beforeAll(async () => {
	hub = await startTestHub();
	network = await startNetwork({ database: hub.network, port: 0, host: "127.0.0.1", access: { publicReads: true }, log });
	register = await openNetworkDatabase(hub.network);
	await seedRegion(register, region, endpoints);
});

afterAll(async () => {
	await register.destroy();
	await network.stop();
	await hub.stop();
});

describe("the register of members", () => {
	test("lists the members by name, whatever their accents", async () => {
		const { data } = await ask(network.url, "{ members { name status demonstration departements { name region } collectives { id } } }");
		expect(data.members).toHaveLength(14);
		const names = data.members.map(({ name }: { name: string }) => name);
		expect(names.indexOf("École itinérante de la médiation")).toBe(names.indexOf("EmFor Bourgogne-Franche-Comté") - 1);
		expect(data.members.find(({ name }: { name: string }) => name === "EmFor Bourgogne-Franche-Comté")).toMatchObject({
			status: "ADMITTED",
			demonstration: false,
			collectives: [{ id: "bravo-bfc" }],
		});
	});

	test("gives those of a collective and of a département", async () => {
		const { data } = await ask(
			network.url,
			`{ both: members(collective: "bravo-bfc", departement: "25") { slug } none: members(departement: "2A") { slug } collective(id: "bravo-bfc") { members { slug } } }`,
		);
		expect(data.both.map(({ slug }: { slug: string }) => slug)).toEqual(["emfor-bfc", "competences-doubs", "precision-haut-jura"]);
		expect(data.none).toEqual([]);
		expect(data.collective.members).toHaveLength(7);
		const { errors } = await ask(network.url, `{ members(departement: "99") { slug } }`);
		expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", field: "departement" });
	});

	test("says who recognises a badge class: its own recognitions and those of its institute, newest first", async () => {
		const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on BadgeClass { recognisedBy { scope since by { slug } badgeClassId } } } }`;
		const { data } = await ask(network.url, query, {
			of: [
				{ __typename: "BadgeClass", id: "instep-occitanie:organiser-sa-recherche-d-emploi" },
				{ __typename: "BadgeClass", id: "nobody:none" },
				{ __typename: "BadgeClass", id: "NOT AN ID" },
			],
		});
		const [organiser, unknown, broken] = data._entities;
		expect(organiser.recognisedBy.map(({ by, scope }: { by: { slug: string }; scope: string }) => `${by.slug} ${scope}`)).toEqual([
			"accueil-littoral BADGE_CLASS",
			"competences-doubs BADGE_CLASS",
			"ecole-itinerante INSTITUTE",
			"numerique-cevennes BADGE_CLASS",
		]);
		expect(unknown.recognisedBy).toEqual([]);
		expect(broken.recognisedBy).toEqual([]);
	});

	test("gives the register's entry of the institute of a badge class, and none of who is no member", async () => {
		const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on BadgeClass { membership { slug demonstration } } } }`;
		const ids = ["emfor-bfc:any", "batir-morvan:any", "nobody:none", "NOT AN ID"];
		const { data } = await ask(network.url, query, { of: ids.map((id) => ({ __typename: "BadgeClass", id })) });
		expect(data._entities.map(({ membership }: { membership: unknown }) => membership)).toEqual([
			{ slug: "emfor-bfc", demonstration: false },
			{ slug: "batir-morvan", demonstration: true },
			null,
			null,
		]);
	});

	test("a recognition is directed, recorded once, and gone when revoked, also after a restart", async () => {
		const of = (slug: string) =>
			ask(network.url, `{ member(slug: "${slug}") { recognises { member { slug } } recognisedBy { by { slug } } } }`).then(
				({ data }) => data.member,
			);
		const before = await of("vignes-et-terres");
		await register.transaction((manager) =>
			recordRecognition(manager, { by: "vignes-et-terres", subject: "batir-morvan", reason: "Des chantiers menés ensemble." }),
		);
		await register.transaction((manager) =>
			recordRecognition(manager, { by: "vignes-et-terres", subject: "batir-morvan", reason: "Encore." }),
		);
		expect((await of("vignes-et-terres")).recognises).toHaveLength(before.recognises.length + 1);
		expect((await of("vignes-et-terres")).recognisedBy).toEqual(before.recognisedBy);
		expect(await register.transaction((manager) => revokeRecognition(manager, "vignes-et-terres", "batir-morvan"))).toBe(true);
		expect(await of("vignes-et-terres")).toEqual(before);

		const [first] = region.recognitions as [(typeof region.recognitions)[number]];
		await register.transaction((manager) => revokeRecognition(manager, first.by, first.subject));
		await seedRegion(hub.network, region, endpoints);
		expect((await of(first.by)).recognises).not.toContainEqual({ member: { slug: first.subject } });
		const { data } = await ask(network.url, "{ recognitions { since } }");
		expect(data.recognitions).toHaveLength(region.recognitions.length - 1);
	});

	test.each([
		[{ by: "batir-morvan", subject: "batir-morvan", reason: "Nous." }, /cannot recognise itself/],
		[{ by: "batir-morvan", subject: "relais-nievre:", reason: "Oui." }, /is not an id of a badge class/],
		[{ by: "batir-morvan", subject: "nobody", reason: "Oui." }, /no admitted member "nobody"/],
		[{ by: "batir-morvan", subject: "relais-nievre", reason: " " }, /reason is empty/],
	])("refuses a recognition that makes no sense: %o", async (statement, problem) => {
		await expect(register.transaction((manager) => recordRecognition(manager, statement))).rejects.toThrow(problem);
	});
});

describe("the directory", () => {
	test("is followed: who is admitted, moves, is suspended or leaves is known at once", async () => {
		const directory = followDirectory({ url: network.url, log });
		await directory.ready;
		expect(directory.entries()).toHaveLength(14);
		const seen: number[] = [];
		directory.onChange((entries) => seen.push(entries.length));

		const admission = {
			slug: "nouveau",
			name: "Le Nouveau",
			endpoint: "http://nouveau.example/graphql",
			departements: ["2A"],
			collectives: ["bravo-bfc"],
		};
		await register.transaction((manager) => admitMember(manager, admission));
		const entry = await until("the new member", () => directory.entries().find(({ slug }) => slug === "nouveau"));
		expect(entry).toEqual({ ...admission, signedReads: false });

		await register.transaction((manager) =>
			admitMember(manager, { slug: "nouveau", name: "Le Nouveau", endpoint: "http://ailleurs.example/graphql", signedReads: true }),
		);
		await until(
			"the new address",
			() =>
				directory
					.entries()
					.some(
						({ endpoint, collectives, signedReads }) =>
							endpoint === "http://ailleurs.example/graphql" && collectives.length === 1 && signedReads,
					),
			1000,
		);
		await register.transaction((manager) => suspendMember(manager, "nouveau"));
		await until("the directory without the member", () => directory.entries().length === 14, 1000);
		await register.transaction((manager) => removeMember(manager, "nouveau"));
		expect((await ask(network.url, `{ member(slug: "nouveau") { status collectives { id } } }`)).data.member).toEqual({
			status: "LEFT",
			collectives: [],
		});
		expect(seen).toEqual([15, 15, 14]);
		await directory.stop();
	});

	test("keeps its last entries while the network is away, and goes on when it is back", async () => {
		const first = await startNetwork({ database: hub.network, port: 0, host: "127.0.0.1", access: { publicReads: true }, log });
		const directory = followDirectory({ url: first.url, log });
		await directory.ready;
		await first.stop();
		expect(directory.entries()).toHaveLength(14);
		await register.transaction((manager) => suspendMember(manager, "batir-morvan"));
		const again = await startNetwork({
			database: hub.network,
			port: Number(new URL(first.url).port),
			host: "127.0.0.1",
			access: { publicReads: true },
			log,
		});
		await until("the directory without the member", () => directory.entries().length === 13);
		await directory.stop();
		await again.stop();
	});

	test("a member that an operator suspended stays so when the demonstration starts again", async () => {
		await seedRegion(register, region, new Map([["batir-morvan", "http://127.0.0.1:1/graphql"]]));
		const { data } = await ask(network.url, `{ member(slug: "batir-morvan") { status recognises { id } } }`);
		expect(data.member).toEqual({ status: "SUSPENDED", recognises: [] });
	});

	test("stops at once, also before the network was ever reached", async () => {
		const directory = followDirectory({ url: "http://127.0.0.1:1/graphql", log });
		await directory.stop();
		await expect(directory.ready).rejects.toThrow("no longer followed");
	});
});
