import type { MigrationInterface, QueryRunner } from "typeorm";

export class Competences1767225600001 implements MigrationInterface {
	async up(runner: QueryRunner): Promise<void> {
		await runner.query(
			`CREATE TABLE "referential" ("source" text PRIMARY KEY, "version" text NOT NULL, "licence" text NOT NULL, "digest" text NOT NULL)`,
		);
		await runner.query(`
			CREATE TABLE "job" (
				"code" text PRIMARY KEY,
				"label" text NOT NULL,
				"domain" text NOT NULL,
				"appellations" text[] NOT NULL,
				"foldedLabels" text[] NOT NULL,
				"labelCursor" text COLLATE "C" NOT NULL UNIQUE
			)`);
		await runner.query(`
			CREATE TABLE "competency" (
				"code" text PRIMARY KEY,
				"label" text NOT NULL,
				"kind" text NOT NULL CHECK ("kind" IN ('KNOW_HOW', 'SOFT_SKILL', 'KNOWLEDGE'))
			)`);
		await runner.query(`
			CREATE TABLE "job_competency" (
				"jobCode" text NOT NULL REFERENCES "job" ("code") ON DELETE CASCADE,
				"competencyCode" text NOT NULL REFERENCES "competency" ("code") ON DELETE CASCADE,
				"core" boolean NOT NULL,
				PRIMARY KEY ("jobCode", "competencyCode")
			)`);
		await runner.query(`CREATE INDEX "job_competency_competency" ON "job_competency" ("competencyCode")`);
		await runner.query(`CREATE TABLE "harvested_member" ("slug" text PRIMARY KEY, "position" text)`);
		await runner.query(`
			CREATE TABLE "badge" (
				"id" text PRIMARY KEY,
				"slug" text NOT NULL REFERENCES "harvested_member" ("slug") ON DELETE CASCADE,
				"name" text NOT NULL,
				"nameCursor" text COLLATE "C" NOT NULL,
				"alignments" jsonb NOT NULL
			)`);
		await runner.query(`CREATE INDEX "badge_slug" ON "badge" ("slug")`);
		for (const [table, column, target] of [
			["badge_job", "jobCode", "job"],
			["badge_competency", "competencyCode", "competency"],
		] as const) {
			await runner.query(`
				CREATE TABLE "${table}" (
					"badgeId" text NOT NULL REFERENCES "badge" ("id") ON DELETE CASCADE,
					"${column}" text NOT NULL REFERENCES "${target}" ("code") ON DELETE CASCADE,
					"provenance" text NOT NULL CHECK ("provenance" IN ('EXACT_CODE', 'URL', 'LABEL')),
					PRIMARY KEY ("badgeId", "${column}")
				)`);
			await runner.query(`CREATE INDEX "${table}_${target}" ON "${table}" ("${column}")`);
		}
	}

	async down(runner: QueryRunner): Promise<void> {
		for (const table of [
			"badge_competency",
			"badge_job",
			"badge",
			"harvested_member",
			"job_competency",
			"competency",
			"job",
			"referential",
		])
			await runner.query(`DROP TABLE "${table}"`);
	}
}
