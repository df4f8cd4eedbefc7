import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { DataSource } from "typeorm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RawAlignment } from "../../../subgraphs/competences/alignment-clues.ts";
import { subjectOf } from "../../../subgraphs/competences/curation/mapping.ts";
import { openCompetencesDatabase } from "../../../subgraphs/competences/database.ts";
import { importRome } from "../../../subgraphs/competences/import/import-rome.ts";
import { importReference, REFERENCE_IMPORTS } from "../../../subgraphs/competences/import/reference-imports.ts";
import { findArchive } from "../../../subgraphs/competences/import/rome-archive.ts";
import { loadReferential } from "../../../subgraphs/competences/load-referential.ts";
import { type Understanding, understandAlignments } from "../../../subgraphs/competences/understand-alignments.ts";
import type { DatabaseAddress } from "../../../subgraphs/kit/database-address.ts";
import { UPDATE_TABLES } from "../../kit/config.ts";
import { freshSchemas } from "../../kit/database.ts";
import { sharedData } from "../../kit/shared-data.ts";

/**
 * What each alignment became, and why, is in tables beside this file. `UPDATE_TABLES=yes` writes them anew: read the
 * difference before keeping it.
 */
const FRENCH = path.join(import.meta.dirname, "french-alignments.tsv");
const COLLECTED = path.join(import.meta.dirname, "collected-alignments.tsv");

const competences = async () => openCompetencesDatabase((await freshSchemas(["competences"])).get("competences") as DatabaseAddress, 2);

function outcome({ meaning, provenance, confidence, reason }: Understanding): string[] {
	return [meaning ? `${meaning.scheme} ${meaning.code} ${meaning.label}` : "", provenance ?? "", confidence.toFixed(2), reason];
}

/** Compares a table with the one that is kept, line by line. */
function expectTable(file: string, header: readonly string[], rows: readonly (readonly string[])[]): void {
	const lines = [header, ...rows].map((row) => row.join("\t"));
	if (UPDATE_TABLES) writeFileSync(file, `${lines.join("\n")}\n`);
	expect(lines).toEqual(readFileSync(file, "utf8").trimEnd().split("\n"));
}

const raw = (changes: Partial<RawAlignment>): RawAlignment => ({
	targetName: "?",
	targetUrl: null,
	targetFramework: null,
	targetCode: null,
	targetDescription: null,
	...changes,
});

describe("alignments as French issuers write them", () => {
	let database: DataSource;
	const understand = async (...alignments: Partial<RawAlignment>[]) => understandAlignments(database.manager, alignments.map(raw));

	beforeAll(async () => {
		database = await competences();
		await database.transaction((manager) => loadReferential(manager));
	});
	afterAll(() => database.destroy());

	it("become what the table says, for the reason that it says", async () => {
		const [header = "", ...lines] = readFileSync(FRENCH, "utf8").trimEnd().split("\n");
		const given = lines.map((line) => line.split("\t").slice(0, 4));
		expect(given).toHaveLength(20);
		const or = (text: string | undefined) => (text ? text : null);
		const understood = await understand(
			...given.map(([code, url, framework, name]) => ({
				targetCode: or(code),
				targetUrl: or(url),
				targetFramework: or(framework),
				targetName: name ?? "",
			})),
		);
		expectTable(
			FRENCH,
			header.split("\t"),
			given.map((cells, index) => [...cells, ...outcome(understood[index] as Understanding)]),
		);
	});

	it("are understood one by one as all together, and whatever they hold", async () => {
		const hostile = [
			"",
			"\0",
			"%",
			"\\",
			"'; DROP TABLE job; --",
			"🏅".repeat(300),
			"\u202eK1801",
			"x".repeat(1000),
			"://K1801",
			"http://[",
			"K1801".repeat(100),
		];
		const alignments = hostile.flatMap((text) => [
			{ targetCode: text },
			{ targetUrl: text },
			{ targetFramework: text, targetCode: "K1801" },
			{ targetName: text },
		]);
		const together = await understand(...alignments.map((one) => JSON.parse(JSON.stringify(one).replaceAll("\\u0000", " "))));
		expect(together).toHaveLength(alignments.length);
		expect((await understand({ targetCode: "K1801" }))[0]).toEqual(
			(await understand({ targetName: "Poésie" }, { targetCode: "K1801" }))[1],
		);
	});

	it("keep their raw form apart by what they hold, not by how it is typed", () => {
		const one = subjectOf({ raw: raw({ targetName: "Être à l’écoute", targetCode: "k1801", targetUrl: "https://example.org/a/" }) });
		expect(subjectOf({ raw: raw({ targetName: "etre a l'ecoute", targetCode: " K1801", targetUrl: "http://example.org/a" }) })).toBe(one);
		expect(subjectOf({ raw: raw({ targetName: "etre a l'ecoute", targetCode: "K1802", targetUrl: "http://example.org/a" }) })).not.toBe(
			one,
		);
	});
});

