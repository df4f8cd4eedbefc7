import type { EntityManager } from "typeorm";
import { latentMeanings } from "./meanings.ts";
import { rootOf } from "./roots.ts";
import { labelWords, type Thesaurus } from "./thesaurus.ts";

/** Which words are near others in meaning, by the jobs of the thesaurus that speak of both. */
export interface NearWords {
	/** Roots near the whole of some roots, each with its likeness between 0 and 1, the nearest first. */
	to(manager: EntityManager, roots: ReadonlyMap<string, number>, most: number): Promise<{ root: string; likeness: number }[]>;
}

interface Meanings {
	digest: string;
	roots: string[];
	/** By root: place in `vectors`. */
	places: ReadonlyMap<string, number>;
	vectors: Float32Array[];
}

/** A root in fewer jobs than this could mean anything. */
const FEWEST_JOBS = 2;

/** Reads the meanings that {@link storeMeanings} wrote, once for each thesaurus. */
export function createNearWords(): NearWords {
	let reading: Promise<Meanings> | undefined;
	let current: string | undefined;
	return {
		async to(manager, roots, most) {
			const [version] = await manager.query(`SELECT "digest" FROM "thesaurus_version"`);
			if (!version) return [];
			if (!reading || current !== version.digest) {
				current = version.digest as string;
				reading = readMeanings(manager, current);
				reading.catch(() => {
					reading = undefined;
				});
			}
			return nearest(await reading, roots, most);
		},
	};
}

async function readMeanings(manager: EntityManager, digest: string): Promise<Meanings> {
	const rows: { root: string; vector: Buffer }[] = await manager.query(`SELECT "root", "vector" FROM "thesaurus_meaning" ORDER BY 1`);
	return {
		digest,
		roots: rows.map(({ root }) => root),
		places: new Map(rows.map(({ root }, index) => [root, index])),
		vectors: rows.map(({ vector }) => new Float32Array(Uint8Array.from(vector).buffer)),
	};
}

function nearest(
	{ roots: all, places, vectors }: Meanings,
	roots: ReadonlyMap<string, number>,
	most: number,
): { root: string; likeness: number }[] {
	const width = vectors[0]?.length ?? 0;
	const whole = new Float32Array(width);
	for (const [root, weight] of roots) {
		const vector = vectors[places.get(root) ?? -1];
		if (vector) for (let index = 0; index < width; index++) whole[index] = (whole[index] as number) + weight * (vector[index] as number);
	}
	const length = Math.hypot(...whole);
	if (length < 1e-9) return [];
	const found: { root: string; likeness: number }[] = [];
	for (const [place, vector] of vectors.entries()) {
		let likeness = 0;
		for (let index = 0; index < width; index++) likeness += (vector[index] as number) * (whole[index] as number);
		found.push({ root: all[place] as string, likeness: likeness / length });
	}
	return found
		.filter(({ root, likeness }) => likeness > 0 && !roots.has(root))
		.sort((left, right) => right.likeness - left.likeness || (left.root < right.root ? -1 : 1))
		.slice(0, most);
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
	for (const [context, job] of jobs.entries()) {
		const add = (label: string, weight: number) => {
			for (const root of new Set(labelWords(label).flatMap((word) => (known.get(word) == null ? [] : [rootOf(word)])))) {
				const contexts = counts.get(root) ?? new Map<number, number>();
				counts.set(root, contexts.set(context, (contexts.get(context) ?? 0) + weight));
			}
		};
		for (const label of new Set([job.label, ...job.appellations])) add(label, 1);
		for (const { code, core } of job.competencies) add(labels.get(code) ?? "", core ? 2 : 1);
	}
	const roots = [...counts].filter(([, contexts]) => contexts.size >= FEWEST_JOBS);
	const vectors = latentMeanings(
		roots.map(([, contexts]) => {
			const values = [...contexts.values()].map((count) => Math.log(1 + count));
			const length = Math.hypot(...values);
			return { contexts: [...contexts.keys()], values: values.map((value) => value / length) };
		}),
		jobs.length,
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
