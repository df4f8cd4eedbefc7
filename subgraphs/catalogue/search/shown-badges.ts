import { LRUCache } from "lru-cache";
import type { DataSource } from "typeorm";
import { BadgeHit } from "../badge-hit.ts";
import { type IndexMemory, memoryOf } from "./index-memory.ts";
import { type AnalysedText, analyse } from "./match-words.ts";
import type { Stems } from "./stems.ts";

/** What is shown of a badge, cut into words. */
export interface ShownTexts {
	name: AnalysedText;
	/** Line ends and runs of blanks as one blank each: an excerpt is one paragraph. */
	passages: AnalysedText[];
}

/** A badge as it was when its slot was given: a badge that changes gets another. */
export interface ShownBadge {
	row: BadgeHit;
	texts: ShownTexts;
}

/** Badges that are kept, those shown last; one takes some 6 kB. */
const KEPT = 4000;

const caches = new WeakMap<IndexMemory, { generation: number; kept: LRUCache<number, ShownBadge> }>();

/** The badges of some slots, by slot; those that were removed meanwhile are missing. Read in one statement where they are not in memory. */
export async function shownBadges(database: DataSource, stems: Stems, slots: readonly number[]): Promise<ReadonlyMap<number, ShownBadge>> {
	const memory = memoryOf(database);
	let cache = caches.get(memory);
	if (!cache || cache.generation !== memory.generation) {
		cache = { generation: memory.generation, kept: new LRUCache({ max: KEPT }) };
		caches.set(memory, cache);
	}
	const { kept } = cache;
	const found = new Map<number, ShownBadge>();
	const missing = new Map<string, number>();
	for (const slot of slots) {
		const known = kept.get(slot);
		if (known) found.set(slot, known);
		else missing.set(memory.badgeIds[slot] as string, slot);
	}
	if (missing.size === 0) return found;
	// Without TypeORM's own statement and mapping, which take longer than reading the rows.
	const rows: BadgeHit[] = await database.query(`SELECT * FROM "badge" WHERE "id" = ANY ($1)`, [[...missing.keys()]]);
	const analysed = await analyse(
		database.manager,
		stems,
		rows.map((row) => [row.name, ...passagesOf(row)]),
	);
	for (const [index, row] of rows.entries()) {
		const slot = missing.get(row.id) as number;
		const [name, ...passages] = analysed[index] as [AnalysedText, ...AnalysedText[]];
		const shown = { row: Object.assign(new BadgeHit(), row), texts: { name, passages } };
		kept.set(slot, shown);
		found.set(slot, shown);
	}
	return found;
}

/** What an excerpt of a badge is taken from. */
export function passagesOf({ description, criteria }: BadgeHit): string[] {
	return [description, criteria.narrative ?? ""].map((text) => text.replace(/\s+/g, " ").trim()).filter((text) => text !== "");
}
