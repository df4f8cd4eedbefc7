import { createHash } from "node:crypto";
import path from "node:path";
import type pg from "pg";
import type { DataSource, EntityManager } from "typeorm";
import { understandAgain } from "../understand-badges.ts";
import { copyRows } from "./copy-rows.ts";
import { type MergeCount, stageTable } from "./merge-table.ts";
import { noteReferential } from "./note-referential.ts";
import { readTable } from "./read-table.ts";
import { ARCHIVE, type ArchiveFile, type FoundArchive, RAW_COLUMNS, type RawTable } from "./rome-archive.ts";
import { checkArchive } from "./rome-checks.ts";
import { assembleRome, mergeRome, ROME_TABLES } from "./rome-stage.ts";

export interface ImportWatch {
	/** How many bytes have been read, of how many. */
	onBytes?: (done: number, all: number) => void;
	signal?: AbortSignal;
}

export interface ImportReport {
	/** What was done, by table. */
	counts: ReadonlyMap<string, MergeCount>;
	/** Whether anything was written. */
	changed: boolean;
}

const ROME_SOURCE = { source: "France Travail, ROME 4.0", licence: "Licence Ouverte 2.0" };

/** Imports a whole archive of ROME 4.0, in one transaction: all of it, or nothing. Throws a `TableError`. */
export function importRome(database: DataSource, archive: FoundArchive, watch: ImportWatch = {}): Promise<ImportReport> {
	return inTransaction(database, async (client, manager) => {
		await stageArchive(client, archive, watch);
		for (const table of ROME_TABLES) await stageTable(client, table);
		await assembleRome(client);
		watch.signal?.throwIfAborted();
		const counts = await mergeRome(client, archive.version);
		const changed = anything(counts);
		await noteReferential(client, { kind: "ROME", ...ROME_SOURCE, version: archive.version, whole: true, digest: digestOf(archive) });
		if (changed) {
			// What was just written has no statistics yet: every look-up would read it all.
			await client.query("ANALYZE job, appellation, competency, job_competency, job_in_group");
			await understandAgain(manager);
		}
		return { counts, changed };
	});
}

/** Reads every file of the archive into raw tables, and checks them. */
async function stageArchive(client: pg.ClientBase, { files, size }: FoundArchive, { onBytes, signal }: ImportWatch): Promise<void> {
	for (const [table, columns] of Object.entries(RAW_COLUMNS)) {
		const list = Object.entries(columns).map(([name, type]) => `"${name}" ${type}`);
		await client.query(`CREATE TEMP TABLE raw_${table} (file text, line integer, ${list.join(", ")}) ON COMMIT DROP`);
	}
	let done = 0;
	for (const file of ARCHIVE) {
		await stageFile(client, file, files.get(file.name) as string, (count) => onBytes?.((done += count), size), signal);
	}
	// Only what tables are joined by: sampling long labels costs more than it tells.
	for (const [table, keys] of Object.entries(JOINED)) await client.query(`ANALYZE raw_${table} (${keys})`);
	const everyJob = ARCHIVE.flatMap(({ name, everyJob, into }) =>
		everyJob && into ? [{ file: path.basename(files.get(name) as string), table: into.table }] : [],
	);
	await checkArchive(client, everyJob);
}

const JOINED: Partial<Record<RawTable, string>> = {
	job: "code",
	place: "job",
	appellation: "code, job",
	competency: "code",
	link: "job, code",
	linked: "job, code",
	near: "job, target",
	text: "job",
	member: "kind, code, job",
	listed: "kind, code",
};

async function stageFile(
	client: pg.ClientBase,
	{ shape, into }: ArchiveFile,
	file: string,
	onBytes: (count: number) => void,
	signal: AbortSignal | undefined,
): Promise<void> {
	if (!into) return readTable(file, shape, () => undefined, { onBytes, signal });
	const name = path.basename(file);
	const copy = copyRows(client, `raw_${into.table}`, ["file", "line", ...Object.keys(RAW_COLUMNS[into.table])]);
	try {
		await readTable(
			file,
			shape,
			({ line, get }) => {
				const values = into.values(get);
				return values === null ? undefined : copy.write([name, line, ...values]);
			},
			{ onBytes, signal },
		);
	} catch (error) {
		await copy.abort();
		throw error;
	}
	await copy.end();
}

/** Runs work in a transaction, on the connection under TypeORM's: COPY goes through it. */
export async function inTransaction<Result>(
	database: DataSource,
	work: (client: pg.ClientBase, manager: EntityManager) => Promise<Result>,
): Promise<Result> {
	return database.transaction(async (manager) => {
		await manager.query("SELECT pg_advisory_xact_lock(hashtext('referential'))");
		await manager.query("SET LOCAL work_mem = '64MB'");
		return work((await manager.queryRunner?.connect()) as pg.ClientBase, manager);
	});
}

export function anything(counts: ReadonlyMap<string, MergeCount>): boolean {
	return [...counts.values()].some(({ inserted, updated, retired }) => inserted + updated + retired > 0);
}

/** Names of the files: the tables are compared row by row, so that this tells versions apart, and no more. */
function digestOf({ files, version }: FoundArchive): string {
	return createHash("sha256")
		.update([version, ...[...files.values()].map((file) => path.basename(file))].join("\n"))
		.digest("hex");
}
