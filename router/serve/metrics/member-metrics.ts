import type { MissingReason } from "../../horizontal/completeness.ts";
import { type Member, MemberFailure, type Members } from "../../horizontal/member.ts";
import type { HttpMember } from "../../transport/http-member.ts";
import { Histogram } from "./histogram.ts";
import { type Family, line } from "./text.ts";

/** What one member was asked, and how it went. */
class MemberRecord {
	requests = 0;
	staleAnswers = 0;
	readonly failures = new Map<MissingReason, number>();
	readonly latency = new Histogram();

	failed(error: unknown): void {
		const reason = error instanceof MemberFailure ? error.reason : "UNREACHABLE";
		this.failures.set(reason, (this.failures.get(reason) ?? 0) + 1);
	}
}

export interface ObservedMembers extends Members {
	/** One line per admitted member and figure: whoever leaves takes its lines along. */
	families(): Family[];
	stop(): void;
}

/** The same members, with each call counted and timed. A member stays the same object as long as it does in `members`. */
export function observeMembers(members: Members): ObservedMembers {
	const observed = new WeakMap<Member, { member: Member; record: MemberRecord }>();
	let current = new Map<string, Member>();
	const update = () => {
		current = new Map([...members.current()].map(([slug, member]) => [slug, observedOf(member).member]));
	};
	const observedOf = (member: Member) => {
		let one = observed.get(member);
		if (!one) observed.set(member, (one = observe(member)));
		return one;
	};
	update();
	const stop = members.onChange(update);
	return {
		current: () => current,
		onChange: (listener) => members.onChange(listener),
		families: () => families([...members.current()].map(([slug, member]) => ({ slug, member, record: observedOf(member).record }))),
		stop,
	};
}

function observe(member: Member): { member: Member; record: MemberRecord } {
	const record = new MemberRecord();
	const call: Member["call"] = (body, options) => {
		const began = performance.now();
		record.requests += 1;
		const answered = member.call(body, options);
		answered.then(
			() => record.latency.observe((performance.now() - began) / 1000),
			(error: unknown) => record.failed(error),
		);
		return answered;
	};
	const { standIn } = member;
	const used = () => {
		record.staleAnswers += 1;
	};
	return { member: { ...member, call, ...(standIn && { standIn: { ...standIn, used } }) }, record };
}

const STATES = ["closed", "half-open", "open"] as const;

function families(members: readonly { slug: string; member: Member; record: MemberRecord }[]): Family[] {
	const transports = members.flatMap(({ member }) => ("circuit" in member ? [member as HttpMember] : []));
	return [
		{
			name: "hub_members",
			kind: "gauge",
			help: "Members that are admitted now.",
			lines: [line("hub_members", {}, members.length)],
		},
		{
			name: "hub_member_requests_total",
			kind: "counter",
			help: "Requests to a member, whether or not they were sent.",
			lines: members.map(({ slug, record }) => line("hub_member_requests_total", { institute: slug }, record.requests)),
		},
		{
			name: "hub_member_failures_total",
			kind: "counter",
			help: "Requests that a member did not answer, by reason.",
			lines: members.flatMap(({ slug, record }) =>
				[...record.failures].map(([reason, count]) => line("hub_member_failures_total", { institute: slug, reason }, count)),
			),
		},
		{
			name: "hub_member_stale_answers_total",
			kind: "counter",
			help: "Answers from the catalogue's snapshot in a member's stead.",
			lines: members.map(({ slug, record }) => line("hub_member_stale_answers_total", { institute: slug }, record.staleAnswers)),
		},
		{
			name: "hub_member_request_seconds",
			kind: "histogram",
			help: "Time to a member's answer.",
			lines: members.flatMap(({ slug, record }) => record.latency.lines("hub_member_request_seconds", { institute: slug })),
		},
		{
			name: "hub_member_circuit_state",
			kind: "gauge",
			help: "1 for the state that a member's circuit breaker is in.",
			lines: transports.flatMap(({ slug, circuit }) =>
				STATES.map((state) => line("hub_member_circuit_state", { institute: slug, state }, circuit.state === state ? 1 : 0)),
			),
		},
		{
			name: "hub_member_requests_running",
			kind: "gauge",
			help: "Requests to a member that are under way.",
			lines: transports.map(({ slug, gate }) => line("hub_member_requests_running", { institute: slug }, gate.running)),
		},
		{
			name: "hub_member_requests_waiting",
			kind: "gauge",
			help: "Requests to a member that wait for their turn.",
			lines: transports.map(({ slug, gate }) => line("hub_member_requests_waiting", { institute: slug }, gate.waiting)),
		},
	];
}
