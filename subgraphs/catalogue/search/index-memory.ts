import type { DataSource } from "typeorm";
import { LETTER_BITS } from "./filter.ts";
import type { Frequency } from "./vocabulary.ts";

/** What badges of one institute, language and kind share. */
export interface DocumentKind {
	instituteSlug: string;
	retired: boolean;
	requestable: boolean;
	metabadge: boolean;
	language: string;
}

/** Listed facets that badges have alike. */
export interface FacetSet {
	values: readonly number[];
}

export interface Institute {
	name: string;
	departements: ReadonlySet<string>;
	collectives: ReadonlySet<string>;
}

/** Row of "search_document", its words aside. */
interface Row extends DocumentKind {
	number: number;
	badgeId: string;
	foldedName: string;
	nameCursor: string;
	facets: string[];
	boost: number;
	/** Seconds since 1970. */
	createdAt: number;
}

const COLUMNS = `"number", "badgeId", "foldedName", "nameCursor", "instituteSlug", "retired", "requestable", "metabadge", "language", "facets", "boost", extract(epoch FROM "createdAt")::integer AS "createdAt"`;
const PAGE = 20_000;
/** Milliseconds after which what changed may no longer be told: half of what the table of changes keeps. */
const STALE = 30 * 60_000;

/** Place of the kind of rows that are no longer there. */
export const GONE = 0;
const GONE_KIND: DocumentKind = { instituteSlug: "", retired: true, requestable: false, metabadge: false, language: "" };
/** A lexeme without a mark. See lexemes.ts. */
const WORD = /^[\p{L}\p{N}]/u;
/** So many new words are put in their places one by one. */
const MANY = 100;

/**
 * What is ranked, filtered and counted of "search_document", in this process, by column. A row that changes gets a new
 * slot, so that what was read of its words before is never taken for what it holds now. PostgreSQL stays the source:
 * each question first asks it what has been committed since the last one, by whichever process.
 */
export class IndexMemory {
	/** By slot. */
	badgeIds: string[] = [];
	numbers: number[] = [];
	foldedNames: string[] = [];
	nameLengths: number[] = [];
	nameCursors: string[] = [];
	boosts: number[] = [];
	/** When the badge class was made, in seconds since 1970. */
	createdAts: number[] = [];
	/** Places in `allKinds`; {@link GONE} where the row is no longer there. */
	kinds: number[] = [];
	facetSets: number[] = [];
	/** Slot by the row's number. */
	slots = new Map<number, number>();
	allKinds: DocumentKind[] = [GONE_KIND];
	allFacetSets: FacetSet[] = [];
	facetValues: string[] = [];
	institutes: ReadonlyMap<string, Institute> = new Map();
	/** Names of collectives by id, and of jobs by code. */
	collectiveNames: ReadonlyMap<string, string> = new Map();
	jobNames: ReadonlyMap<string, string> = new Map();
	/** The version of the thesaurus; undefined without one. */
	thesaurus: string | undefined;
	vocabulary = new Map<string, Frequency>();
	/** The words of the vocabulary, its marked forms aside, in order; and those that came since they were put in order. */
	private words: string[] = [];
	private newWords: string[] = [];
	/** Changes when slots are numbered anew. */
	generation = 0;
	/** Changes with everything that is taken in. */
	version = 0;
	private places = new Map<string, number>();
	private codes = new Map<string, number>();
	private snapshot: string | undefined;
	private vocabularySnapshot: string | undefined;
	private checkedAt = 0;
	private readonly whenRenumbered = new Set<() => void>();
	private running: Promise<void> | undefined;
	private next: Promise<void> | undefined;

	constructor(private readonly database: DataSource) {}

	get size(): number {
		return this.badgeIds.length;
	}

	/** Takes in whatever was committed before this was called. Questions that come together share one check. */
	refresh(): Promise<void> {
		if (this.next) return this.next;
		if (!this.running) {
			this.running = this.check().finally(() => {
				this.running = undefined;
			});
			return this.running;
		}
		// The check that runs may have begun before the change.
		this.next = this.running
			.catch(() => undefined)
			.then(() => {
				this.next = undefined;
				return this.refresh();
			});
		return this.next;
	}

