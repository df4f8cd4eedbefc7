import type { DataSource } from "typeorm";
import type { BadgeHit } from "../badge-hit.ts";
import { alignedFacets, facetsOf } from "./badge-facets.ts";

type Row = Pick<BadgeHit, "id" | "instituteSlug" | "alignments" | "updatedAt">;

const PAGE = 1000;

/** Works out the facets of every badge again, after the thesaurus or the recognitions have changed. Rows that stay as they are, are not written. */
export async function refreshFacets(database: DataSource): Promise<void> {
	let after = "";
	for (;;) {
		const rows: Row[] = await database.query(
			`SELECT "id", "instituteSlug", "alignments", "updatedAt" FROM "badge" WHERE "id" > $1 ORDER BY "id" LIMIT ${PAGE}`,
			[after],
		);
		if (rows.length === 0) return;
		after = (rows.at(-1) as Row).id;
		const aligned = await alignedFacets(database.manager, rows);
		const fresh = rows.map((row) => ({ badgeId: row.id, ...facetsOf(row, aligned) }));
		await database.query(
			`UPDATE "search_document" AS "document" SET "facets" = "row"."facets", "boost" = "row"."boost"
			FROM json_to_recordset($1) AS "row" ("badgeId" text, "facets" text[], "boost" real)
			WHERE "document"."badgeId" = "row"."badgeId" AND ("document"."facets", "document"."boost") IS DISTINCT FROM ("row"."facets", "row"."boost")`,
			[JSON.stringify(fresh)],
		);
	}
}
