import type { MigrationInterface, QueryRunner } from "typeorm";

export class Statements1767225600003 implements MigrationInterface {
	async up(runner: QueryRunner): Promise<void> {
		await runner.query(`
			CREATE TABLE "statement" (
				"sequence" integer PRIMARY KEY,
				"id" text NOT NULL UNIQUE,
				"token" text NOT NULL,
				"recordedAt" timestamptz(3) NOT NULL,
				"previous" text NOT NULL,
				"hash" text NOT NULL UNIQUE
			)`);
		// The signed heads of the log: one for each batch of statements, made when they were recorded.
		await runner.query(`
			CREATE TABLE "checkpoint" (
				"size" integer PRIMARY KEY REFERENCES "statement" ("sequence"),
				"token" text NOT NULL
			)`);
		// Against mistakes: whoever owns the tables can get round it, which is what the hashes and signatures are for.
		await runner.query(`
			CREATE FUNCTION "refuse_rewriting"() RETURNS trigger LANGUAGE plpgsql AS $$
			BEGIN RAISE EXCEPTION 'The log of statements is only ever appended to'; END $$`);
		for (const table of ["statement", "checkpoint"])
			await runner.query(
				`CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "${table}" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_rewriting"()`,
			);
		// Goes up with each change that is committed: whoever keeps something made of the register compares it.
		await runner.query(`CREATE TABLE "register_version" ("version" bigint NOT NULL)`);
		await runner.query(`INSERT INTO "register_version" VALUES (1)`);
		await runner.query(`
			ALTER TABLE "recognition"
				ADD COLUMN "statementId" text REFERENCES "statement" ("id"),
				ADD COLUMN "issuerId" text,
				ADD COLUMN "field" text,
				ADD COLUMN "expiresAt" timestamptz(3),
				DROP CONSTRAINT "recognition_scope_check",
				ADD CONSTRAINT "recognition_scope_check" CHECK ("scope" IN ('INSTITUTE', 'ISSUER', 'BADGE_CLASS', 'FIELD')),
				ADD CHECK (("scope" = 'ISSUER') = ("issuerId" IS NOT NULL)),
				ADD CHECK (("scope" = 'FIELD') = ("field" IS NOT NULL))`);
		await runner.query(`ALTER TABLE "member" ADD COLUMN "keyWantedAt" timestamptz(3)`);
		await runner.query(`DROP INDEX "recognition_in_force"`);
		await runner.query(
			`CREATE UNIQUE INDEX "recognition_in_force" ON "recognition" ("bySlug", "scope", coalesce("badgeClassId", "issuerId", "memberSlug"), coalesce("field", '')) WHERE "revokedAt" IS NULL`,
		);
		await runner.query(`CREATE INDEX "recognition_statement" ON "recognition" ("statementId")`);
	}

	async down(runner: QueryRunner): Promise<void> {
		await runner.query(`DROP INDEX "recognition_in_force"`);
		await runner.query(`DELETE FROM "recognition" WHERE "scope" IN ('ISSUER', 'FIELD')`);
		await runner.query(`ALTER TABLE "recognition" DROP CONSTRAINT "recognition_scope_check"`);
		for (const column of ["statementId", "issuerId", "field", "expiresAt"])
			await runner.query(`ALTER TABLE "recognition" DROP COLUMN "${column}"`);
		await runner.query(
			`ALTER TABLE "recognition" ADD CONSTRAINT "recognition_scope_check" CHECK ("scope" IN ('INSTITUTE', 'BADGE_CLASS'))`,
		);
		await runner.query(
			`CREATE UNIQUE INDEX "recognition_in_force" ON "recognition" ("bySlug", coalesce("badgeClassId", "memberSlug")) WHERE "revokedAt" IS NULL`,
		);
		await runner.query(`ALTER TABLE "member" DROP COLUMN "keyWantedAt"`);
		for (const table of ["register_version", "checkpoint", "statement"]) await runner.query(`DROP TABLE "${table}"`);
		await runner.query(`DROP FUNCTION "refuse_rewriting"()`);
	}
}
