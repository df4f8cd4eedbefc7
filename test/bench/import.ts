import { chmodSync, createReadStream, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { openCompetencesDatabase } from "../../subgraphs/competences/database.ts";
import { importRome } from "../../subgraphs/competences/import/import-rome.ts";
import { findArchive } from "../../subgraphs/competences/import/rome-archive.ts";
import type { DatabaseAddress } from "../../subgraphs/kit/database-address.ts";
import { OperatorError } from "../../subgraphs/kit/errors.ts";
import { startEmbeddedPostgres } from "../../subgraphs/kit/postgres/embedded.ts";
import { provisionSchemas } from "../../subgraphs/kit/provision.ts";

/**
 * `npm run bench -- import [FOLDER]`: seconds to import the archive of ROME into an empty hub, and to import it again,
 * beside a plain COPY of the same files into unlogged tables of text, on the same server. Turns alternate; the medians
 * are told.
 */

const USUAL_FOLDER = "../shared/data/rome";
const TURNS = 3;
/** What an import may take: so many times the plain COPY, and so many seconds more. */
const ALLOWED = { times: 1.5, seconds: 10 };

export async function benchImport(words: readonly string[]): Promise<Record<string, number | boolean>> {
	const [folder = USUAL_FOLDER, ...rest] = words;
	if (rest.length > 0) throw new OperatorError("npm run bench -- import [FOLDER]");
	const archive = findArchive(folder);
	const scratch = mkdtempSync(path.join(tmpdir(), "bench-import-"));
	chmodSync(scratch, 0o755);
	const server = await startEmbeddedPostgres({ folder: path.join(scratch, "postgres") });
	const times = { copy: [] as number[], first: [] as number[], again: [] as number[] };
	try {
		for (let turn = 0; turn < TURNS; turn += 1) {
			const address = (await provisionSchemas(server.admin, `turn${turn}`, ["competences"])).get("competences") as DatabaseAddress;
			const database = await openCompetencesDatabase(address, 2);
			try {
				times.copy.push(await seconds(() => plainCopy(address, folder)));
				times.first.push(await seconds(() => importRome(database, archive)));
				times.again.push(await seconds(() => importRome(database, archive)));
			} finally {
				await database.destroy();
			}
		}
	} finally {
		await server.stop();
		rmSync(scratch, { recursive: true, force: true });
	}
	const [copy, first, again] = [median(times.copy), median(times.first), median(times.again)];
	const allowed = ALLOWED.times * copy + ALLOWED.seconds;
	process.stdout.write(
		`${archive.files.size} files, ${(archive.size / 1e6).toFixed(1)} MB, median of ${TURNS}:\n` +
			`  plain COPY       ${copy.toFixed(2)} s\n  first import     ${first.toFixed(2)} s, ${(first / copy).toFixed(1)} times COPY; ${allowed.toFixed(2)} s are allowed\n` +
			`  the same again   ${again.toFixed(2)} s\n`,
	);
	return {
		copySeconds: copy,
		firstSeconds: first,
		againSeconds: again,
		ratio: first / copy,
		allowedSeconds: allowed,
		within: first <= allowed,
	};
}

/** The least that anybody could do: every file as it is, into a table of text without an index. */
async function plainCopy(address: DatabaseAddress, folder: string): Promise<void> {
	const client = new pg.Client(address);
	await client.connect();
	try {
		await client.query("SET search_path = competences");
		for (const name of readdirSync(folder).filter((one) => /^unix_.*\.csv$/.test(one))) {
			const file = path.join(folder, name);
			const columns = (await firstLine(file)).split(",").map((_, index) => `c${index} text`);
			const table = pg.escapeIdentifier(name.replace(/\W+/g, "_").slice(0, 60));
			await client.query(`CREATE UNLOGGED TABLE ${table} (${columns.join(", ")})`);
			const encoding = name.includes("arborescence_secteur_naf") ? "WIN1252" : "UTF8";
			// The server does not skip the blank lines that the publisher leaves: they would be records too short.
			const blank = /_(secteur_activite|centre_interet)_v/.test(name) && !name.includes("arborescence");
			const copy = client.query(copyFrom(`COPY ${table} FROM STDIN (FORMAT csv, HEADER, ENCODING '${encoding}')`));
			await (blank ? pipeline(withoutBlankLines(file), copy) : pipeline(createReadStream(file), copy));
			await client.query(`DROP TABLE ${table}`);
		}
	} finally {
		await client.end();
	}
}

async function* withoutBlankLines(file: string): AsyncGenerator<string> {
	let text = "";
	for await (const chunk of createReadStream(file, "utf8")) text += chunk;
	yield text.replace(/"\n\n+"/g, '"\n"').replace(/\n\n+$/, "\n");
}

async function firstLine(file: string): Promise<string> {
	for await (const chunk of createReadStream(file, "latin1")) return (chunk as string).split("\n")[0] as string;
	return "";
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
	const start = performance.now();
	await work();
	return (performance.now() - start) / 1000;
}

function median(values: readonly number[]): number {
	return [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] as number;
}
