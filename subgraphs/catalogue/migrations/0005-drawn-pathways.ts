import type { MigrationInterface, QueryRunner } from "typeorm";

/** Pathways that stewards draw, and who did what to them. What is removed stays, for its history. */
export class DrawnPathways1767225600005 implements MigrationInterface {
	async up(runner: QueryRunner): Promise<void> {
		await runner.query(`
			CREATE TABLE "drawn_pathway" (
				"id" uuid PRIMARY KEY DEFAULT gen_random_uuid(),
				"name" text NOT NULL,
				"description" text NOT NULL,
				"version" integer NOT NULL DEFAULT 1,
				"createdAt" timestamptz NOT NULL DEFAULT now(),
				"changedAt" timestamptz NOT NULL DEFAULT now(),
				"removedAt" timestamptz
			)`);
		await runner.query(`CREATE UNIQUE INDEX "drawn_pathway_name" ON "drawn_pathway" (lower("name")) WHERE "removedAt" IS NULL`);
		await runner.query(`
			CREATE TABLE "drawn_step" (
				"pathwayId" uuid NOT NULL REFERENCES "drawn_pathway" ON DELETE CASCADE,
				"place" integer NOT NULL,
				"badgeClassId" text,
				"competency" text,
				"optional" boolean NOT NULL,
				"note" text NOT NULL,
				PRIMARY KEY ("pathwayId", "place"),
				CHECK (("badgeClassId" IS NULL) <> ("competency" IS NULL))
			)`);
		await runner.query(`
			CREATE TABLE "drawn_pathway_event" (
				"id" bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
				"pathwayId" uuid NOT NULL REFERENCES "drawn_pathway" ON DELETE CASCADE,
				"at" timestamptz NOT NULL DEFAULT now(),
				"issuer" text NOT NULL,
				"steward" text NOT NULL,
				"action" text NOT NULL CHECK ("action" IN ('DRAWN', 'CHANGED', 'REMOVED')),
				"version" integer NOT NULL,
				"content" jsonb NOT NULL
			)`);
		await runner.query(`CREATE INDEX "drawn_pathway_event_pathway" ON "drawn_pathway_event" ("pathwayId", "id")`);
	}

	async down(runner: QueryRunner): Promise<void> {
		for (const table of ["drawn_pathway_event", "drawn_step", "drawn_pathway"]) await runner.query(`DROP TABLE "${table}"`);
	}
}
