import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { DatabaseAddress } from "../../subgraphs/kit/database-address.ts";
import { startEmbeddedPostgres } from "../../subgraphs/kit/postgres/embedded.ts";
import { provisionSchemas } from "../../subgraphs/kit/provision.ts";

/** An empty catalogue's database in a PostgreSQL of its own, outside the tests; it goes when the work is done. */
export async function withCatalogueDatabase<Result>(work: (address: DatabaseAddress) => Promise<Result>): Promise<Result> {
	const folder = mkdtempSync(path.join(tmpdir(), "catalogue-"));
	// Where this runs as root, the server runs as another user.
	chmodSync(folder, 0o755);
	const server = await startEmbeddedPostgres({ folder, durable: false });
	try {
		return await work((await provisionSchemas(server.admin, "measured", ["catalogue"])).get("catalogue") as DatabaseAddress);
	} finally {
		await server.stop();
		rmSync(folder, { recursive: true, force: true });
	}
}
