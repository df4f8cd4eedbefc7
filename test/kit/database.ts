import { randomBytes } from "node:crypto";
import { inject } from "vitest";
import type { DatabaseAddress } from "../../subgraphs/kit/database-address.ts";
import { provisionDatabase, provisionSchemas } from "../../subgraphs/kit/provision.ts";

/** An empty database of its own for a test. */
export function freshDatabase(): Promise<DatabaseAddress> {
	return provisionDatabase(inject("postgres"), uniqueName());
}

/** Empty schemas in a database of their own, as the hub's subgraphs have them. */
export async function freshSchemas(schemas: readonly string[]): Promise<Map<string, DatabaseAddress>> {
	return provisionSchemas(inject("postgres"), uniqueName(), schemas);
}

function uniqueName(): string {
	return `t_${randomBytes(8).toString("hex")}`;
}
