import type { DataSource } from "typeorm";
import { openDatabase } from "../kit/database.ts";
import type { DatabaseAddress } from "../kit/database-address.ts";
import { Collective, Membership } from "./collective.ts";
import { Member } from "./member.ts";
import { Network1767225600001 } from "./migrations/0001-network.ts";
import { SignedReads1767225600002 } from "./migrations/0002-signed-reads.ts";
import { Statements1767225600003 } from "./migrations/0003-statements.ts";
import { RecognitionReads1767225600004 } from "./migrations/0004-recognition-reads.ts";
import { FiniteTimes1767225600005 } from "./migrations/0005-finite-times.ts";
import { Recognition } from "./recognition.ts";
import { CheckpointRow, StatementRow } from "./trust/log-rows.ts";

/** Opens the network's register and brings its tables up to date. */
export function openNetworkDatabase(address: DatabaseAddress, poolSize = 5): Promise<DataSource> {
	return openDatabase({
		address,
		schema: "network",
		entities: [Member, Collective, Membership, Recognition, StatementRow, CheckpointRow],
		migrations: [
			Network1767225600001,
			SignedReads1767225600002,
			Statements1767225600003,
			RecognitionReads1767225600004,
			FiniteTimes1767225600005,
		],
		poolSize,
	});
}
