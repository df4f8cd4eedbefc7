import type { DataSource } from "typeorm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openCatalogueDatabase } from "../../../subgraphs/catalogue/database.ts";
import { BadgeSearchOrder } from "../../../subgraphs/catalogue/search/badge-search.ts";
import { cursorWriter, readCursor } from "../../../subgraphs/catalogue/search/cursor.ts";
import { createNearWords } from "../../../subgraphs/catalogue/search/near-words.ts";
import { type Searcher, searchBadges } from "../../../subgraphs/catalogue/search/search.ts";
import { createStems } from "../../../subgraphs/catalogue/search/stems.ts";
import { storeThesaurus, type Thesaurus } from "../../../subgraphs/catalogue/search/thesaurus.ts";
import type { DatabaseAddress } from "../../../subgraphs/kit/database-address.ts";
import { loadBadges } from "../../eval/search/load-catalogue.ts";
import { freshSchemas } from "../../kit/database.ts";

let database: DataSource;
let searcher: Searcher;

const job = (code: string, label: string, asked: readonly string[], definition: string): Thesaurus["jobs"][number] => ({
	code,
	label,
	domain: "Domaine",
	appellations: [label],
	definition,
	access: null,
	competencies: asked.map((one) => ({ code: one, core: true })),
});
const competency = (code: string, label: string) => ({ code, label, definition: null, isSoftSkill: false });
const KITCHEN = job("K1", "Cuisinier", ["1", "2", "5"], "Mitonne des sauces.\nDresse les assiettes et sert la brigade.");
const BUILDING = job("B1", "Maçon", ["3", "4"], "Gâche le mortier.\nElève des cloisons sur un chantier.");
const competencies = [
	competency("1", "Préparer des sauces"),
	competency("2", "Dresser une assiette"),
	competency("3", "Monter un mur"),
	competency("4", "Préparer du mortier"),
	competency("5", "Éplucher des légumes"),
];
const badge = (id: string, title: string, description: string) => ({ id, title, description, issuer: "École" });

beforeAll(async () => {
	database = await openCatalogueDatabase((await freshSchemas(["catalogue"])).get("catalogue") as DatabaseAddress);
	searcher = { database, stems: createStems(), nearWords: createNearWords() };
	await storeThesaurus(database, searcher.stems, { jobs: [KITCHEN, BUILDING], competencies });
	await loadBadges(database, searcher.stems, [
		badge("assiette", "Dressage d'une assiette", "Dispose les sauces avec goût."),
		badge("mur", "Montage d'un mur", "Pose le mortier et les parpaings d'un chantier."),
		badge("autre", "Écoute", "Laisse parler."),
	]);
}, 60_000);

afterAll(() => database.destroy());

const found = async (query: string) => (await searchBadges(searcher, { query, first: 10 })).edges.map(({ node }) => node.id);

describe("a search by meaning", () => {
	test("finds badges by words that only the description of a job has", async () => {
		expect(await found("mitonner")).toEqual(["assiette"]);
		expect(await found("cloisons")).toEqual(["mur"]);
	});

	test("of a word with a typing error takes the meaning of the word that was meant", async () => {
		expect(await found("épluhcer")).toEqual(["assiette"]);
	});

	test("is of the thesaurus as it is now", async () => {
		expect(await found("gâcher")).toEqual(["mur"]);
		await storeThesaurus(database, searcher.stems, {
			jobs: [
				{ ...KITCHEN, definition: "Gâche le plâtre, par métaphore." },
				{ ...BUILDING, definition: null },
			],
			competencies,
		});
		expect(await found("gâcher")).toEqual(["assiette"]);
	});

	test("knows words of work without any thesaurus", async () => {
		await database.query(`DELETE FROM "thesaurus_label"`);
		await database.query(`DELETE FROM "thesaurus_concept"`);
		await database.query(`DELETE FROM "thesaurus_version"`);
		// « AVS » is help at home; « mal entendre » and the like are ways to say that one listens.
		await loadBadges(database, searcher.stems, [badge("tms", "Gestes et postures", "Porte sans se faire mal.")]);
		expect(await found("mal de dos")).toContain("tms");
	});
});

describe("the cursor of such a search", () => {
	test("holds its plan whole, also where one word has nearly all the weight", () => {
		const plan = {
			mode: "WIDE" as const,
			folded: "mitonner",
			terms: [],
			expansions: [{ lexeme: "~sauc", weight: 1.5 }],
			meaning: Int8Array.from({ length: 128 }, (_, index) => index - 64),
		};
		const cursor = cursorWriter(plan, BadgeSearchOrder.BEST)({ score: 12, nameCursor: "a" });
		expect(readCursor(cursor)).toEqual({ plan, score: 12, nameCursor: "a", order: BadgeSearchOrder.BEST });
	});

	test("is refused with a meaning of another length", () => {
		const plan = { mode: "WIDE" as const, folded: "x", terms: [], expansions: [], meaning: new Int8Array(3) };
		const cursor = cursorWriter(plan, BadgeSearchOrder.BEST)({ score: 1, nameCursor: "a" });
		expect(() => readCursor(cursor)).toThrow(/not a cursor of this list/);
	});
});
