import "reflect-metadata";
import path from "node:path";
import { OperatorError } from "../../kit/errors.ts";
import { run } from "../../kit/run.ts";
import { openCompetencesDatabase } from "../database.ts";
import { findDatabase } from "./find-database.ts";
import { type ImportReport, type ImportWatch, importRome } from "./import-rome.ts";
import { showProgress } from "./progress.ts";
import { importReference, REFERENCE_IMPORTS } from "./reference-imports.ts";
import { findArchive } from "./rome-archive.ts";

const USAGE = `npm run import -- WHAT FOLDER

  rome FOLDER                  ROME 4.0: the folder of the official archive, 27 CSV files
  esco FOLDER [--rome FOLDER]  ESCO: esco_skills_fr.tsv, esco_occupations_fr.tsv;
                               with --rome the folder of rome_esco.tsv and rome_esco_skills.tsv, which link it to ROME
  regional FOLDER              referentials of regions: savoir_etre.tsv
  opco FOLDER                  OPCOs: opco.tsv, idcc_opco.tsv, naf_opco.tsv
  departements FOLDER          départements: departements.tsv, regions.tsv

Everything is imported, or nothing. The same again changes nothing. The hub is found by HUB_DATA or DATABASE_URL, as it
has them; it may run meanwhile.`;

const NAMES: Record<string, string> = {
	domain: "domains",
	job: "jobs",
	appellation: "appellations",
	competency: "competencies",
	job_competency: "job-competency links",
	near_job: "near jobs",
	job_group: "groups of jobs",
	job_in_group: "jobs in groups",
	term: "terms",
	term_link: "links to ROME",
	opco: "OPCOs",
	agreement: "agreements (IDCC)",
	activity: "activities (NAF)",
	departement: "départements",
};

/** `npm run import -- rome FOLDER`: brings the referentials of the hub up to date. */
await run(async () => {
	const [what, folder, ...options] = process.argv.slice(2);
	if (what === "--help" || what === "-h" || what === "help") {
		process.stdout.write(`${USAGE}\n`);
		return undefined;
	}
	if (what === undefined || !(what === "rome" || what in REFERENCE_IMPORTS))
		throw new OperatorError(`${what === undefined ? "Say what to import." : `${JSON.stringify(what)} is not a referential.`}\n\n${USAGE}`);
	if (folder === undefined || folder.startsWith("-")) throw new OperatorError(`Say the folder of ${what}.\n\n${USAGE}`);
	const beside = besideOf(what, options);
	// A folder that cannot be imported is told before any database is looked for.
	const archive = what === "rome" ? findArchive(folder) : undefined;
	const { address, release } = await findDatabase();
	const stop = new AbortController();
	const interrupt = () => stop.abort(new OperatorError("Interrupted: nothing was changed."));
	process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
	const progress = showProgress(process.stderr);
	try {
		const database = await openCompetencesDatabase(address, 2);
		try {
			const begun = performance.now();
			const watch: ImportWatch = { signal: stop.signal, onBytes: progress.tell };
			const report = archive
				? await importRome(database, archive, watch)
				: await importReference(database, REFERENCE_IMPORTS[what as keyof typeof REFERENCE_IMPORTS], folder, { ...watch, beside });
			progress.end();
			process.stdout.write(`${describe(what, archive ? `version ${archive.version}` : path.basename(path.resolve(folder)), report)}\n`);
			process.stdout.write(`${((performance.now() - begun) / 1000).toFixed(1)} s.\n`);
		} finally {
			progress.end();
			await database.destroy();
		}
	} finally {
		process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
		await release();
	}
	return undefined;
});

function besideOf(what: string, options: readonly string[]): string | undefined {
	if (options.length === 0) return undefined;
	const [name, value, ...more] = options;
	if (what !== "esco" || name !== "--rome" || more.length > 0)
		throw new OperatorError(`Unknown option ${JSON.stringify(name)}.\n\n${USAGE}`);
	if (value === undefined) throw new OperatorError(`--rome needs a folder.\n\n${USAGE}`);
	return value;
}

function describe(what: string, version: string, { counts, changed }: ImportReport): string {
	const rows = [["", "total", "unchanged", "inserted", "updated", "retired"]];
	for (const [table, { unchanged, inserted, updated, retired }] of counts)
		rows.push([
			NAMES[table] ?? table,
			...[unchanged + inserted + updated, unchanged, inserted, updated, retired].map((count) =>
				count.toLocaleString("en-GB").replaceAll(",", " "),
			),
		]);
	const table = rows.map(([name = "", ...cells]) => `${name.padEnd(22)}${cells.map((cell) => cell.padStart(11)).join("")}`).join("\n");
	return `${what}, ${version}:\n\n${table}\n\n${changed ? "Imported." : "Everything was there already: nothing was written."}`;
}
