import type { MigrationInterface, QueryRunner } from "typeorm";

/** For the newest recognitions in force by a member, and of one: few of many rows, in the order in which they are shown. */
export class RecognitionReads1767225600004 implements MigrationInterface {
	async up(runner: QueryRunner): Promise<void> {
		for (const [name, end] of ENDS)
			await runner.query(`CREATE INDEX "${name}" ON "recognition" ("${end}", "since" DESC, "id") WHERE "revokedAt" IS NULL`);
	}

	async down(runner: QueryRunner): Promise<void> {
		for (const [name] of ENDS) await runner.query(`DROP INDEX "${name}"`);
	}
}

const ENDS = [
	["recognition_newest_by", "bySlug"],
	["recognition_newest_of", "memberSlug"],
] as const;
