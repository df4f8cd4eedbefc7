import type { EntityManager, EntityTarget, ObjectLiteral, QueryDeepPartialEntity } from "typeorm";

/** PostgreSQL takes 65 535 parameters in one statement. */
const AT_ONCE = 5000;

/** Inserts any number of rows. */
export async function insertRows<Row extends ObjectLiteral>(
	manager: EntityManager,
	entity: EntityTarget<Row>,
	rows: readonly QueryDeepPartialEntity<Row>[],
): Promise<void> {
	for (let start = 0; start < rows.length; start += AT_ONCE) await manager.insert(entity, rows.slice(start, start + AT_ONCE));
}
