import type { MigrationInterface, QueryRunner } from "typeorm";

export class SignedReads1767225600002 implements MigrationInterface {
	async up(runner: QueryRunner): Promise<void> {
		await runner.query(`ALTER TABLE "member" ADD COLUMN "signedReads" boolean NOT NULL DEFAULT false`);
	}

	async down(runner: QueryRunner): Promise<void> {
		await runner.query(`ALTER TABLE "member" DROP COLUMN "signedReads"`);
	}
}
