import type { DataSource } from "typeorm";
import { OperatorError } from "../../kit/errors.ts";
import { takeTurn } from "../directory-service.ts";
import { appendStatements } from "./append.ts";
import type { Authority } from "./authority.ts";
import { readRecord } from "./network-log.ts";
import type { MarkRecord } from "./network-record.ts";
import { collectiveParty } from "./party.ts";
import { reconcileStatements } from "./reconcile.ts";
import type { KeyCompromise } from "./rotate-anchor.ts";
import { signStatement } from "./sign-statement.ts";

/**
 * Puts another key in the place of a collective's, which the hub holds for it. The old one says so in the log; where others
 * may have had that, the anchor does in its stead, and the new one says what is not believed any more. Who belongs to the
 * collective is signed anew where it fell; the marks that fell are returned. As with the anchor's, both keys are in the file
 * until all is committed, and a hub that runs takes the new key before it signs again. Throws an {@link OperatorError}.
 */
export async function rotateCollective(
	database: DataSource,
	authority: Authority,
	id: string,
	compromise?: KeyCompromise,
): Promise<{ old: string; kid: string; sequence: number; fallen: MarkRecord[] }> {
	const done = await database.transaction(async (manager) => {
		await takeTurn(manager);
		const before = await readRecord(manager);
		if (!before.collectives.has(id))
			throw new OperatorError(
				`There is no collective ${JSON.stringify(id)}. There are: ${[...before.collectives.keys()].join(", ") || "none"}.`,
			);
		authority.follow(before);
		const { network } = authority;
		const party = collectiveParty(id);
		const held = authority.collective(id);
		const old = before.keysOf(party).find(({ kid }) => kid === held.kid)?.kid;
		if (old === undefined)
			throw new OperatorError(
				`The log has no key of ${id} in use that its file holds: start the hub, which registers the one in the file.`,
			);
		const fresh = authority.prepare(id);
		const succession = { aud: network, sub: party, event: "rotated", jwk: fresh.published.keys[0], kid: old };
		// Whoever has a stolen key could name a successor too: what it says of that is not taken.
		const tokens = [
			compromise
				? await signStatement(authority.keys, "KEY", { iss: network, ...succession })
				: await signStatement(held, "KEY", { iss: party, ...succession }),
		];
		if (compromise) {
			const { since: revoked_at, reason } = compromise;
			const claims = { iss: party, aud: network, sub: party, event: "compromised", kid: old, revoked_at, reason };
			tokens.push(await signStatement(fresh, "KEY", claims));
		}
		const [entry] = await appendStatements(manager, authority, tokens);
		await reconcileStatements(manager, authority);
		const after = await readRecord(manager);
		const now = Date.now();
		const standing = new Set(after.marksAt(now).map((one) => one.id));
		const fallen = before.marksAt(now).filter((one) => one.by === party && !standing.has(one.id));
		return { old, kid: fresh.kid, sequence: entry?.sequence as number, fallen };
	});
	authority.settle(id);
	return done;
}
