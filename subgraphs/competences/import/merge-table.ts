import type pg from "pg";

/** What an import did to a table, in rows. */
export interface MergeCount {
	unchanged: number;
	inserted: number;
	updated: number;
	/** Kept and marked as retired, or removed where nothing is to be read of them. */
	retired: number;
}

export interface MergedTable {
	table: string;
	key: readonly string[];
	/** Every other column. */
	columns: readonly string[];
	/**
	 * Rows that the import does not have: `retire` marks them with the version in `retiredIn`, among those for which the
	 * SQL condition `where` on `kept` holds; `remove` deletes those for which its condition holds.
	 */
	missing: { retire: string; where?: string } | { remove: string };
}

/** Brings a table in line with `stage_<table>`, in sets. Rows that are right already are not written, not even locked. */
export async function mergeTable(client: pg.ClientBase, { table, key, columns, missing }: MergedTable): Promise<MergeCount> {
	const names = (list: readonly string[], prefix = "") => list.map((name) => `${prefix}"${name}"`).join(", ");
	const same = key.map((name) => `kept."${name}" = stage."${name}"`).join(" AND ");
	const count = async (sql: string, values: unknown[] = []) => (await client.query(sql, values)).rowCount ?? 0;
	await client.query(`ANALYZE stage_${table} (${names(key)})`);
	const retired =
		"retire" in missing
			? await count(
					`UPDATE ${table} AS kept SET "retiredIn" = $1
					WHERE kept."retiredIn" IS NULL AND ${missing.where ?? "TRUE"} AND NOT EXISTS (SELECT FROM stage_${table} AS stage WHERE ${same})`,
					[missing.retire],
				)
			: await count(
					`DELETE FROM ${table} AS kept WHERE ${missing.remove} AND NOT EXISTS (SELECT FROM stage_${table} AS stage WHERE ${same})`,
				);
	const updated =
		columns.length === 0
			? 0
			: await count(
					`UPDATE ${table} AS kept SET ${columns.map((name) => `"${name}" = stage."${name}"`).join(", ")}
					FROM stage_${table} AS stage
					WHERE ${same} AND (${names(columns, "kept.")}) IS DISTINCT FROM (${names(columns, "stage.")})`,
				);
	const all = [...key, ...columns];
	const inserted = await count(
		`INSERT INTO ${table} (${names(all)})
		SELECT ${names(all, "stage.")} FROM stage_${table} AS stage
		WHERE NOT EXISTS (SELECT FROM ${table} AS kept WHERE ${same})`,
	);
	const { rows } = await client.query(`SELECT count(*)::int AS total FROM stage_${table}`);
	return { unchanged: (rows[0] as { total: number }).total - inserted - updated, inserted, updated, retired };
}

/** Makes an empty `stage_<table>` like the table, for this transaction. */
export async function stageTable(client: pg.ClientBase, table: string): Promise<void> {
	await client.query(`CREATE TEMP TABLE stage_${table} (LIKE ${table} INCLUDING DEFAULTS) ON COMMIT DROP`);
}
