import type { Behaviour, Row } from "../../kit/member-server.ts";

/** One case of the audit of horizontal federation: all of it is data. See README.md. */
export interface AuditCase {
	/** Four hexadecimal digits, given once and for ever: reports of other years and other routers refer to it. */
	id: string;
	/** What holds, as a sentence. */
	title: string;
	/** Slug of each member → its rows. */
	members: Record<string, Row[]>;
	steps: Step[];
}

export type Step =
	| AskStep
	| WalkStep
	/** From now on, the member misbehaves. */
	| { behave: string; as: Behaviour }
	/** From now on, the member shows rows other than they are: id of a row → what is different about it. */
	| { lie: string; about: Record<string, Partial<Row>> }
	/** The member's server ends, and begins again. */
	| { stop: string }
	| { start: string }
	/** The member gets a row, or loses one. */
	| { add: string; row: Row }
	| { drop: string; id: string }
	/** A member is admitted, leaves, or moves to another address. */
	| { join: string; rows: Row[] }
	| { leave: string }
	| { move: string }
	/** Opens a subscription under a name; goes on when each of `streams` has one more subscriber. */
	| { subscribe: string; variables?: Values; as: string; streams?: string[] }
	/** Goes on when each of `streams` is followed. */
	| { followed: string[] }
	/** A member tells its subscribers of a badge class. */
	| { announce: string; id: string }
	/** Waits for as many events as are expected, and compares them all. */
	| { events: string; expect: ExpectedEvent[] }
	/** Ends a subscription; goes on when none of `streams` has a subscriber. */
	| { unsubscribe: string; streams: string[] };

/** Values of variables. `saved(…)` stands for a value of an earlier answer. */
type Values = Record<string, unknown>;

export interface AskStep {
	ask: string;
	variables?: Values;
	headers?: Record<string, string>;
	/** Keeps the answer's data under a name. */
	save?: string;
	/** Asks again until the answer is the expected one, for a few seconds. */
	eventually?: boolean;
	expect: Expected;
}

/** Reads `badgeClasses` page by page, following the cursors, and compares the ids of all rows. */
export interface WalkStep {
	walk: { size: number; orderBy?: string; filter?: Values; backward?: boolean };
	/** What happens between the first and the second page. */
	meanwhile?: Step[];
	/** In the order in which they are read, page by page; backward pages come last first. */
	expect: string[];
}

export interface Expected {
	/** Compared deeply, key by key. Not compared when absent. */
	data?: unknown;
	/** All errors, in any order. None when absent. "any": not compared. */
	errors?: ExpectedError[] | "any";
	/** Not compared when absent; "none" when the answer must not speak of it. */
	completeness?: ExpectedCompleteness | "none";
	/** How many HTTP requests each of these members received for this request. */
	requests?: Record<string, number>;
	/** How many rows the pages had that each of these members gave for this request. */
	pages?: Record<string, number[]>;
	/** Milliseconds that the answer may take. */
	within?: number;
}

export interface ExpectedError {
	code: string;
	path?: (string | number)[];
	/** Further extensions that it must have. */
	details?: Record<string, unknown>;
}

interface ExpectedCompleteness {
	asked: number;
	/** Slug of each missing member → the reason. */
	missing?: Record<string, string>;
}

interface ExpectedEvent {
	data?: unknown;
	errors?: ExpectedError[];
}

/** A value of an earlier answer: name of the answer, then the path in its data. */
export interface Saved {
	$saved: string;
	path: string;
}

export const saved = (name: string, path: string): Saved => ({ $saved: name, path });

/** In expected data: any text that is not empty. */
export const ANY_TEXT = { $any: "text" } as const;

interface RowFacts {
	name: string;
	createdAt?: string;
	updatedAt?: string;
	tags?: string[];
}

/** Rows of a member: local id → name, or more. Each is a day younger than the one before. */
export function rows(slug: string, facts: Record<string, string | RowFacts>): Row[] {
	return Object.entries(facts).map(([local, given], index) => ({
		id: `${slug}:${local}`,
		createdAt: new Date(Date.UTC(2026, 0, 1 + index)).toISOString(),
		tags: [],
		issuer: { id: `${slug}:issuer`, name: `Issuer of ${slug}` },
		...(typeof given === "string" ? { name: given } : given),
	}));
}
