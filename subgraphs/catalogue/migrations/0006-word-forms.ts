import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * Words are brought to other roots than before, and what they mean is worked out of more: the next start indexes every badge anew,
 * and takes the thesaurus anew.
 */
export class WordForms1767225600006 implements MigrationInterface {
	async up(runner: QueryRunner): Promise<void> {
		await runner.query(`DELETE FROM "search_document"`);
		await runner.query(`DELETE FROM "thesaurus_meaning"`);
		await runner.query(`DELETE FROM "thesaurus_version"`);
	}

	/** Nothing to put back: the start after it makes both anew, by whatever rules it has. */
	async down(): Promise<void> {}
}
