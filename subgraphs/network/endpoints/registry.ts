import { didOfKey } from "../../kit/did-key.ts";
import { departementOf } from "../departement.ts";
import { millisecondsOf } from "../instant.ts";
import type { Trust } from "../trust/trust.ts";
import type { Entities } from "./entities.ts";

/**
 * The list of issuers that the Digital Credentials Consortium's verifiers and wallets read: DID → who it is. A DID is the
 * member's key itself (did:key), which holds wherever the member's server moves and can be checked without asking it.
 */
export function registryOf({ base }: Trust, { record, byId, now }: Entities): object {
	const members = [...byId.values()].filter(({ kind }) => kind === "member").sort((left, right) => (left.party < right.party ? -1 : 1));
	const registry = members.flatMap(({ party, name, keys, departements = [] }) =>
		keys.flatMap((key) => {
			const did = didOfKey(key);
			const location = departements.flatMap((code) => departementOf(code)?.name ?? []).join(", ");
			return did === undefined ? [] : [[did, { name, location, url: `${base}/etablissements/${party}` }] as const];
		}),
	);
	const time = (at: Date | undefined) => new Date(millisecondsOf(at) ?? now).toISOString();
	return {
		meta: { created: time(record.entries[0]?.recordedAt), updated: time(record.entries.at(-1)?.recordedAt) },
		registry: Object.fromEntries(registry),
	};
}
