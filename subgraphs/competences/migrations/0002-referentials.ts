import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * The whole of ROME, and the referentials beside it. What was kept was made from a file and from the members: it is
 * read anew.
 */
export class Referentials1767225600002 implements MigrationInterface {
	async up(runner: QueryRunner): Promise<void> {
		await runner.query(`TRUNCATE "job", "competency", "harvested_member" CASCADE`);
		await runner.query(`DROP TABLE "referential"`);
		await runner.query(`
			CREATE TABLE "referential" (
				"kind" text PRIMARY KEY CHECK ("kind" IN ('ROME', 'ESCO', 'OPCO', 'DEPARTEMENTS', 'REGIONAL')),
				"source" text NOT NULL,
				"version" text NOT NULL,
				"licence" text NOT NULL,
				"whole" boolean NOT NULL,
				"digest" text NOT NULL,
				"importedAt" timestamptz NOT NULL DEFAULT now()
			)`);
		await runner.query(
			`CREATE TABLE "domain" ("code" text PRIMARY KEY, "label" text NOT NULL, "parentCode" text REFERENCES "domain" ("code") DEFERRABLE INITIALLY DEFERRED)`,
		);
		await runner.query(`
			ALTER TABLE "job"
				ADD "ogr" text,
				ADD "domainCode" text REFERENCES "domain" ("code"),
				ADD "parentCode" text,
				ADD "definition" text,
				ADD "access" text,
				ADD "retiredIn" text,
				ADD "successorCode" text`);
		await runner.query(`CREATE INDEX "job_domain" ON "job" ("domainCode")`);
		await runner.query(`
			CREATE TABLE "appellation" (
				"code" text PRIMARY KEY,
				"jobCode" text NOT NULL REFERENCES "job" ("code") ON DELETE CASCADE,
				"label" text NOT NULL,
				"main" boolean NOT NULL,
				"forms" text[] NOT NULL,
				"retiredIn" text
			)`);
		await runner.query(`CREATE INDEX "appellation_job" ON "appellation" ("jobCode")`);
		await runner.query(`CREATE INDEX "appellation_forms" ON "appellation" USING gin ("forms")`);
		await runner.query(`CREATE INDEX "appellation_alike" ON "appellation" USING gin (("forms"[1]) gin_trgm_ops)`);
		await runner.query(`ALTER TABLE "competency" DROP CONSTRAINT "competency_kind_check"`);
		await runner.query(`
			ALTER TABLE "competency"
				ADD CHECK ("kind" IN ('KNOW_HOW', 'MACRO', 'SOFT_SKILL', 'KNOWLEDGE')),
				ADD "category" text,
				ADD "definition" text,
				ADD "macroCode" text,
				ADD "forms" text[] NOT NULL,
				ADD "retiredIn" text`);
		await runner.query(`CREATE INDEX "competency_forms" ON "competency" USING gin ("forms")`);
		await runner.query(`CREATE INDEX "competency_alike" ON "competency" USING gin (("forms"[1]) gin_trgm_ops)`);
		// Jobs and competencies are retired, never removed, and an import checks its codes as sets: row by row, these checks
		// took a third of its time.
		for (const column of ["jobCode", "competencyCode"])
			await runner.query(`ALTER TABLE "job_competency" DROP CONSTRAINT "job_competency_${column}_fkey"`);
		await runner.query(`ALTER TABLE "job_competency" ADD "emerging" boolean NOT NULL`);
		await runner.query(`
			CREATE TABLE "near_job" (
				"jobCode" text NOT NULL,
				"nearCode" text NOT NULL,
				"rank" integer NOT NULL,
				PRIMARY KEY ("jobCode", "nearCode")
			)`);
		await runner.query(`CREATE INDEX "near_job_near" ON "near_job" ("nearCode")`);
		await runner.query(`
			CREATE TABLE "job_group" (
				"kind" text NOT NULL CHECK ("kind" IN ('SECTOR', 'THEME', 'INTEREST', 'NAF', 'CONTEXT')),
				"code" text NOT NULL,
				"label" text NOT NULL,
				PRIMARY KEY ("kind", "code")
			)`);
		await runner.query(`
			CREATE TABLE "job_in_group" (
				"jobCode" text NOT NULL,
				"kind" text NOT NULL,
				"code" text NOT NULL,
				"main" boolean NOT NULL,
				PRIMARY KEY ("jobCode", "kind", "code")
			)`);
		await runner.query(`CREATE INDEX "job_in_group_group" ON "job_in_group" ("kind", "code")`);
		await runner.query(`
			CREATE TABLE "term" (
				"scheme" text NOT NULL,
				"code" text NOT NULL,
				"label" text NOT NULL,
				"forms" text[] NOT NULL,
				"definition" text,
				"retiredIn" text,
				PRIMARY KEY ("scheme", "code")
			)`);
		await runner.query(`CREATE INDEX "term_forms" ON "term" USING gin ("forms")`);
		await runner.query(`
			CREATE TABLE "term_link" (
				"scheme" text NOT NULL,
				"code" text NOT NULL,
				"targetKind" text NOT NULL CHECK ("targetKind" IN ('JOB', 'COMPETENCY')),
				"targetCode" text NOT NULL,
				"basis" text NOT NULL,
				PRIMARY KEY ("scheme", "code", "targetKind", "targetCode"),
				FOREIGN KEY ("scheme", "code") REFERENCES "term" ("scheme", "code") ON DELETE CASCADE
			)`);
		await runner.query(`
			CREATE TABLE "opco" (
				"code" text PRIMARY KEY, "name" text NOT NULL, "officialName" text, "site" text, "scope" text, "description" text,
				"aliases" text[] NOT NULL
			)`);
		await runner.query(`
			CREATE TABLE "agreement" ("idcc" text PRIMARY KEY, "label" text NOT NULL, "opcoCode" text REFERENCES "opco" ("code") ON DELETE CASCADE)`);
		await runner.query(`CREATE INDEX "agreement_opco" ON "agreement" ("opcoCode")`);
		await runner.query(`
			CREATE TABLE "activity" (
				"naf" text NOT NULL, "opcoCode" text NOT NULL REFERENCES "opco" ("code") ON DELETE CASCADE,
				"label" text NOT NULL, "basis" text NOT NULL, "confidence" text,
				PRIMARY KEY ("naf", "opcoCode")
			)`);
		await runner.query(`CREATE INDEX "activity_opco" ON "activity" ("opcoCode")`);
		await runner.query(
			`CREATE TABLE "departement" ("code" text PRIMARY KEY, "name" text NOT NULL, "regionCode" text NOT NULL, "regionName" text NOT NULL)`,
		);
		await runner.query(`
			ALTER TABLE "harvested_member"
				ADD "collectives" text[] NOT NULL DEFAULT '{}',
				ADD "departements" text[] NOT NULL DEFAULT '{}'`);
		await runner.query(`ALTER TABLE "badge" ADD "description" text NOT NULL DEFAULT '', ADD "tags" text[] NOT NULL DEFAULT '{}'`);
		for (const table of ["badge_job", "badge_competency"]) {
			await runner.query(`ALTER TABLE "${table}" DROP CONSTRAINT "${table}_provenance_check"`);
			await runner.query(`
				ALTER TABLE "${table}"
					ADD CHECK ("provenance" IN ('EXACT_CODE', 'URL', 'LABEL', 'CURATED')),
					ADD "confidence" real NOT NULL DEFAULT 1`);
		}
		await runner.query(`
			CREATE TABLE "mapping" (
				"id" uuid PRIMARY KEY DEFAULT gen_random_uuid(),
				"subject" text NOT NULL,
				"badgeId" text,
				"raw" jsonb,
				"targetKind" text NOT NULL CHECK ("targetKind" IN ('JOB', 'COMPETENCY')),
				"targetCode" text NOT NULL,
				"status" text NOT NULL CHECK ("status" IN ('PROPOSED', 'ACCEPTED', 'REJECTED')),
				"createdAt" timestamptz NOT NULL DEFAULT now(),
				"changedAt" timestamptz NOT NULL DEFAULT now(),
				UNIQUE ("subject", "targetKind", "targetCode"),
				CHECK (("badgeId" IS NULL) <> ("raw" IS NULL))
			)`);
		await runner.query(`CREATE INDEX "mapping_changed" ON "mapping" ("changedAt" DESC, "id")`);
		await runner.query(`
			CREATE TABLE "mapping_event" (
				"id" bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
				"mappingId" uuid NOT NULL REFERENCES "mapping" ("id") ON DELETE CASCADE,
				"at" timestamptz NOT NULL DEFAULT now(),
				"issuer" text NOT NULL,
				"curator" text NOT NULL,
				"status" text NOT NULL,
				"note" text
			)`);
		await runner.query(`CREATE INDEX "mapping_event_mapping" ON "mapping_event" ("mappingId")`);
	}

