import type { DataSource } from "typeorm";
import { OperatorError } from "../../kit/errors.ts";
import { takeTurn } from "../directory-service.ts";
import { appendStatements } from "./append.ts";
import type { Authority } from "./authority.ts";
import { readRecord } from "./network-log.ts";
import { reconcileStatements } from "./reconcile.ts";
import { signStatement } from "./sign-statement.ts";

/** Others may have had a key that the hub holds: the anchor's, or a collective's. */
export interface KeyCompromise {
	/** Seconds since 1970: what the key signed from then on is not believed. */
	since: number;
	reason: string;
}

/**
 * Puts another key in the place of the anchor's. The old one says so in the log, and the new one signs the log's head from
 * there; where others may have had the old one, the new one says that too, and what the register says is signed anew where
 * it fell. Both keys are in the file until that is committed, so that whenever it is cut short the log has a key to go on with.
 * Whoever runs the network meanwhile takes the new key before it signs again (`Authority.follow`). Throws an {@link OperatorError}.
 */
export async function rotateAnchor(
	database: DataSource,
	authority: Authority,
	compromise?: KeyCompromise,
): Promise<{ old: string; kid: string; sequence: number }> {
	const done = await database.transaction(async (manager) => {
		await takeTurn(manager);
		const record = await readRecord(manager);
		if (record.size === 0) throw new OperatorError("The log is empty: start the hub first, which registers the anchor's key.");
		authority.follow(record);
		const { network, keys: old } = authority;
		const common = { iss: network, aud: network, sub: network };
		const fresh = authority.prepare();
		const tokens = [await signStatement(old, "KEY", { ...common, event: "rotated", jwk: fresh.published.keys[0], kid: old.kid })];
		if (compromise) {
			const claims = { ...common, event: "compromised", kid: old.kid, revoked_at: compromise.since, reason: compromise.reason };
			tokens.push(await signStatement(fresh, "KEY", claims));
		}
		const [entry] = await appendStatements(manager, { ...authority, keys: fresh }, tokens);
		await reconcileStatements(manager, authority);
		return { old: old.kid, kid: fresh.kid, sequence: entry?.sequence as number };
	});
	authority.settle();
	return done;
}
