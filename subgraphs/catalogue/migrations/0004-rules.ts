import type { MigrationInterface, QueryRunner } from "typeorm";

/** What rules that are trees need: declared equivalents, and badges by what they are aligned to. And when badges were made, for lists of the newest. */
export class Rules1767225600004 implements MigrationInterface {
	async up(runner: QueryRunner): Promise<void> {
		await runner.query(`ALTER TABLE "search_document" ADD COLUMN "createdAt" timestamptz(3)`);
		await runner.query(`UPDATE "search_document" SET "createdAt" = "badge"."createdAt" FROM "badge" WHERE "id" = "badgeId"`);
		await runner.query(`ALTER TABLE "search_document" ALTER COLUMN "createdAt" SET NOT NULL`);
		// Indexes are brought up to date at once: a list of what is yet to be put in them is read whole by each search.
		await runner.query(`ALTER TABLE "badge" ADD COLUMN "exactMatches" text[] NOT NULL DEFAULT '{}'`);
		await runner.query(
			`CREATE INDEX "badge_exact_matches" ON "badge" USING gin ("exactMatches") WITH (fastupdate = off) WHERE "exactMatches" <> '{}'`,
		);
		// Other systems know badges by their IRI.
		await runner.query(`CREATE INDEX "badge_iri" ON "badge" ("iri")`);
		// Codes and addresses, as alignments and rules write them, compared without case.
		await runner.query(`
			CREATE FUNCTION "alignment_keys"("alignments" jsonb) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
				SELECT ARRAY(
					SELECT DISTINCT lower("key") FROM jsonb_array_elements("alignments") AS "one", LATERAL (VALUES ("one"->>'targetCode'), ("one"->>'targetUrl')) AS "keys" ("key")
					WHERE "key" IS NOT NULL)
			$$`);
		await runner.query(
			`CREATE INDEX "badge_alignment_keys" ON "badge" USING gin ("alignment_keys"("alignments")) WITH (fastupdate = off) WHERE "alignments" <> '[]'`,
		);
		await runner.query(`
			CREATE FUNCTION "requirement_keys"("requirement" jsonb) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
				SELECT ARRAY(
					SELECT DISTINCT lower("part"->>'competency') FROM jsonb_array_elements(CASE jsonb_typeof("requirement"->'parts') WHEN 'array' THEN "requirement"->'parts' ELSE '[]' END) AS "part"
					WHERE "part"->>'kind' = 'COMPETENCY')
			$$`);
		await runner.query(
			`CREATE INDEX "badge_requirement_keys" ON "badge" USING gin ("requirement_keys"("requirement")) WITH (fastupdate = off) WHERE "requirement_keys"("requirement") <> '{}'`,
		);
	}

	async down(runner: QueryRunner): Promise<void> {
		for (const index of ["badge_iri", "badge_requirement_keys", "badge_alignment_keys", "badge_exact_matches"])
			await runner.query(`DROP INDEX "${index}"`);
		for (const name of ["requirement_keys", "alignment_keys"]) await runner.query(`DROP FUNCTION "${name}"`);
		await runner.query(`ALTER TABLE "badge" DROP COLUMN "exactMatches"`);
		await runner.query(`ALTER TABLE "search_document" DROP COLUMN "createdAt"`);
	}
}
