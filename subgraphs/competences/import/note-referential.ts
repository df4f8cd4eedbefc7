import type pg from "pg";
import type { Referential } from "../referential.ts";

/** Keeps which referential was imported. Writes nothing when it is known already. */
export async function noteReferential(client: pg.ClientBase, one: Omit<Referential, "importedAt">): Promise<void> {
	await client.query(
		`INSERT INTO referential ("kind", "source", "version", "licence", "whole", "digest")
		SELECT $1, $2, $3, $4, $5, $6
		WHERE NOT EXISTS (SELECT FROM referential WHERE ("kind", "source", "version", "licence", "whole", "digest") = ($1, $2, $3, $4, $5::boolean, $6))
		ON CONFLICT ("kind") DO UPDATE SET "source" = excluded."source", "version" = excluded."version", "licence" = excluded."licence",
			"whole" = excluded."whole", "digest" = excluded."digest", "importedAt" = now()`,
		[one.kind, one.source, one.version, one.licence, one.whole, one.digest],
	);
}
