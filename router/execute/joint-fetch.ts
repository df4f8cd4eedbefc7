import { setMaxListeners } from "node:events";
import { Completeness } from "../horizontal/completeness.ts";
import type { Execution } from "./execution.ts";
import { Trace } from "./trace.ts";

/**
 * Entities that several requests want of the same service, by the same operation and in the same turn of the event
 * loop, are asked for at once. Nobody waits for company: a turn's requests leave when the turn ends. Under load this
 * saves most of the requests that the service would have to answer; a request on its own is sent as it is.
 */

/** What one request wants: for each variable of representations, the items of its JSON list without brackets. */
export interface Wanted {
	lists: readonly string[];
	counts: readonly number[];
}

/** Sends the lists on behalf of `execution`. Never rejects. */
type Send<Answer> = (lists: readonly string[], execution: Execution) => Promise<Answer>;

export interface Joined<Answer> {
	answer: Answer;
	/** For each variable, the position in the answer at which this request's entities begin. */
	offsets: readonly number[];
	/** For each variable, how many entities were asked for in all. */
	totals: readonly number[];
	/** What the answer was asked with, where it is to other requests too; see {@link learnFrom}. */
	sharedBy?: Execution;
}

interface Guest<Answer> {
	wanted: Wanted;
	offsets: number[];
	execution: Execution;
	resolve(joined: Joined<Answer>): void;
}

interface Party<Answer> {
	key: string;
	guests: Guest<Answer>[];
	totals: number[];
	send: Send<Answer>;
}

/** Representations in one joint request: as many as one large page's references, not more than a member is used to. */
const MOST_TOGETHER = 500;

/** One's own end of time must not be another's: requests with little left go alone. A joint request cannot be cancelled. */
const never = new AbortController().signal;
setMaxListeners(0, never);

export class JointFetches<Answer> {
	private open = new Map<string, Party<Answer>>();
	private isWaiting = false;
	private readonly patience: number;

	/** `patience`: milliseconds after which the service is given up anyway. Requests with less left are not joined. */
	constructor(patience: number) {
		this.patience = patience;
	}

	/** Asks together with the requests of this turn that have the same key: the same service, variables and caller. */
	join(key: string, wanted: Wanted, execution: Execution, send: Send<Answer>): Promise<Joined<Answer>> {
		// What a subgraph gives a caller may be for that caller only.
		if (execution.caller !== undefined || execution.until - performance.now() < this.patience) return alone(wanted, execution, send);
		let party = this.open.get(key);
		if (party?.totals.some((total, variable) => total + (wanted.counts[variable] as number) > MOST_TOGETHER)) {
			this.open.delete(key);
			leave(party);
			party = undefined;
		}
		if (!party) {
			this.open.set(key, (party = { key, guests: [], totals: wanted.counts.map(() => 0), send }));
			if (!this.isWaiting) {
				this.isWaiting = true;
				setImmediate(this.leaveAll);
			}
		}
		const { guests, totals } = party;
		const offsets = totals.slice();
		for (let variable = 0; variable < totals.length; variable += 1)
			totals[variable] = (totals[variable] as number) + (wanted.counts[variable] as number);
		return new Promise((resolve) => void guests.push({ wanted, offsets, execution, resolve }));
	}

	private readonly leaveAll = () => {
		this.isWaiting = false;
		const parties = this.open;
		this.open = new Map();
		for (const party of parties.values()) leave(party);
	};
}

/** Asks for one request only. */
export async function alone<Answer>(wanted: Wanted, execution: Execution, send: Send<Answer>): Promise<Joined<Answer>> {
	return { answer: await send(wanted.lists, execution), offsets: wanted.counts.map(() => 0), totals: wanted.counts };
}

function leave<Answer>({ guests, totals, send }: Party<Answer>): void {
	const [first] = guests;
	if (!first) return;
	if (guests.length === 1) {
		send(first.wanted.lists, first.execution).then((answer) => first.resolve({ answer, offsets: first.offsets, totals }));
		return;
	}
	const execution = jointExecution(guests.map((guest) => guest.execution));
	const lists = totals.map((_, variable) => {
		let text = "";
		for (const { wanted } of guests) {
			const list = wanted.lists[variable] as string;
			if (list !== "") text += text === "" ? list : `,${list}`;
		}
		return text;
	});
	send(lists, execution).then((answer) => {
		for (const { offsets, resolve } of guests) resolve({ answer, offsets, totals, sharedBy: execution });
	});
}

/** Tells a request what the joint one learnt of members and calls. */
export function learnFrom({ completeness, trace }: Execution, execution: Execution): void {
	execution.completeness.take(completeness);
	if (trace) execution.trace?.take(trace);
}

/** What a joint request is made with. */
function jointExecution(executions: readonly Execution[]): Execution {
	const { trace: _, ...first } = executions[0] as Execution;
	const traced = executions.filter(({ trace }) => trace);
	// Other processes are told of one trace only.
	const collected = traced.find(({ trace }) => trace?.span)?.trace?.span;
	return {
		...first,
		completeness: new Completeness(),
		signal: never,
		until: Math.max(...executions.map(({ until }) => until)),
		...(traced.length > 0 ? { trace: new Trace(collected) } : {}),
	};
}
