import type { Answer } from "../../kit/ask.ts";
import { type MemberServer, type Row, startMember } from "../../kit/member-server.ts";
import { until } from "../../kit/until.ts";
import { askAndCompare, fillIn, walk } from "./ask-step.ts";
import type { AuditCase, Step } from "./case.ts";
import { answerDifference, show } from "./difference.ts";
import { type OpenSubscription, openSubscription } from "./events.ts";
import type { RouterUnderTest } from "./router-under-test.ts";

/** What a case has to do with while it runs. */
export interface CaseRun {
	router: RouterUnderTest;
	members: Map<string, MemberServer>;
	/** Data of earlier answers, by name. */
	saved: Map<string, Answer["data"]>;
	subscriptions: Map<string, OpenSubscription>;
}

/** Runs one case on a router that has no members. Returns what differed; undefined when nothing did. */
export async function runCase({ members, steps }: AuditCase, router: RouterUnderTest, contract: string): Promise<string | undefined> {
	const run: CaseRun = { router, members: new Map(), saved: new Map(), subscriptions: new Map() };
	/** Servers that a member has moved away from. */
	const left: MemberServer[] = [];
	try {
		await Promise.all(Object.entries(members).map(([slug, memberRows]) => join(slug, memberRows)));
		return await runSteps(steps);
	} catch (error) {
		const { message, cause } = error as Error;
		return cause === undefined ? message : `${message} (${String(cause)})`;
	} finally {
		for (const { stop } of run.subscriptions.values()) stop();
		await Promise.all([...run.members.keys()].map((slug) => router.remove(slug)));
		await Promise.all([...run.members.values(), ...left].map((member) => member.stop()));
	}

	async function join(slug: string, memberRows: readonly Row[]): Promise<void> {
		// Cases are data that other runs use again: a member may change its rows.
		const member = await startMember(slug, structuredClone(memberRows) as Row[], { contract });
		run.members.set(slug, member);
		await router.admit(slug, member.url);
	}

	async function runSteps(list: readonly Step[]): Promise<string | undefined> {
		for (const [index, step] of list.entries()) {
			const found = await runStep(step);
			if (found !== undefined) return list.length === 1 ? found : `step ${index + 1}: ${found}`;
		}
		return undefined;
	}

	function member(slug: string): MemberServer {
		const found = run.members.get(slug);
		if (!found) throw new Error(`The case has no member ${slug}`);
		return found;
	}

	async function runStep(step: Step): Promise<string | undefined> {
		if ("ask" in step) return askAndCompare(step, run);
		if ("walk" in step) return walk(step, run, runSteps);
		if ("events" in step) return compareEvents(step);
		if ("behave" in step) member(step.behave).behave(step.as);
		else if ("lie" in step) member(step.lie).tamper((row) => ({ ...row, ...step.about[row.id] }));
		else if ("stop" in step) await member(step.stop).stop();
		else if ("start" in step) await member(step.start).start();
		else if ("add" in step) member(step.add).rows.push(structuredClone(step.row));
		else if ("drop" in step) drop(member(step.drop).rows, step.id);
		else if ("join" in step) await join(step.join, step.rows);
		else if ("leave" in step) await leave(step.leave);
		else if ("move" in step) await move(step.move);
		else if ("announce" in step) member(step.announce).announce(step.id);
		else if ("subscribe" in step) await subscribe(step);
		else if ("followed" in step) await allStreams("followed", step.followed, (count) => count > 0);
		else if ("unsubscribe" in step) {
			run.subscriptions.get(step.unsubscribe)?.stop();
			await allStreams("given up", step.streams, (count) => count === 0);
		}
		return undefined;
	}

	async function leave(slug: string): Promise<void> {
		await router.remove(slug);
		await member(slug).stop();
		run.members.delete(slug);
	}

	async function move(slug: string): Promise<void> {
		const before = member(slug);
		const after = await startMember(slug, before.rows, { contract });
		run.members.set(slug, after);
		left.push(before);
		await router.admit(slug, after.url);
	}

	async function subscribe({ subscribe: query, variables = {}, as, streams = [] }: Extract<Step, { subscribe: string }>): Promise<void> {
		const counts = new Map(streams.map((slug) => [slug, member(slug).subscribers()]));
		run.subscriptions.set(as, openSubscription(router.url, query, withEvents(variables)));
		await allStreams("followed", streams, (count, slug) => count > (counts.get(slug) ?? 0));
	}

	/** What an event holds is saved as `<name of the subscription>.<index of the event>`. */
	function withEvents(variables: Record<string, unknown>): Record<string, unknown> {
		for (const [name, { events }] of run.subscriptions)
			for (const [index, { data }] of events.entries()) run.saved.set(`${name}.${index}`, data);
		return fillIn(variables, run.saved);
	}

	async function allStreams(what: string, slugs: readonly string[], isSo: (count: number, slug: string) => boolean): Promise<void> {
		for (const slug of slugs) await until(`${slug} to be ${what}`, () => isSo(member(slug).subscribers(), slug));
	}

	async function compareEvents({ events: name, expect: expected }: Extract<Step, { events: string }>): Promise<string | undefined> {
		const subscription = run.subscriptions.get(name);
		if (!subscription) throw new Error(`The case has no subscription ${name}`);
		const { events, problem } = subscription;
		try {
			await until(`${expected.length} events`, () => events.length >= expected.length, 30_000);
		} catch {
			return `${events.length} of ${expected.length} events came: ${show(events)}${problem() === undefined ? "" : `; the stream ended: ${show(problem())}`}`;
		}
		if (events.length > expected.length) return `${events.length - expected.length} events too many: ${show(events)}`;
		for (const [index, wanted] of expected.entries()) {
			const found = answerDifference(events[index] as Answer, wanted);
			if (found !== undefined) return `event ${index + 1}: ${found}`;
		}
		return undefined;
	}
}

function drop(rows: Row[], id: string): void {
	const index = rows.findIndex((row) => row.id === id);
	if (index === -1) throw new Error(`There is no row ${id} to drop`);
	rows.splice(index, 1);
}
