import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * The search index as search/index-badge.ts writes it, with everything that is searched, filtered and counted in one
 * table; the vocabulary of the index; the thesaurus. What was indexed before is read anew: see `indexMissing`.
 */
export class Search1767225600003 implements MigrationInterface {
	async up(runner: QueryRunner): Promise<void> {
		await runner.query(`DROP TABLE "search_document"`);
		await runner.query(`
			CREATE TABLE "search_document" (
				"badgeId" text PRIMARY KEY REFERENCES "badge" ("id") ON DELETE CASCADE,
				"number" integer NOT NULL UNIQUE GENERATED ALWAYS AS IDENTITY,
				"words" tsvector NOT NULL,
				"foldedName" text NOT NULL,
				"nameCursor" text COLLATE "C" NOT NULL,
				"instituteSlug" text NOT NULL,
				"retired" boolean NOT NULL,
				"requestable" boolean NOT NULL,
				"metabadge" boolean NOT NULL,
				"language" text NOT NULL,
				"facets" text[] NOT NULL,
				"boost" real NOT NULL
			)`);
		// Ranking reads the words of every row that matches: kept beside the row and not compressed, unless they are long.
		await runner.query(`ALTER TABLE "search_document" SET (toast_tuple_target = 8160)`);
		await runner.query(`CREATE INDEX "search_document_words" ON "search_document" USING gin ("words") WITH (fastupdate = off)`);
		await runner.query(`CREATE INDEX "search_document_name" ON "search_document" USING gin ("foldedName" gin_trgm_ops)`);
		await runner.query(`CREATE INDEX "search_document_institute" ON "search_document" ("instituteSlug")`);
		await runner.query(`CREATE UNIQUE INDEX "search_document_order" ON "search_document" ("nameCursor") WHERE NOT "retired"`);
		await runner.query(`
			CREATE TABLE "vocabulary" (
				"lexeme" text COLLATE "C" PRIMARY KEY,
				"badges" integer NOT NULL DEFAULT 0,
				"labels" integer NOT NULL DEFAULT 0,
				"changed" xid8 NOT NULL DEFAULT pg_current_xact_id()
			)`);
		await runner.query(`CREATE INDEX "vocabulary_alike" ON "vocabulary" USING gin ("lexeme" gin_trgm_ops) WHERE "lexeme" ~ '^[a-z]'`);
		await runner.query(`
			CREATE TABLE "thesaurus_concept" (
				"code" text PRIMARY KEY,
				"kind" text NOT NULL CHECK ("kind" IN ('JOB', 'COMPETENCY', 'CATEGORY')),
				"label" text NOT NULL,
				"domain" text
			)`);
		await runner.query(`
			CREATE TABLE "thesaurus_label" (
				"code" text NOT NULL REFERENCES "thesaurus_concept" ("code") ON DELETE CASCADE,
				"label" text NOT NULL,
				"words" tsvector NOT NULL,
				PRIMARY KEY ("code", "label")
			)`);
		await runner.query(`CREATE INDEX "thesaurus_label_words" ON "thesaurus_label" USING gin ("words") WITH (fastupdate = off)`);
		await runner.query(`
			CREATE TABLE "thesaurus_link" (
				"job" text NOT NULL REFERENCES "thesaurus_concept" ("code") ON DELETE CASCADE,
				"competency" text NOT NULL REFERENCES "thesaurus_concept" ("code") ON DELETE CASCADE,
				"core" boolean NOT NULL,
				PRIMARY KEY ("job", "competency")
			)`);
		await runner.query(`CREATE INDEX "thesaurus_link_competency" ON "thesaurus_link" ("competency")`);
		await runner.query(`CREATE INDEX "thesaurus_label_label" ON "thesaurus_label" ("label")`);
		// Vectors of 32-bit numbers, as this machine writes them. See search/near-words.ts.
		await runner.query(`CREATE TABLE "thesaurus_meaning" ("root" text COLLATE "C" PRIMARY KEY, "vector" bytea NOT NULL)`);
		await runner.query(`CREATE TABLE "thesaurus_version" ("digest" text PRIMARY KEY)`);
		await runner.query(`
			CREATE TABLE "recognised" (
				"target" text NOT NULL,
				"by" text NOT NULL,
				PRIMARY KEY ("target", "by")
			)`);
		for (const [table, column] of [
			["search_document", "badges"],
			["thesaurus_label", "labels"],
		] as const)
			await this.count(runner, table, column);
		await this.tell(runner);
	}

