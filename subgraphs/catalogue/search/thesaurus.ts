import { createHash } from "node:crypto";
import type { DataSource } from "typeorm";
import { lexemesOf, quoteLexeme } from "./lexemes.ts";
import { storeMeanings } from "./near-words.ts";
import type { Stems } from "./stems.ts";
import { compoundsOf, wordsOf } from "./words.ts";

/**
 * The thesaurus: the jobs and competencies of a referential, with every label of theirs, and which job asks for which
 * competency. A table of the catalogue's own: whoever has a referential gives it here (see follow-thesaurus.ts).
 */
export interface Thesaurus {
	jobs: readonly {
		code: string;
		label: string;
		domain: string;
		appellations: readonly string[];
		/** What it is and how one comes to it, in sentences; null where nothing is said. */
		definition: string | null;
		access: string | null;
		competencies: readonly { code: string; core: boolean }[];
	}[];
	competencies: readonly { code: string; label: string; definition: string | null; isSoftSkill: boolean }[];
}

/** What the referential calls its soft skills as a whole, in the languages of the pages. */
const SOFT_SKILLS = { code: "SOFT_SKILL", labels: ["Savoir-être professionnels", "Soft skills"] };

/** Replaces the thesaurus, in one transaction. Returns false, and writes nothing, when it is the one that is there. */
export async function storeThesaurus(database: DataSource, stems: Stems, thesaurus: Thesaurus): Promise<boolean> {
	const digest = createHash("sha256").update(JSON.stringify(thesaurus)).digest("hex");
	return database.transaction(async (manager) => {
		await manager.query("SELECT pg_advisory_xact_lock(hashtext('thesaurus'))");
		const [same] = await manager.query(`SELECT FROM "thesaurus_version" WHERE "digest" = $1`, [digest]);
		if (same) return false;
		await manager.query(`DELETE FROM "thesaurus_label"`);
		await manager.query(`DELETE FROM "thesaurus_concept"`);
		await manager.query(`DELETE FROM "thesaurus_version"`);
		const insert = async (table: string, columns: string, rows: readonly object[]) => {
			for (let first = 0; first < rows.length; first += PAGE)
				await manager.query(
					`INSERT INTO "${table}" SELECT ${columns} FROM json_populate_recordset(NULL::"${table}", $1) ON CONFLICT DO NOTHING`,
					[JSON.stringify(rows.slice(first, first + PAGE))],
				);
		};
		const jobs = thesaurus.jobs.map(({ code, label, domain }) => ({ code, kind: "JOB", label, domain }));
		const competencies = thesaurus.competencies.map(({ code, label }) => ({ code, kind: "COMPETENCY", label, domain: null }));
		const softSkills = thesaurus.competencies.filter(({ isSoftSkill }) => isSoftSkill);
		const category = { code: SOFT_SKILLS.code, kind: "CATEGORY", label: SOFT_SKILLS.labels[0], domain: null };
		await insert("thesaurus_concept", "*", [...jobs, ...competencies, category]);
		const labels = [
			...thesaurus.jobs.flatMap(({ code, label, appellations }) =>
				[...new Set([label, ...appellations])].map((one) => ({ code, label: one })),
			),
			...thesaurus.competencies.map(({ code, label }) => ({ code, label })),
			...SOFT_SKILLS.labels.map((label) => ({ code: SOFT_SKILLS.code, label })),
		];
		const texts = [
			...thesaurus.jobs.flatMap(({ definition, access }) => [definition ?? "", access ?? ""]),
			...thesaurus.competencies.map(({ definition }) => definition ?? ""),
		];
		const known = await stems.of(
			manager,
			[...labels.map(({ label }) => label), ...texts].flatMap((text) => labelWords(text)),
		);
		for (let first = 0; first < labels.length; first += PAGE) {
			const page = labels.slice(first, first + PAGE);
			const words = page.map(({ label }) => labelWords(label));
			await insert(
				"thesaurus_label",
				"*",
				page.map((row, index) => ({ ...row, words: vectorOf(words[index] as string[], known) })),
			);
		}
		const codes = new Set(competencies.map(({ code }) => code));
		// Whatever asks for competencies stands in the column of jobs.
		await insert("thesaurus_link", "*", [
			...softSkills.map(({ code }) => ({ job: SOFT_SKILLS.code, competency: code, core: true })),
			...thesaurus.jobs.flatMap(({ code: job, competencies: asked }) =>
				asked.flatMap(({ code: competency, core }) => (codes.has(competency) ? [{ job, competency, core }] : [])),
			),
		]);
		await storeMeanings(manager, thesaurus, known);
		await manager.query(`INSERT INTO "thesaurus_version" VALUES ($1)`, [digest]);
		return true;
	});
}

const PAGE = 2000;

/** Words of a label: « Conducteur / Conductrice » has both. */
export function labelWords(label: string): string[] {
	const words = wordsOf(label);
	return [...words.map(({ text }) => text), ...compoundsOf(label, words)];
}

function vectorOf(words: readonly string[], stems: ReadonlyMap<string, string | null>): string {
	return [...new Set(words.flatMap((word) => lexemesOf(word, stems.get(word) ?? null)))].map(quoteLexeme).join(" ");
}
