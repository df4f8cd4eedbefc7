import type { MigrationInterface, QueryRunner } from "typeorm";

export class Network1767225600001 implements MigrationInterface {
	async up(runner: QueryRunner): Promise<void> {
		await runner.query(`
			CREATE TABLE "member" (
				"slug" text PRIMARY KEY,
				"name" text NOT NULL,
				"status" text NOT NULL CHECK ("status" IN ('ADMITTED', 'SUSPENDED', 'LEFT')),
				"endpoint" text NOT NULL,
				"departementCodes" text[] NOT NULL,
				"admittedAt" timestamptz(3) NOT NULL,
				"demonstration" boolean NOT NULL,
				"nameCursor" text COLLATE "C" NOT NULL
			)`);
		await runner.query(`CREATE TABLE "collective" ("id" text PRIMARY KEY, "name" text NOT NULL, "description" text)`);
		await runner.query(`
			CREATE TABLE "membership" (
				"collectiveId" text NOT NULL REFERENCES "collective" ("id"),
				"memberSlug" text NOT NULL REFERENCES "member" ("slug"),
				PRIMARY KEY ("collectiveId", "memberSlug")
			)`);
		await runner.query(`CREATE INDEX "membership_member" ON "membership" ("memberSlug")`);
		await runner.query(`
			CREATE TABLE "recognition" (
				"id" uuid PRIMARY KEY DEFAULT gen_random_uuid(),
				"bySlug" text NOT NULL REFERENCES "member" ("slug"),
				"scope" text NOT NULL CHECK ("scope" IN ('INSTITUTE', 'BADGE_CLASS')),
				"memberSlug" text NOT NULL REFERENCES "member" ("slug"),
				"badgeClassId" text,
				"since" timestamptz(3) NOT NULL,
				"reason" text NOT NULL,
				"revokedAt" timestamptz(3),
				CHECK ("bySlug" <> "memberSlug"),
				CHECK (("scope" = 'BADGE_CLASS') = ("badgeClassId" IS NOT NULL))
			)`);
		// One in force of each subject by each member; revoked ones stay as history.
		await runner.query(
			`CREATE UNIQUE INDEX "recognition_in_force" ON "recognition" ("bySlug", coalesce("badgeClassId", "memberSlug")) WHERE "revokedAt" IS NULL`,
		);
		await runner.query(`CREATE INDEX "recognition_member" ON "recognition" ("memberSlug")`);
	}

	async down(runner: QueryRunner): Promise<void> {
		for (const table of ["recognition", "membership", "collective", "member"]) await runner.query(`DROP TABLE "${table}"`);
	}
}