	/**
	 * Which badges' documents each transaction changed, for the last hour, so that every process takes in what others
	 * wrote (see search/index-memory.ts). The empty badge stands for names: of institutes, collectives and the thesaurus.
	 */
	private async tell(runner: QueryRunner): Promise<void> {
		await runner.query(`
			CREATE TABLE "search_change" (
				"badgeId" text NOT NULL,
				"changed" xid8 NOT NULL DEFAULT pg_current_xact_id(),
				"at" timestamptz NOT NULL DEFAULT now()
			)`);
		await runner.query(`CREATE INDEX "search_change_changed" ON "search_change" ("changed")`);
		await runner.query(`CREATE INDEX "search_change_at" ON "search_change" ("at")`);
		// Writers never wait for each other over what is old.
		const forget = `DELETE FROM "search_change" WHERE ctid = ANY (ARRAY(
			SELECT ctid FROM "search_change" WHERE "at" < now() - interval '1 hour' LIMIT 10000 FOR UPDATE SKIP LOCKED))`;
		for (const [event, rows] of [
			["INSERT", "after"],
			["UPDATE", "after"],
			["DELETE", "before"],
		] as const) {
			const name = `search_document_tell_${event.toLowerCase()}`;
			await runner.query(`
				CREATE FUNCTION "${name}"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
					${forget};
					INSERT INTO "search_change" ("badgeId") SELECT "badgeId" FROM "${rows}";
					RETURN NULL;
				END $$`);
			await runner.query(
				`CREATE TRIGGER "${name}" AFTER ${event} ON "search_document" REFERENCING ${rows === "after" ? "NEW" : "OLD"} TABLE AS "${rows}" FOR EACH STATEMENT EXECUTE FUNCTION "${name}"()`,
			);
		}
		await runner.query(`
			CREATE FUNCTION "search_tell_other"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
				INSERT INTO "search_change" ("badgeId") VALUES ('');
				RETURN NULL;
			END $$`);
		await runner.query(
			`CREATE TRIGGER "harvest_tell" AFTER INSERT OR DELETE OR UPDATE OF "name", "departements", "collectives" ON "harvest" FOR EACH STATEMENT EXECUTE FUNCTION "search_tell_other"()`,
		);
		await runner.query(
			`CREATE TRIGGER "collective_name_tell" AFTER INSERT OR DELETE OR UPDATE ON "collective_name" FOR EACH STATEMENT EXECUTE FUNCTION "search_tell_other"()`,
		);
		await runner.query(
			`CREATE TRIGGER "thesaurus_tell" AFTER INSERT OR DELETE ON "thesaurus_version" FOR EACH STATEMENT EXECUTE FUNCTION "search_tell_other"()`,
		);
	}

	/** How many rows hold each lexeme, and under the empty one how many rows there are, kept by the database itself. */
	private async count(runner: QueryRunner, table: string, column: string): Promise<void> {
		const lexemes = (rows: string, sign: number) =>
			`SELECT unnest(tsvector_to_array("words")) AS "lexeme", ${sign} AS "n" FROM "${rows}" UNION ALL SELECT '', ${sign} FROM "${rows}"`;
		for (const [event, source] of [
			["INSERT", lexemes("after", 1)],
			["DELETE", lexemes("before", -1)],
			["UPDATE", `${lexemes("after", 1)} UNION ALL ${lexemes("before", -1)}`],
		] as const) {
			const name = `${table}_count_${event.toLowerCase()}`;
			const tables = [event === "INSERT" ? "" : `OLD TABLE AS "before"`, event === "DELETE" ? "" : `NEW TABLE AS "after"`].join(" ");
			// In the order of the lexemes, so that two writers never wait for each other.
			await runner.query(`
				CREATE FUNCTION "${name}"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
					INSERT INTO "vocabulary" AS "known" ("lexeme", "${column}")
					SELECT "lexeme", sum("n") FROM (${source}) AS "change" GROUP BY 1 HAVING sum("n") <> 0 ORDER BY 1
					ON CONFLICT ("lexeme") DO UPDATE SET "${column}" = "known"."${column}" + excluded."${column}", "changed" = pg_current_xact_id();
					RETURN NULL;
				END $$`);
			await runner.query(
				`CREATE TRIGGER "${name}" AFTER ${event} ON "${table}" REFERENCING ${tables} FOR EACH STATEMENT EXECUTE FUNCTION "${name}"()`,
			);
		}
	}

	async down(runner: QueryRunner): Promise<void> {
		await runner.query(`DROP TRIGGER "harvest_tell" ON "harvest"`);
		await runner.query(`DROP TRIGGER "collective_name_tell" ON "collective_name"`);
		for (const table of ["recognised", "thesaurus_version", "thesaurus_meaning", "thesaurus_link", "thesaurus_label", "thesaurus_concept"])
			await runner.query(`DROP TABLE "${table}"`);
		await runner.query(`DROP TABLE "search_document"`);
		for (const table of ["search_document", "thesaurus_label"])
			for (const event of ["insert", "delete", "update"]) await runner.query(`DROP FUNCTION "${table}_count_${event}"()`);
		for (const event of ["insert", "update", "delete"]) await runner.query(`DROP FUNCTION "search_document_tell_${event}"()`);
		await runner.query(`DROP FUNCTION "search_tell_other"()`);
		await runner.query(`DROP TABLE "search_change"`);
		await runner.query(`DROP TABLE "vocabulary"`);
		await runner.query(`
			CREATE TABLE "search_document" (
				"badgeId" text PRIMARY KEY REFERENCES "badge" ("id") ON DELETE CASCADE,
				"words" tsvector NOT NULL,
				"foldedName" text NOT NULL
			)`);
	}
}
