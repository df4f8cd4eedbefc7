import type { EntityManager } from "typeorm";
import { nowInSeconds, signToken } from "../../kit/sign-token.ts";
import { announce, takeTurn } from "../directory-service.ts";
import { millisecondsOf } from "../instant.ts";
import type { Authority } from "./authority.ts";
import { BEGINNING, CHECKPOINT_TYPE, hashOfEntry, type LogEntry, statementId } from "./log-entry.ts";
import { CheckpointRow, StatementRow } from "./log-rows.ts";
import { projectEntries } from "./project.ts";

/**
 * Records statements, verbatim and in this order, with what the register knows by them, and signs the new head of the log.
 * Whether they may be recorded is the caller's to have judged, in its turn (`takeTurn`).
 */
export async function appendStatements(manager: EntityManager, authority: Authority, tokens: readonly string[]): Promise<LogEntry[]> {
	if (tokens.length === 0) return [];
	// Entries follow one another without gaps, in the order of their commits.
	await takeTurn(manager);
	const [last] = await manager.find(StatementRow, { order: { sequence: "DESC" }, take: 1 });
	// Never before the entry before it, whatever the clock says.
	const recordedAt = new Date(Math.max(Date.now(), millisecondsOf(last?.recordedAt) ?? 0));
	let { sequence, hash: previous } = last ?? { sequence: 0, hash: BEGINNING };
	const entries: LogEntry[] = tokens.map((token) => {
		sequence += 1;
		const entry = { sequence, id: statementId(token), token, recordedAt, previous };
		previous = hashOfEntry(entry);
		return { ...entry, hash: previous };
	});
	await manager.query(
		`INSERT INTO "statement" ("sequence", "id", "token", "recordedAt", "previous", "hash")
		SELECT "sequence", "id", "token", "recordedAt", "previous", "hash" FROM json_populate_recordset(NULL::"statement", $1)`,
		[JSON.stringify(entries)],
	);
	const head = { iss: authority.network, iat: nowInSeconds(), size: sequence, head: previous };
	await manager.insert(CheckpointRow, { size: sequence, token: await signToken(authority.keys, CHECKPOINT_TYPE, head) });
	await projectEntries(manager, entries);
	await announce(manager);
	return entries;
}
