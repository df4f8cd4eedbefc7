import { z } from "zod";
import { buildChain } from "../federation/build-chain.ts";
import { type FederationKeys, readStatement } from "../federation/entity-statement.ts";
import { verifyStatement } from "../federation/verify-statement.ts";
import { fetchConfiguration, fetchText } from "../trust/federation-client.ts";
import type { NetworkRecord } from "../trust/network-record.ts";
import { collectiveParty } from "../trust/party.ts";
import type { Anchor } from "./find-anchor.ts";
import { type HubClient, Unreachable } from "./hub-client.ts";
import type { Report } from "./report.ts";
import { verifyMarkIssuers } from "./verify-marks.ts";

/** Whether every entity is reached from the anchor by a valid chain, with the keys that the log registers for it. */

const SKEW = 60;
const PATIENCE = 15_000;
const AT_ONCE = 8;

export async function verifyFederation(client: HubClient, anchor: Anchor, record: NetworkRecord, report: Report): Promise<void> {
	const { hub, pool } = client;
	try {
		const own = readStatement(await client.text("/.well-known/openid-federation"));
		if (!own.ok) return report.failed("entity configuration", `${own.reason}: ${own.description}`);
		const { claims } = own.statement;
		if (claims.sub !== hub)
			return report.failed("entity configuration", `WRONG_SUBJECT: ${hub} presents itself as ${claims.sub}: ask it there`);
		const keys = { keys: anchor.key ? [anchor.key] : [] } as FederationKeys;
		const moment = { now: Math.floor(Date.now() / 1000), skew: SKEW };
		const failure = await verifyStatement(own.statement, keys, 0, moment);
		if (failure) return report.failed("entity configuration", `${failure.reason}: ${failure.description}`);
		report.ok("entity configuration", `${hub} is the anchor`);
		verifyMarkIssuers(hub, claims, record, report);
		const listed = z
			.array(z.string())
			.max(100_000)
			.safeParse(await client.json("/federation/list"));
		if (!listed.success) return report.failed("list of entities", "MALFORMED: it is not a list");
		const known: string[] = [];
		for (let start = 0; start < listed.data.length; start += AT_ONCE) {
			const some = listed.data.slice(start, start + AT_ONCE);
			known.push(...(await Promise.all(some.map((id) => verifyEntity(id)))).filter((party) => party !== undefined));
		}
		const expected = [
			...[...record.collectives.keys()].map(collectiveParty),
			...record
				.membersAt(Date.now())
				.filter(({ slug, status }) => status === "admitted" && record.keysOf(slug).length > 0)
				.map(({ slug }) => slug),
		];
		report.compared(
			"list of entities",
			`${listed.data.length} entities, all of them registered`,
			expected.filter((party) => !known.includes(party)).map((party) => `WITHHELD: ${party} is registered, and not listed`),
		);

		async function verifyEntity(id: string): Promise<string | undefined> {
			const what = `entity ${id}`;
			const signal = AbortSignal.timeout(PATIENCE);
			const chain = await buildChain(id, {
				anchors: new Map([[hub, keys]]),
				moment,
				signal,
				client: {
					configuration: (entity) => fetchConfiguration(pool, entity, signal),
					statement: (endpoint, about) =>
						fetchText(pool, `${endpoint}?sub=${encodeURIComponent(about)}`, "application/entity-statement+jwt", signal),
				},
			});
			const statement = readStatement(await client.text(`/federation/fetch?sub=${encodeURIComponent(id)}`));
			if (!statement.ok) return void report.failed(what, `${statement.reason}: ${statement.description}`);
			const broken = await verifyStatement(statement.statement, keys, 0, moment);
			if (broken) return void report.failed(what, `${broken.reason}: ${broken.description}`);
			const party = partyOf(id, statement.statement.claims.metadata);
			const vouched = statement.statement.claims.jwks.keys.map(({ kid }) => kid).sort();
			const registered = record
				.keysOf(party)
				.map(({ kid }) => kid)
				.sort();
			if (vouched.join() !== registered.join())
				report.failed(
					what,
					`WRONG_KEYS: the hub vouches for ${vouched.join(", ")}, and the log registers ${registered.join(", ") || "none"}`,
				);
			if (chain.ok) report.ok(what, `${party}: a chain of ${chain.statements.length} statements to the anchor`);
			else if (chain.status === "unchecked") report.unchecked(what, `${chain.reason}: ${party}: ${chain.description}`);
			else report.failed(what, `${chain.reason}: ${party}: ${chain.description}`);
			return party;
		}
	} catch (error) {
		if (!(error instanceof Unreachable)) throw error;
		report.unchecked("federation", `UNREACHABLE: ${error.message}`);
	}
}

function partyOf(id: string, metadata: Record<string, Record<string, unknown>> | undefined): string {
	const slug = metadata?.open_badge_issuer?.profile_id;
	return typeof slug === "string" ? slug : collectiveParty(id.slice(id.lastIndexOf("/") + 1));
}