	/** Takes in everything once. */
	async loaded(): Promise<void> {
		if (this.vocabularySnapshot === undefined) await this.refresh();
	}

	/** Calls back each time that slots have been numbered. Returns how to end that. */
	onRenumbered(tell: () => void): () => void {
		this.whenRenumbered.add(tell);
		return () => this.whenRenumbered.delete(tell);
	}

	private async check(): Promise<void> {
		const isUsable = this.snapshot !== undefined && Date.now() - this.checkedAt < STALE && this.size < 1000 + 3 * this.places.size;
		if (!isUsable) return this.load();
		const [{ snapshot, changed }] = (await this.database.query(
			`SELECT pg_current_snapshot()::text AS "snapshot", (
				SELECT json_agg(DISTINCT "badgeId") FROM "search_change"
				WHERE "changed" >= pg_snapshot_xmin($1::pg_snapshot) AND NOT pg_visible_in_snapshot("changed", $1::pg_snapshot)
			) AS "changed"`,
			[this.snapshot],
		)) as [{ snapshot: string; changed: string[] | null }];
		if (changed) {
			this.version++;
			const ids = changed.filter((id) => id !== "");
			for (let first = 0; first < ids.length; first += PAGE) {
				const page = ids.slice(first, first + PAGE);
				const rows: Row[] = await this.database.query(`SELECT ${COLUMNS} FROM "search_document" WHERE "badgeId" = ANY ($1)`, [page]);
				for (const id of page) this.remove(id);
				for (const row of rows) this.add(row);
			}
			await this.readVocabulary();
			if (ids.length < changed.length) await this.readNames();
			this.version++;
		}
		this.snapshot = snapshot;
		this.checkedAt = Date.now();
	}

	private async load(): Promise<void> {
		const [{ snapshot }] = (await this.database.query(`SELECT pg_current_snapshot()::text AS "snapshot"`)) as [{ snapshot: string }];
		const fresh = new IndexMemory(this.database);
		for (let after = 0; ; ) {
			const rows: Row[] = await this.database.query(
				`SELECT ${COLUMNS} FROM "search_document" WHERE "number" > $1 ORDER BY "number" LIMIT ${PAGE}`,
				[after],
			);
			for (const row of rows) fresh.add(row);
			if (rows.length < PAGE) break;
			after = (rows.at(-1) as Row).number;
		}
		await fresh.readVocabulary();
		await fresh.readNames();
		const { database: _, running: __, next: ___, whenRenumbered: ____, generation, ...read } = fresh;
		Object.assign(this, read, { snapshot, checkedAt: Date.now(), generation: this.generation + 1 + generation, version: this.version + 1 });
		for (const tell of this.whenRenumbered) tell();
	}

	private async readNames(): Promise<void> {
		const institutes: { instituteSlug: string; name: string; departements: string[]; collectives: string[] }[] = await this.database.query(
			`SELECT "instituteSlug", "name", "departements", "collectives" FROM "harvest"`,
		);
		this.institutes = new Map(
			institutes.map(({ instituteSlug, name, departements, collectives }) => [
				instituteSlug,
				{ name, departements: new Set(departements), collectives: new Set(collectives) },
			]),
		);
		const names = async (sql: string) =>
			new Map(((await this.database.query(sql)) as { key: string; name: string }[]).map(({ key, name }) => [key, name]));
		this.collectiveNames = await names(`SELECT "id" AS "key", "name" FROM "collective_name"`);
		const [thesaurus]: { digest: string }[] = await this.database.query(`SELECT "digest" FROM "thesaurus_version"`);
		this.thesaurus = thesaurus?.digest;
		this.jobNames = await names(`SELECT "code" AS "key", "label" AS "name" FROM "thesaurus_concept" WHERE "kind" = 'JOB'`);
	}

