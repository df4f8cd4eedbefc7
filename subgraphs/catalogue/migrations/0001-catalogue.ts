import type { MigrationInterface, QueryRunner } from "typeorm";

export class Catalogue1767225600001 implements MigrationInterface {
	async up(runner: QueryRunner): Promise<void> {
		await runner.query(`
			CREATE TABLE "harvest" (
				"instituteSlug" text PRIMARY KEY,
				"name" text NOT NULL,
				"departements" text[] NOT NULL,
				"collectives" text[] NOT NULL,
				"position" text,
				"heardAt" timestamptz(3),
				"problem" text
			)`);
		await runner.query(`CREATE TABLE "collective_name" ("id" text PRIMARY KEY, "name" text NOT NULL)`);
		await runner.query(`
			CREATE TABLE "refusal" (
				"instituteSlug" text NOT NULL REFERENCES "harvest" ("instituteSlug") ON DELETE CASCADE,
				"rowId" text NOT NULL,
				"reason" text NOT NULL,
				PRIMARY KEY ("instituteSlug", "rowId")
			)`);
		await runner.query(`
			CREATE TABLE "badge" (
				"id" text PRIMARY KEY,
				"instituteSlug" text NOT NULL REFERENCES "harvest" ("instituteSlug") ON DELETE CASCADE,
				"iri" text NOT NULL,
				"name" text NOT NULL,
				"description" text NOT NULL,
				"image" text,
				"criteria" jsonb NOT NULL,
				"tags" text[] NOT NULL,
				"language" text NOT NULL,
				"alignments" jsonb NOT NULL,
				"issuerId" text NOT NULL,
				"issuerName" text NOT NULL,
				"retired" boolean NOT NULL,
				"requestable" boolean NOT NULL,
				"requestUrl" text,
				"requirement" jsonb,
				"metabadge" boolean NOT NULL,
				"createdAt" timestamptz(3) NOT NULL,
				"updatedAt" timestamptz(3) NOT NULL,
				"harvestedAt" timestamptz(3) NOT NULL,
				"nameCursor" text COLLATE "C" NOT NULL
			)`);
		await runner.query(`CREATE UNIQUE INDEX "badge_name" ON "badge" ("nameCursor")`);
		await runner.query(`CREATE INDEX "badge_institute" ON "badge" ("instituteSlug")`);
		// The required badge may belong to a member that is not known, so that only the metabadge is held by a key.
		await runner.query(`
			CREATE TABLE "requirement" (
				"metabadgeId" text NOT NULL REFERENCES "badge" ("id") ON DELETE CASCADE,
				"requiredId" text NOT NULL,
				"place" integer NOT NULL,
				"cycle" text,
				PRIMARY KEY ("metabadgeId", "requiredId")
			)`);
		await runner.query(`CREATE INDEX "requirement_required" ON "requirement" ("requiredId")`);
		// Written by raw SQL alone: TypeORM has no part in how words are kept. See search/index-badge.ts.
		await runner.query(`
			CREATE TABLE "search_document" (
				"badgeId" text PRIMARY KEY REFERENCES "badge" ("id") ON DELETE CASCADE,
				"words" tsvector NOT NULL,
				"foldedName" text NOT NULL
			)`);
		await runner.query(`CREATE INDEX "search_document_words" ON "search_document" USING gin ("words")`);
		await runner.query(`CREATE INDEX "search_document_name" ON "search_document" USING gin ("foldedName" gin_trgm_ops)`);
	}

	async down(runner: QueryRunner): Promise<void> {
		for (const table of ["search_document", "requirement", "badge", "refusal", "collective_name", "harvest"])
			await runner.query(`DROP TABLE "${table}"`);
	}
}
