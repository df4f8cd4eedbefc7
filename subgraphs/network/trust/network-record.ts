import { ownerOf } from "../../../schema/global-id.ts";
import { millisecondsOf } from "../instant.ts";
import { type ClaimsOf, type PublicKey, type ReadStatement, readStatementToken } from "./claims.ts";
import type { LogEntry } from "./log-entry.ts";
import { collectiveOf, type Party } from "./party.ts";

/**
 * What the statements of a log say, at any time: each is read once and kept with the interval in which it holds, nothing
 * is overwritten. Reads only, believes all: whether a statement is genuine is `verify-entry.ts`'s to find. Times are
 * milliseconds since 1970.
 */

export interface KeyRecord {
	party: Party;
	kid: string;
	jwk: PublicKey;
	registeredAt: number;
	/** Sequence of the entries that registered and retired it. */
	from: number;
	until: number | undefined;
	retiredAt: number | undefined;
	/** Others may have it: nothing that was recorded from then on is believed. */
	compromisedAt: number | undefined;
	/** Sequence of the entry that says so. */
	compromisedBy: number | undefined;
}

interface Recorded {
	sequence: number;
	/** Of the statement. */
	id: string;
	/** Who signed it, and with which key. */
	by: Party;
	kid: string;
	/** `NaN` where the log has no time for it: see `isCompromised`. */
	recordedAt: number;
	since: number;
}

interface Ending {
	expiresAt: number | undefined;
	revokedAt: number | undefined;
	/** Id of the statement that revoked it. */
	revokedBy: string | undefined;
}

export interface MembershipRecord extends Recorded {
	slug: string;
	status: "admitted" | "suspended" | "left";
	name: string;
	departements: readonly string[];
}

interface AffiliationRecord extends Recorded {
	slug: string;
	collective: string;
	isMember: boolean;
}

export interface RecognitionRecord extends Recorded, Ending {
	scope: ClaimsOf<"RECOGNITION">["scope"];
	/** The member recognised, or whose row is. */
	member: string;
	/** The claim `sub`. */
	subject: string;
	field: string | undefined;
	reason: string;
}

export interface MarkRecord extends Recorded, Ending {
	member: string;
	mark: ClaimsOf<"MARK">["mark"];
	number: string | undefined;
	declaredOn: string | undefined;
}

/** A collective may attest a mark of the hub's. */
export interface DelegationRecord extends Recorded, Ending {
	/** The collective, as statements name it. */
	to: Party;
	mark: ClaimsOf<"DELEGATION">["mark"];
}

export class NetworkRecord {
	/** Entries by sequence: the first is at 0. */
	readonly entries: LogEntry[] = [];
	readonly byId = new Map<string, { entry: LogEntry; statement: ReadStatement }>();
	readonly keys = new Map<Party, KeyRecord[]>();
	/** Id → name. */
	readonly collectives = new Map<string, string>();
	readonly memberships = new Map<string, MembershipRecord[]>();
	readonly affiliations: AffiliationRecord[] = [];
	readonly recognitions = new Map<string, RecognitionRecord>();
	readonly marks = new Map<string, MarkRecord>();
	readonly delegations = new Map<string, DelegationRecord>();
	/** Statement → the one that revoked it. */
	readonly revokedBy = new Map<string, string>();

	get size(): number {
		return this.entries.at(-1)?.sequence ?? 0;
	}