const credentials = sharedData("credentials", "Alignments collected from real credentials");
const rome = sharedData("rome", "Alignments against the whole of ROME");
const esco = sharedData("esco", "Alignments against ESCO");

describe.skipIf(!credentials || !rome || !esco)("alignments collected from real credentials", () => {
	it("become what the table says, against the whole of ROME and ESCO", { timeout: 180_000 }, async () => {
		const database = await competences();
		try {
			await importRome(database, findArchive(rome as string));
			await importReference(database, REFERENCE_IMPORTS.esco, esco as string, { beside: rome });
			await importReference(database, REFERENCE_IMPORTS.regional, rome as string);
			const collected = collectAlignments(credentials as string);
			expect(collected.length).toBeGreaterThan(100);
			const counts = new Map<string, { raw: RawAlignment; count: number }>();
			for (const one of collected) {
				const key = subjectOf({ raw: one });
				counts.set(key, { raw: one, count: (counts.get(key)?.count ?? 0) + 1 });
			}
			const subjects = [...counts].sort(([left], [right]) => (hash(left) < hash(right) ? -1 : 1));
			const understood = await understandAlignments(
				database.manager,
				subjects.map(([, { raw: one }]) => one),
			);
			expectTable(
				COLLECTED,
				["sha256", "times", "meaning", "provenance", "confidence", "reason"],
				subjects.map(([subject, { count }], index) => [hash(subject), String(count), ...outcome(understood[index] as Understanding)]),
			);
			// The regional referentials are understood by their own names.
			const [own] = await understandAlignments(database.manager, [
				raw({ targetFramework: "La Normandie badge les compétences", targetCode: "norm-01", targetName: "Organiser" }),
			]);
			expect(own).toMatchObject({
				meaning: { code: "NORM-01" },
				provenance: "EXACT_CODE",
				rome: [{ scheme: "COMPETENCY", code: "300483" }],
			});
			const [concept] = await understandAlignments(database.manager, [
				raw({ targetUrl: "http://data.europa.eu/esco/skill/415cb0c2-e169-4f99-ba3e-d1c433b75368", targetName: "x" }),
			]);
			expect(concept).toMatchObject({ meaning: { scheme: "ESCO" }, provenance: "URL", rome: [{ scheme: "COMPETENCY", code: "105767" }] });
		} finally {
			await database.destroy();
		}
	});
});

/** Enough to tell alignments apart, and nothing of what they hold. */
function hash(text: string): string {
	return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

/** Every alignment in the JSON files of a folder, contexts and schemas apart: of Open Badges 2.0 and 3.0, and their first form. */
function collectAlignments(folder: string): RawAlignment[] {
	const found: RawAlignment[] = [];
	const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
		(entry) => entry.isFile() && /\.json(ld)?$/.test(entry.name),
	);
	for (const { parentPath, name } of files.sort((left, right) =>
		path.join(left.parentPath, left.name) < path.join(right.parentPath, right.name) ? -1 : 1,
	)) {
		if (path.relative(folder, parentPath).startsWith("_")) continue;
		try {
			walk(JSON.parse(readFileSync(path.join(parentPath, name), "utf8")));
		} catch (error) {
			// Some are broken on purpose.
			if (!(error instanceof SyntaxError)) throw error;
		}
	}
	return found;

	function walk(value: unknown): void {
		if (Array.isArray(value)) for (const one of value) walk(one);
		if (typeof value !== "object" || value === null || Array.isArray(value)) return;
		const record = value as Record<string, unknown>;
		for (const [key, inner] of Object.entries(record)) {
			if (key === "alignment" || key === "alignments") for (const one of [inner].flat()) take(one);
			walk(inner);
		}
	}

	function take(value: unknown): void {
		if (typeof value !== "object" || value === null) return;
		const record = value as Record<string, unknown>;
		const text = (...keys: string[]) => keys.map((key) => record[key]).find((one): one is string => typeof one === "string") ?? null;
		found.push(
			raw({
				targetName: text("targetName", "name") ?? "",
				targetUrl: text("targetUrl", "url"),
				targetFramework: text("targetFramework", "framework"),
				targetCode: text("targetCode"),
			}),
		);
	}
}
