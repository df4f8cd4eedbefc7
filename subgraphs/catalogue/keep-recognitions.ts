import type { DataSource } from "typeorm";
import { z } from "zod";
import type { Log } from "../kit/log.ts";
import { askEndpoint } from "../network/ask-endpoint.ts";
import { type KeptReading, keepReading } from "./keep-reading.ts";
import { refreshFacets } from "./search/refresh-facets.ts";

const READ_RECOGNITIONS = "{ recognitions { scope badgeClassId member { slug } by { slug } } }";

const recognitionsSchema = z.object({
	recognitions: z.array(
		z.object({
			scope: z.string(),
			badgeClassId: z.string().nullable(),
			member: z.object({ slug: z.string() }),
			by: z.object({ slug: z.string() }),
		}),
	),
});

/** Keeps who recognises which badge class or institute, as the network says it: search filters by it, and prefers it among equals. */
export function keepRecognitions(database: DataSource, directoryUrl: string, log: Log): KeptReading {
	return keepReading({
		what: "the recognitions",
		log,
		async read(signal) {
			const { recognitions } = recognitionsSchema.parse(
				await askEndpoint({ endpoint: directoryUrl, query: READ_RECOGNITIONS, largestAnswer: 64 * 1024 * 1024, signal }),
			);
			// Who recognises a member for a field, or one issuer of it, does not recognise all its badges.
			const whole = recognitions.filter(({ scope }) => scope === "INSTITUTE" || scope === "BADGE_CLASS");
			const rows = whole.map(({ badgeClassId, member, by }) => ({ target: badgeClassId ?? member.slug, by: by.slug }));
			if (await replace(database, rows)) await refreshFacets(database);
		},
	});
}

/** Returns whether anything changed. */
async function replace(database: DataSource, rows: readonly { target: string; by: string }[]): Promise<boolean> {
	const given = JSON.stringify(rows);
	return database.transaction(async (manager) => {
		const row = `json_to_recordset($1) AS "row" ("target" text, "by" text)`;
		const removed: unknown[] = await manager.query(
			`WITH "removed" AS (DELETE FROM "recognised" WHERE ("target", "by") NOT IN (SELECT "target", "by" FROM ${row}) RETURNING 1) SELECT * FROM "removed"`,
			[given],
		);
		const added: unknown[] = await manager.query(
			`WITH "added" AS (INSERT INTO "recognised" SELECT DISTINCT "target", "by" FROM ${row} ON CONFLICT DO NOTHING RETURNING 1) SELECT * FROM "added"`,
			[given],
		);
		return removed.length + added.length > 0;
	});
}
