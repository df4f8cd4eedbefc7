import type { DataSource } from "typeorm";
import type { Dispatcher } from "undici";
import type { Events } from "../../kit/events.ts";
import type { Log } from "../../kit/log.ts";
import { DIRECTORY_CHANNEL, takeTurn } from "../directory-service.ts";
import { Member, MemberStatus } from "../member.ts";
import { appendStatements } from "./append.ts";
import type { Authority } from "./authority.ts";
import type { PublicKey } from "./claims.ts";
import type { NetworkLog } from "./network-log.ts";
import type { NetworkRecord } from "./network-record.ts";
import { readMemberKey } from "./read-member-key.ts";
import { reconcileStatements } from "./reconcile.ts";
import { signStatement } from "./sign-statement.ts";

export interface KeepStatementsOptions {
	database: DataSource;
	events: Events;
	authority: Authority;
	record: NetworkLog;
	/** Connections to members, to read their keys. */
	pool: Dispatcher;
	log: Log;
}

/** Milliseconds between two tries to read the key of a member that had none to give. */
const PAUSE = 60_000;

/**
 * Keeps the hub's statements as its register is, from now on: after each change of it, whoever made it, and registers the
 * keys of those who are admitted. Resolves when the first round is done. What fails is told in the log and tried again.
 */
export async function keepStatements({
	database,
	events,
	authority,
	record,
	pool,
	log,
}: KeepStatementsOptions): Promise<{ stop(): Promise<void> }> {
	const stopped = new AbortController();
	const { signal } = stopped;
	const triedAt = new Map<string, number>();
	let isWanted = false;
	let running: Promise<void> | undefined;

	async function round(): Promise<void> {
		await database.transaction((manager) => reconcileStatements(manager, authority, (own) => record.current(own)));
		// Reading keys takes as long as members take: nobody's turn is held meanwhile.
		await registerKeys();
	}

	async function registerKeys(): Promise<void> {
		const known = await record.current();
		const members = await database.manager.findBy(Member, { status: MemberStatus.ADMITTED });
		const due = members.filter(
			({ slug, endpoint, keyWantedAt }) =>
				isKeyWanted(known, slug, keyWantedAt) &&
				Date.now() - (triedAt.get(`${slug} ${endpoint} ${keyWantedAt?.getTime()}`) ?? Number.NEGATIVE_INFINITY) > PAUSE,
		);
		const found = await Promise.all(
			due.map(async ({ slug, endpoint, keyWantedAt }) => {
				triedAt.set(`${slug} ${endpoint} ${keyWantedAt?.getTime()}`, Date.now());
				try {
					return { slug, keyWantedAt, key: await readMemberKey(pool, { slug, endpoint }, signal) };
				} catch (error) {
					log.info({ slug, reason: (error as Error).message }, "a member has no key to register yet");
					return undefined;
				}
			}),
		);
		await register(found.filter((one) => one !== undefined));
	}

	async function register(found: readonly { slug: string; keyWantedAt: Date | null; key: PublicKey }[]): Promise<void> {
		if (found.length === 0 || signal.aborted) return;
		await database.transaction(async (manager) => {
			await takeTurn(manager);
			const known = await record.current(manager);
			authority.follow(known);
			const { network, keys } = authority;
			const claims = found
				// A key that was given up does not come back by itself.
				.filter(({ slug, keyWantedAt, key }) => isKeyWanted(known, slug, keyWantedAt) && !wasGivenUp(known, slug, key))
				.map(({ slug, key: jwk }) => {
					const before = known.keysOf(slug).at(-1);
					const event = before ? { event: "rotated", kid: before.kid } : { event: "registered" };
					return { iss: network, aud: network, sub: slug, ...event, jwk };
				});
			await appendStatements(manager, authority, await Promise.all(claims.map((one) => signStatement(keys, "KEY", one))));
		});
	}

	async function run(): Promise<void> {
		while (isWanted && !signal.aborted) {
			isWanted = false;
			try {
				await round();
			} catch (error) {
				if (!signal.aborted) log.error({ error: (error as Error).message }, "the hub's statements could not be brought up to date");
			}
		}
		running = undefined;
	}

	function wake(): Promise<void> {
		isWanted = true;
		running ??= run();
		return running;
	}

	const unlisten = await events.listen(DIRECTORY_CHANNEL, () => void wake());
	const timer = setInterval(() => void wake(), PAUSE);
	timer.unref();
	await database.transaction((manager) => reconcileStatements(manager, authority, (own) => record.current(own)));
	void wake();
	return {
		async stop() {
			stopped.abort();
			clearInterval(timer);
			unlisten();
			await running;
		},
	};
}

/** Of an admitted member that has never had one since it was admitted, or whose operator wants another. */
function isKeyWanted(record: NetworkRecord, slug: string, keyWantedAt: Date | null): boolean {
	if (!record.isAdmitted(slug, Date.now())) return false;
	const past = (record.keys.get(slug) ?? []).filter(({ until }) => until === undefined || !isDeparture(record, slug, until));
	return past.length === 0 || (keyWantedAt !== null && past.every(({ registeredAt }) => registeredAt < keyWantedAt.getTime()));
}

function wasGivenUp(record: NetworkRecord, slug: string, { x }: PublicKey): boolean {
	return (record.keys.get(slug) ?? []).some(
		({ jwk, until, compromisedBy }) =>
			jwk.x === x && (compromisedBy !== undefined || (until !== undefined && !isDeparture(record, slug, until))),
	);
}

function isDeparture(record: NetworkRecord, slug: string, sequence: number): boolean {
	return record.memberships.get(slug)?.some((one) => one.sequence === sequence && one.status === "left") ?? false;
}