	apply(entry: LogEntry): void {
		this.entries.push(entry);
		const read = readStatementToken(entry.token);
		if (!read.ok) return;
		const { statement } = read;
		this.byId.set(entry.id, { entry, statement });
		const { iss: by, iat, exp } = statement.claims;
		const recordedAt = entry.recordedAt.getTime();
		// Where the log has lost when it was recorded, what it ends or begins is taken to do so when it was signed.
		const at = millisecondsOf(entry.recordedAt) ?? iat * 1000;
		const since = "since" in statement.claims ? statement.claims.since : iat;
		const recorded = { sequence: entry.sequence, id: entry.id, by, kid: statement.kid, recordedAt, since: since * 1000 };
		const ending = { expiresAt: exp === undefined ? undefined : exp * 1000, revokedAt: undefined, revokedBy: undefined };
		switch (statement.kind) {
			case "MEMBERSHIP": {
				const { sub: slug, status, name, departements } = statement.claims;
				add(this.memberships, slug, { ...recorded, slug, status, name, departements });
				// Whoever comes back registers its keys anew.
				if (status === "left") for (const key of this.keysOf(slug)) Object.assign(key, { until: entry.sequence, retiredAt: at });
				return;
			}
			case "AFFILIATION": {
				const { sub: slug, status } = statement.claims;
				this.affiliations.push({ ...recorded, slug, collective: collectiveOf(by) ?? by, isMember: status === "member" });
				return;
			}
			case "RECOGNITION": {
				const { sub: subject, scope, field, reason } = statement.claims;
				this.recognitions.set(entry.id, { ...recorded, ...ending, scope, member: ownerOf(subject) ?? subject, subject, field, reason });
				return;
			}
			case "MARK": {
				const { sub: member, mark, number, declared_on } = statement.claims;
				this.marks.set(entry.id, { ...recorded, ...ending, member, mark, number, declaredOn: declared_on });
				return;
			}
			case "DELEGATION":
				this.delegations.set(entry.id, { ...recorded, ...ending, to: statement.claims.sub, mark: statement.claims.mark });
				return;
			case "REVOCATION": {
				const { sub } = statement.claims;
				const ended = this.recognitions.get(sub) ?? this.marks.get(sub) ?? this.delegations.get(sub);
				if (ended && ended.revokedAt === undefined) Object.assign(ended, { revokedAt: at, revokedBy: entry.id });
				if (!this.revokedBy.has(sub)) this.revokedBy.set(sub, entry.id);
				return;
			}
			case "KEY":
				this.applyKey(statement.claims, entry.sequence, at);
		}
	}

	private applyKey(claims: ClaimsOf<"KEY">, sequence: number, at: number): void {
		const party = claims.sub;
		const known = claims.event === "registered" ? undefined : this.keys.get(party)?.find(({ kid }) => kid === claims.kid);
		if (claims.event === "compromised") {
			if (known) Object.assign(known, { compromisedAt: claims.revoked_at * 1000, compromisedBy: sequence });
			return;
		}
		if (known) Object.assign(known, { until: sequence, retiredAt: at });
		const { jwk } = claims;
		add(this.keys, party, {
			party,
			kid: jwk.kid,
			jwk,
			registeredAt: at,
			from: sequence,
			until: undefined,
			retiredAt: undefined,
			compromisedAt: undefined,
			compromisedBy: undefined,
		});
		const id = collectiveOf(party);
		if (id !== undefined && claims.event === "registered") this.collectives.set(id, claims.name ?? this.collectives.get(id) ?? id);
	}

	/** Keys that a party may sign with now. */
	keysOf(party: Party): KeyRecord[] {
		return (this.keys.get(party) ?? []).filter(({ until, compromisedBy }) => until === undefined && compromisedBy === undefined);
	}

	/** What the hub said last of a member, of what holds at a time, with a key that is believed. */
	membershipAt(slug: string, time: number): MembershipRecord | undefined {
		return this.memberships.get(slug)?.findLast((one) => one.since <= time && !this.isCompromised(one));
	}

	isAdmitted(slug: string, time: number): boolean {
		return this.membershipAt(slug, time)?.status === "admitted";
	}

	/** Every member that is admitted or suspended at a time. */
	membersAt(time: number): MembershipRecord[] {
		return [...this.memberships.keys()]
			.map((slug) => this.membershipAt(slug, time))
			.filter((one) => one !== undefined && one.status !== "left") as MembershipRecord[];
	}

