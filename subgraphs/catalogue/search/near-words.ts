import type { DataSource, EntityManager } from "typeorm";
import { memoryOf } from "./index-memory.ts";
import { DIRECTIONS, latentMeanings } from "./meanings.ts";
import { rootOf } from "./roots.ts";
import { labelWords, type Thesaurus } from "./thesaurus.ts";

/** What the words of the thesaurus mean. */
export interface NearWords {
	/** As the thesaurus was when the index in memory was last brought up to date; undefined without one. */
	meanings(database: DataSource): Promise<Meanings | undefined>;
}

export interface Meanings {
	/** Of the thesaurus. */
	digest: string;
	/** Unit vector of a root; undefined where the thesaurus does not know it. */
	of(root: string): Float32Array | undefined;
	/** Roots near a vector, each with its likeness, from `least` to 1; the nearest first. */
	near(vector: ArrayLike<number>, least: number): { root: string; likeness: number }[];
}

/** Reads the meanings that {@link storeMeanings} wrote, once for each thesaurus. */
export function createNearWords(): NearWords {
	let reading: Promise<Meanings> | undefined;
	let current: string | undefined;
	return {
		async meanings(database) {
			const memory = memoryOf(database);
			await memory.loaded();
			const { thesaurus } = memory;
			if (thesaurus === undefined) return undefined;
			if (!reading || current !== thesaurus) {
				current = thesaurus;
				reading = readMeanings(database.manager, thesaurus);
				reading.catch(() => {
					reading = undefined;
				});
			}
			return reading;
		},
	};
}

async function readMeanings(manager: EntityManager, digest: string): Promise<Meanings> {
	const rows: { root: string; vector: Buffer }[] = await manager.query(`SELECT "root", "vector" FROM "thesaurus_meaning" ORDER BY 1`);
	const vectors = new Float32Array(rows.length * DIRECTIONS);
	const places = new Map<string, number>();
	for (const [place, { root, vector }] of rows.entries()) {
		places.set(root, place);
		vectors.set(new Float32Array(Uint8Array.from(vector).buffer), place * DIRECTIONS);
	}
	return {
		digest,
		of(root) {
			const place = places.get(root);
			return place === undefined ? undefined : vectors.subarray(place * DIRECTIONS, (place + 1) * DIRECTIONS);
		},
		near(meaning, least) {
			const found: { root: string; likeness: number }[] = [];
			for (let place = 0, at = 0; place < rows.length; place++) {
				let likeness = 0;
				for (let index = 0; index < DIRECTIONS; index++, at++) likeness += (vectors[at] as number) * (meaning[index] as number);
				if (likeness >= least) found.push({ root: (rows[place] as { root: string }).root, likeness });
			}
			return found.sort((left, right) => right.likeness - left.likeness || (left.root < right.root ? -1 : 1));
		},
	};
}

/** Works out what the words of a thesaurus mean, and replaces what is kept of it. */
export async function storeMeanings(
	manager: EntityManager,
	{ jobs, competencies }: Thesaurus,
	known: ReadonlyMap<string, string | null>,
): Promise<void> {
	await manager.query(`DELETE FROM "thesaurus_meaning"`);
	const labels = new Map(competencies.map(({ code, label }) => [code, label]));
	const counts = new Map<string, Map<number, number>>();
	let contextCount = 0;
	const add = (text: string, weight: number) => {
		for (const root of new Set(labelWords(text).flatMap((word) => (known.get(word) == null ? [] : [rootOf(word)])))) {
			const contexts = counts.get(root) ?? new Map<number, number>();
			counts.set(root, contexts.set(contextCount, (contexts.get(contextCount) ?? 0) + weight));
		}
	};
	for (const job of jobs) {
		for (const label of new Set([job.label, ...job.appellations])) add(label, 1);
		for (const { code, core } of job.competencies) add(labels.get(code) ?? "", core ? 2 : 1);
		for (const sentence of sentencesOf(job.definition)) add(sentence, 2);
		for (const sentence of sentencesOf(job.access)) add(sentence, 1);
		contextCount++;
	}
	for (const { label, definition } of competencies) {
		if (definition === null) continue;
		add(`${label} ${definition}`, 1);
		contextCount++;
	}
	const roots = [...counts];
	// As search engines weigh words: a word of every job says nothing of one; long jobs say no more than short ones.
	const lengths = new Float64Array(contextCount);
	const weighed = roots.map(([, contexts]) => {
		const rarity = Math.log(1 + contextCount / contexts.size);
		return [...contexts].map(([context, count]) => {
			const value = Math.log(1 + count) * rarity;
			lengths[context] = (lengths[context] as number) + value ** 2;
			return [context, value] as const;
		});
	});
	const vectors = latentMeanings(
		weighed.map((values) => ({
			contexts: values.map(([context]) => context),
			values: values.map(([context, value]) => value / Math.sqrt(lengths[context] as number)),
		})),
		contextCount,
	);
	const rows = roots.map(([root], index) => ({
		root,
		vector: `\\x${Buffer.from((vectors[index] as Float32Array).buffer).toString("hex")}`,
	}));
	for (let first = 0; first < rows.length; first += PAGE)
		await manager.query(
			`INSERT INTO "thesaurus_meaning" SELECT "root", "vector"::bytea FROM json_to_recordset($1) AS "row" ("root" text, "vector" text)`,
			[JSON.stringify(rows.slice(first, first + PAGE))],
		);
}

const PAGE = 2000;

/** None of null. */
function sentencesOf(text: string | null): string[] {
	return text === null ? [] : text.split(/(?<=[.!?;])\s+|\n/);
}
