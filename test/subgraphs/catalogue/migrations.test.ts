import { expect, test } from "vitest";
import { latestFirstCursor } from "../../../schema/cursor.ts";
import { openCatalogueDatabase } from "../../../subgraphs/catalogue/database.ts";
import { Catalogue1767225600001 } from "../../../subgraphs/catalogue/migrations/0001-catalogue.ts";
import { openDatabase } from "../../../subgraphs/kit/database.ts";
import type { DatabaseAddress } from "../../../subgraphs/kit/database-address.ts";
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
