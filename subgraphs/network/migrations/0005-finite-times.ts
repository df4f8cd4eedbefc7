import type { MigrationInterface, QueryRunner } from "typeorm";

const TIMES = [
	["member", ["admittedAt", "keyWantedAt"]],
	["recognition", ["since", "expiresAt", "revokedAt"]],
] as const;

/**
 * A time of the register is an instant, never `infinity`, which no calendar has and no answer could say. The log has no such
 * constraint: what it holds is judged by its hashes and signatures. Rows that are there already stay, to be mended by a person.
 */
export class FiniteTimes1767225600005 implements MigrationInterface {
	async up(runner: QueryRunner): Promise<void> {
		for (const [table, columns] of TIMES)
			await runner.query(
				`ALTER TABLE "${table}" ADD CONSTRAINT "${table}_finite_times" CHECK (${columns.map((column) => `isfinite("${column}")`).join(" AND ")}) NOT VALID`,
			);
	}

	async down(runner: QueryRunner): Promise<void> {
		for (const [table] of TIMES) await runner.query(`ALTER TABLE "${table}" DROP CONSTRAINT "${table}_finite_times"`);
	}
}
