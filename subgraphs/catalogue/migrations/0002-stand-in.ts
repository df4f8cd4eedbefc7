import type { MigrationInterface, QueryRunner } from "typeorm";

/** What it takes to stand in for a member in every order of the contract: see stand-in/schema.ts. */
export class StandIn1767225600002 implements MigrationInterface {
	async up(runner: QueryRunner): Promise<void> {
		// Null until the member is next heard.
		await runner.query(`ALTER TABLE "harvest" ADD COLUMN "presentation" jsonb`);
		await runner.query(`
			ALTER TABLE "badge"
				ADD COLUMN "createdCursor" text COLLATE "C",
				ADD COLUMN "updatedCursor" text COLLATE "C"`);
		for (const instant of ["created", "updated"]) {
			// As in schema/cursor.ts: later instants come first.
			await runner.query(`
				UPDATE "badge" SET "${instant}Cursor" =
					lpad((9999999999999 - (extract(epoch FROM "${instant}At") * 1000)::bigint)::text, 13, '0') || ' ' || "id"`);
			await runner.query(`ALTER TABLE "badge" ALTER COLUMN "${instant}Cursor" SET NOT NULL`);
		}
	}

	async down(runner: QueryRunner): Promise<void> {
		await runner.query(`ALTER TABLE "badge" DROP COLUMN "createdCursor", DROP COLUMN "updatedCursor"`);
		await runner.query(`ALTER TABLE "harvest" DROP COLUMN "presentation"`);
	}
}
