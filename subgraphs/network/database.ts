import type { DataSource } from "typeorm";
import { openDatabase } from "../kit/database.ts";
import type { DatabaseAddress } from "../kit/database-address.ts";
import { Collective, Membership } from "./collective.ts";
import { Member } from "./member.ts";
import { Network1767225600001 } from "./migrations/0001-network.ts";
import { SignedReads1767225600002 } from "./migrations/0002-signed-reads.ts";
import { Recognition } from "./recognition.ts";

/** Opens the network's register and brings its tables up to date. */
export function openNetworkDatabase(address: DatabaseAddress, poolSize = 5): Promise<DataSource> {
	return openDatabase({
		address,
		schema: "network",
		entities: [Member, Collective, Membership, Recognition],
		migrations: [Network1767225600001, SignedReads1767225600002],
		poolSize,
	});
}
