import type { StatementClaims } from "../federation/entity-statement.ts";
import { collectiveEntity, markType } from "../trust/entity-ids.ts";
import type { NetworkRecord } from "../trust/network-record.ts";
import { collectiveOf } from "../trust/party.ts";
import type { Report } from "./report.ts";

const OWNED = ["qualiopi", "metabadge-operator"] as const;

/** Whether the anchor's configuration lets those give marks whom the log has charged with them, and nobody else. */
export function verifyMarkIssuers(hub: string, claims: StatementClaims, record: NetworkRecord, report: Report): void {
	const now = Date.now();
	const collectives = [...record.collectives.keys()].map((id) => collectiveEntity(hub, id));
	const charged = (mark: string) =>
		record.delegationsAt(now).flatMap((one) => (one.mark === mark ? collectiveEntity(hub, collectiveOf(one.to) ?? "") : []));
	const wanted = new Map<string, string[]>(OWNED.map((mark) => [markType(hub, mark), [hub, ...charged(mark)]]));
	if (collectives.length > 0) wanted.set(markType(hub, "charter"), collectives);
	const issuers = new Map(Object.entries(claims.trust_mark_issuers ?? {}));
	const wrong = [...new Set([...wanted.keys(), ...issuers.keys()])].flatMap((type) => {
		const [said, expected] = [issuers, wanted].map((of) => of.get(type)?.toSorted().join(", ") ?? "nobody");
		return said === expected ? [] : [`DIFFERS: ${type} is given by ${said}, and by the statements by ${expected}`];
	});
	const unowned = OWNED.filter((mark) => claims.trust_mark_owners?.[markType(hub, mark)]?.sub !== hub);
	report.compared("issuers of trust marks", "those whom the statements charge, and nobody else", [
		...wrong,
		...unowned.map((mark) => `DIFFERS: ${mark} is not said to be the hub's`),
	]);
}
