import type { MigrationInterface, QueryRunner } from "typeorm";

export class ExactMatches1767225600002 implements MigrationInterface {
	async up(runner: QueryRunner): Promise<void> {
		await runner.query(`ALTER TABLE "badge_class" ADD COLUMN "exactMatches" text[] NOT NULL DEFAULT '{}'`);
	}

	async down(runner: QueryRunner): Promise<void> {
		await runner.query(`ALTER TABLE "badge_class" DROP COLUMN "exactMatches"`);
	}
}
