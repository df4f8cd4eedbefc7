import type { DataSource } from "typeorm";
import type { BadgeHit } from "../../../subgraphs/catalogue/badge-hit.ts";
import { indexBadges } from "../../../subgraphs/catalogue/search/index-badge.ts";
import type { Stems } from "../../../subgraphs/catalogue/search/stems.ts";
import { storeThesaurus } from "../../../subgraphs/catalogue/search/thesaurus.ts";
import { INSTITUTES, readExtract, writeBadges } from "./texts.ts";

const PAGE = 2000;

/** Fills a catalogue as a harvest would, with the shipped extract as its thesaurus. */
export async function loadCatalogue(database: DataSource, stems: Stems, count: number): Promise<void> {
	await storeThesaurus(database, stems, readExtract());
	const institutes = Array.from({ length: INSTITUTES }, (_, number) => ({
		instituteSlug: `institut-${number}`,
		name: `Institut ${number}`,
		departements: [["31"], ["25", "39"], ["81"], ["21"], ["34", "30"]][number % 5],
		collectives: [`collectif-${number % 4}`],
	}));
	await database.query(
		`INSERT INTO "harvest" ("instituteSlug", "name", "departements", "collectives") SELECT "instituteSlug", "name", "departements", "collectives" FROM json_populate_recordset(NULL::"harvest", $1)`,
		[JSON.stringify(institutes)],
	);
	let page: BadgeHit[] = [];
	const save = async () => {
		await database.transaction(async (manager) => {
			await manager.query(`INSERT INTO "badge" SELECT * FROM json_populate_recordset(NULL::"badge", $1)`, [JSON.stringify(page)]);
			await indexBadges(manager, stems, page);
		});
		page = [];
	};
	let done = 0;
	for (const badge of writeBadges(count)) {
		page.push(badge);
		if (page.length < PAGE) continue;
		await save();
		done += PAGE;
		if (done % 20_000 === 0) process.stdout.write(`  ${done.toLocaleString("fr")} badge classes\n`);
	}
	if (page.length > 0) await save();
	await database.query(`VACUUM ANALYZE "search_document"`);
	await database.query(`VACUUM ANALYZE "badge"`);
	await database.query(`VACUUM ANALYZE "vocabulary"`);
}