	/** Ids of the collectives that a member belongs to at a time, as they say with keys that are believed, sorted. */
	collectivesOf(slug: string, time: number): string[] {
		if (this.membershipAt(slug, time)?.status === "left") return [];
		const last = new Map<string, boolean>();
		const ended = this.lastLeft(slug, time);
		for (const one of this.affiliations) {
			if (one.slug === slug && one.since <= time && one.sequence > ended && !this.isCompromised(one))
				last.set(one.collective, one.isMember);
		}
		return [...last]
			.filter(([, isMember]) => isMember)
			.map(([id]) => id)
			.sort();
	}

	/** Whether a recognition stands at a time: begun, not ended, by a key that is believed, between members that are admitted. */
	isRecognised(one: RecognitionRecord, time: number): boolean {
		return (
			this.holds(one, time) &&
			this.isAdmitted(one.by, time) &&
			this.isAdmitted(one.member, time) &&
			Math.max(this.lastLeft(one.by, time), this.lastLeft(one.member, time)) < one.sequence
		);
	}

	recognitionsAt(time: number): RecognitionRecord[] {
		return [...this.recognitions.values()].filter((one) => this.isRecognised(one, time));
	}

	/** Marks that stand at a time, of members that are admitted: of all, or of one. */
	marksAt(time: number, slug?: string): MarkRecord[] {
		return [...this.marks.values()].filter(
			(one) =>
				(slug === undefined || one.member === slug) &&
				this.holds(one, time) &&
				(!isDelegated(one) || this.delegationFor(one, time) !== undefined) &&
				this.isAdmitted(one.member, time) &&
				this.lastLeft(one.member, time) < one.sequence,
		);
	}

	/** Delegations that stand at a time. */
	delegationsAt(time: number): DelegationRecord[] {
		return [...this.delegations.values()].filter((one) => this.holds(one, time));
	}

	/** The delegation by which a collective's mark stands at a time. One that is made anew does not bring back what fell with the one before it. */
	delegationFor({ by, mark, sequence }: Pick<MarkRecord, "by" | "mark" | "sequence">, time: number): DelegationRecord | undefined {
		return this.delegationsAt(time).find((one) => one.to === by && one.mark === mark && one.sequence < sequence);
	}

	/** Whether a collective was charged with a mark when an entry was recorded, whatever was said since. */
	wasDelegated(to: Party, mark: MarkRecord["mark"], { sequence, recordedAt }: Pick<LogEntry, "sequence" | "recordedAt">): boolean {
		return [...this.delegations.values()].some((one) => {
			const endedBy = one.revokedBy === undefined ? undefined : this.byId.get(one.revokedBy)?.entry.sequence;
			return (
				one.to === to &&
				one.mark === mark &&
				one.sequence < sequence &&
				(endedBy === undefined || endedBy > sequence) &&
				(one.expiresAt === undefined || one.expiresAt > recordedAt.getTime())
			);
		});
	}

	/**
	 * Whether what was signed with a key has lost its worth: the key was compromised before it was recorded, or nobody can say
	 * when that was.
	 */
	isCompromised({ by, kid, recordedAt }: Pick<Recorded, "by" | "kid" | "recordedAt">): boolean {
		return (
			this.keys.get(by)?.some((key) => key.kid === kid && key.compromisedAt !== undefined && !(recordedAt < key.compromisedAt)) ?? false
		);
	}

	private holds(one: Recorded & Ending, time: number): boolean {
		return (
			one.since <= time &&
			(one.expiresAt === undefined || one.expiresAt > time) &&
			(one.revokedAt === undefined || one.revokedAt > time) &&
			!this.isCompromised(one)
		);
	}

	/** Sequence of the last departure up to a time: what was said before it ended with it. 0 for none. */
	private lastLeft(slug: string, time: number): number {
		const left = this.memberships.get(slug)?.findLast((one) => one.status === "left" && one.since <= time && !this.isCompromised(one));
		return left?.sequence ?? 0;
	}
}

/** Whether a mark is a collective's that the hub has charged with it. Charters are the collectives' own. */
export function isDelegated({ by, mark }: Pick<MarkRecord, "by" | "mark">): boolean {
	return mark !== "charter" && collectiveOf(by) !== undefined;
}

function add<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
	const list = map.get(key);
	if (list) list.push(value);
	else map.set(key, [value]);
}
