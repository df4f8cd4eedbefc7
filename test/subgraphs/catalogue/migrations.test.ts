import { In } from "typeorm";
import { expect, test } from "vitest";
import { latestFirstCursor } from "../../../schema/cursor.ts";
import { BadgeHit } from "../../../subgraphs/catalogue/badge-hit.ts";
import { openCatalogueDatabase } from "../../../subgraphs/catalogue/database.ts";
import { Catalogue1767225600001 } from "../../../subgraphs/catalogue/migrations/0001-catalogue.ts";
import { indexMissing } from "../../../subgraphs/catalogue/search/index-badge.ts";
import { createStems } from "../../../subgraphs/catalogue/search/stems.ts";
import { openDatabase } from "../../../subgraphs/kit/database.ts";
import type { DatabaseAddress } from "../../../subgraphs/kit/database-address.ts";
import { loadBadges } from "../../eval/search/load-catalogue.ts";
import { freshSchemas } from "../../kit/database.ts";

test("a snapshot of before has the places of its badges in every order afterwards, to the millisecond", async () => {
	const address = (await freshSchemas(["catalogue"])).get("catalogue") as DatabaseAddress;
	const created = new Date("2026-03-02T09:30:00.007Z");
	const updated = new Date("1999-12-31T23:59:59.999Z");
	const before = await openDatabase({ address, schema: "catalogue", entities: [], migrations: [Catalogue1767225600001] });
	await before.query(
		`INSERT INTO "harvest" ("instituteSlug", "name", "departements", "collectives") VALUES ('alpha', 'Alpha', '{}', '{}')`,
	);
	await before.query(
		`INSERT INTO "badge" ("id", "instituteSlug", "iri", "name", "description", "criteria", "tags", "language", "alignments", "issuerId",
			"issuerName", "retired", "requestable", "metabadge", "createdAt", "updatedAt", "harvestedAt", "nameCursor")
		VALUES ('alpha:a', 'alpha', 'iri', 'A', 'A', '{}', '{}', 'fr', '[]', 'alpha:i', 'I', false, false, false, $1, $2, now(), 'a alpha:a')`,
		[created, updated],
	);
	await before.destroy();
	const after = await openCatalogueDatabase(address);
	try {
		expect(await after.query(`SELECT "createdCursor", "updatedCursor" FROM "badge"`)).toEqual([
			{ createdCursor: latestFirstCursor(created, "alpha:a"), updatedCursor: latestFirstCursor(updated, "alpha:a") },
		]);
	} finally {
		await after.destroy();
	}
});

test("an index made by the rules of before is made anew by the ones of today", async () => {
	const database = await openCatalogueDatabase((await freshSchemas(["catalogue"])).get("catalogue") as DatabaseAddress);
	try {
		await database.undoLastMigration();
		const stems = createStems();
		await loadBadges(database, stems, [{ id: "alpha:a", title: "Rigoureux", description: "Vérifie.", issuer: "École" }]);
		await database.query(`INSERT INTO "thesaurus_version" VALUES ('before')`);
		await database.runMigrations();
		expect(await database.query(`SELECT "badgeId" FROM "search_document"`)).toEqual([]);
		expect(await database.query(`SELECT "digest" FROM "thesaurus_version"`)).toEqual([]);
		const holding = () => database.query(`SELECT "badges" FROM "vocabulary" WHERE "lexeme" = '~rigu' AND "badges" > 0`);
		expect(await holding()).toEqual([]);
		await indexMissing(database.manager, stems, (ids) => database.manager.findBy(BadgeHit, { id: In(ids) }));
		expect(await holding()).toEqual([{ badges: 1 }]);
	} finally {
		await database.destroy();
	}
});