	async down(runner: QueryRunner): Promise<void> {
		await runner.query(`TRUNCATE "job", "competency", "job_competency", "harvested_member" CASCADE`);
		for (const table of [
			"mapping_event",
			"mapping",
			"departement",
			"activity",
			"agreement",
			"opco",
			"term_link",
			"term",
			"job_in_group",
			"job_group",
			"near_job",
			"appellation",
			"referential",
		])
			await runner.query(`DROP TABLE "${table}"`);
		await runner.query(`ALTER TABLE "badge" DROP "description", DROP "tags"`);
		await runner.query(`ALTER TABLE "harvested_member" DROP "collectives", DROP "departements"`);
		for (const table of ["badge_job", "badge_competency"]) {
			await runner.query(`ALTER TABLE "${table}" DROP CONSTRAINT "${table}_provenance_check", DROP "confidence"`);
			await runner.query(`ALTER TABLE "${table}" ADD CHECK ("provenance" IN ('EXACT_CODE', 'URL', 'LABEL'))`);
		}
		await runner.query(`ALTER TABLE "job_competency" DROP "emerging"`);
		for (const [column, target] of [
			["jobCode", "job"],
			["competencyCode", "competency"],
		])
			await runner.query(`ALTER TABLE "job_competency" ADD FOREIGN KEY ("${column}") REFERENCES "${target}" ("code") ON DELETE CASCADE`);
		await runner.query(`ALTER TABLE "competency" DROP CONSTRAINT "competency_kind_check"`);
		await runner.query(
			`ALTER TABLE "competency" DROP "category", DROP "definition", DROP "macroCode", DROP "forms", DROP "retiredIn", ADD CHECK ("kind" IN ('KNOW_HOW', 'SOFT_SKILL', 'KNOWLEDGE'))`,
		);
		await runner.query(
			`ALTER TABLE "job" DROP "ogr", DROP "domainCode", DROP "parentCode", DROP "definition", DROP "access", DROP "retiredIn", DROP "successorCode"`,
		);
		await runner.query(`DROP TABLE "domain"`);
		await runner.query(
			`CREATE TABLE "referential" ("source" text PRIMARY KEY, "version" text NOT NULL, "licence" text NOT NULL, "digest" text NOT NULL)`,
		);
	}
}
