import type { DataSource } from "typeorm";
import { takeTurn } from "../directory-service.ts";
import { appendStatements } from "./append.ts";
import type { Authority } from "./authority.ts";
import { judgeStatement, type Refusal } from "./judge.ts";
import type { LogEntry } from "./log-entry.ts";
import type { NetworkLog } from "./network-log.ts";

/** Records a statement that someone sends, if it is to be believed. What is wrong with it is told, not thrown. */
export async function publishStatement(
	database: DataSource,
	log: NetworkLog,
	authority: Authority,
	token: string,
): Promise<{ ok: true; entry: LogEntry } | Refusal> {
	// Anyone may send anything: what is wrong in any case takes nobody's turn.
	const early = await judgeStatement(token, await log.current(), authority);
	if (!early.ok) return early;
	return database.transaction(async (manager) => {
		// Judged again in its turn: two that contradict each other are not both recorded. Nobody commits in between.
		await takeTurn(manager);
		const record = await log.current(manager);
		authority.follow(record);
		const judged = await judgeStatement(token, record, authority);
		if (!judged.ok) return judged;
		const [entry] = await appendStatements(manager, authority, [token]);
		return { ok: true as const, entry: entry as LogEntry };
	});
}