	private async readVocabulary(): Promise<void> {
		const since = this.vocabularySnapshot;
		const [{ snapshot, changed }] = (await this.database.query(
			`SELECT pg_current_snapshot()::text AS "snapshot", (
				SELECT json_agg(json_build_array("lexeme", "badges", "labels")) FROM "vocabulary"
				${since === undefined ? "" : `WHERE NOT pg_visible_in_snapshot("changed", $1::pg_snapshot)`}
			) AS "changed"`,
			since === undefined ? [] : [since],
		)) as [{ snapshot: string; changed: [string, number, number][] | null }];
		for (const [lexeme, badges, labels] of changed ?? []) {
			if (!this.vocabulary.has(lexeme) && WORD.test(lexeme)) this.newWords.push(lexeme);
			this.vocabulary.set(lexeme, { badges, labels });
		}
		this.vocabularySnapshot = snapshot;
	}

	/** Words that begin with another, and that badges hold. */
	wordsFrom(beginning: string): string[] {
		const { words } = this.ordered();
		const found: string[] = [];
		for (let at = placeIn(words, beginning); words[at]?.startsWith(beginning); at++)
			if ((this.vocabulary.get(words[at] as string) as Frequency).badges > 0) found.push(words[at] as string);
		return found;
	}

	/** Whether a word that badges or labels hold begins so. */
	isBeginning(beginning: string): boolean {
		const { words } = this.ordered();
		for (let at = placeIn(words, beginning); words[at]?.startsWith(beginning); at++) {
			const { badges, labels } = this.vocabulary.get(words[at] as string) as Frequency;
			if (badges > 0 || labels > 0) return true;
		}
		return false;
	}

	private ordered(): { words: readonly string[] } {
		if (this.newWords.length > MANY) this.words = [...this.words, ...this.newWords].sort();
		else for (const word of this.newWords) this.words.splice(placeIn(this.words, word), 0, word);
		this.newWords = [];
		return { words: this.words };
	}

	private add(row: Row): void {
		this.remove(row.badgeId);
		const slot = this.size;
		this.badgeIds.push(row.badgeId);
		this.numbers.push(row.number);
		this.foldedNames.push(row.foldedName);
		this.nameLengths.push(row.foldedName.length);
		this.nameCursors.push(row.nameCursor);
		this.boosts.push(row.boost);
		this.createdAts.push(row.createdAt);
		const { instituteSlug, retired, requestable, metabadge, language } = row;
		const kind = { instituteSlug, retired, requestable, metabadge, language };
		this.kinds.push(this.codeOf(`k${JSON.stringify(Object.values(kind))}`, this.allKinds, () => kind));
		const values = [...row.facets].sort();
		this.facetSets.push(
			this.codeOf(`s${JSON.stringify(values)}`, this.allFacetSets, () => ({
				values: values
					.filter((value) => value.charAt(0) in LETTER_BITS)
					.map((value) => this.codeOf(`v${value}`, this.facetValues, () => value)),
			})),
		);
		this.slots.set(row.number, slot);
		this.places.set(row.badgeId, slot);
	}

	private remove(badgeId: string): void {
		const slot = this.places.get(badgeId);
		if (slot === undefined) return;
		this.kinds[slot] = GONE;
		this.places.delete(badgeId);
		this.slots.delete(this.numbers[slot] as number);
	}

	private codeOf<One>(key: string, list: One[], make: () => One): number {
		const known = this.codes.get(key);
		if (known !== undefined) return known;
		const made = make();
		const code = list.push(made) - 1;
		this.codes.set(key, code);
		return code;
	}
}

/** Where a word is, or would be, in words in order of their UTF-16 units. */
function placeIn(words: readonly string[], word: string): number {
	let [low, high] = [0, words.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((words[middle] as string) < word) low = middle + 1;
		else high = middle;
	}
	return low;
}

const memories = new WeakMap<DataSource, IndexMemory>();

/** The memory of what a database holds: one for each in a process. */
export function memoryOf(database: DataSource): IndexMemory {
	const memory = memories.get(database) ?? new IndexMemory(database);
	memories.set(database, memory);
	return memory;
}
