import { getNamedType, isObjectType } from "graphql";
import { collectFields, subSelections } from "../execute/collect-fields.ts";
import type { Execution, SubgraphAnswer } from "../execute/execution.ts";
import { isObject } from "../execute/json.ts";
import { pickVariables } from "../execute/pick-variables.ts";
import { argumentValue, type RootField, singleFieldOperation } from "./analyse.ts";
import { Channel } from "./channel.ts";
import type { Member } from "./member.ts";
import { foreignRow, fromMember } from "./member-errors.ts";
import { compileOwnership } from "./ownership.ts";
import type { RootCompilation } from "./root-runner.ts";
import { decodePositions, encodePositions } from "./stream-position.ts";

const POSITION = "__position";
const RETRY_PAUSE = 1000;
const FIRST_RETRY_PAUSE = 50;

/**
 * Merges the streams of a gathered subscription: one per member, each resumed where it was lost, members joining and
 * leaving meanwhile. Ends only when the signal aborts.
 *
 * An event's position, where its type has one, tells the place in every member's history: a client that comes back
 * with it as `since` misses nothing.
 */
export async function* gatherStream(
	root: RootField,
	compilation: RootCompilation,
	variables: Record<string, unknown>,
	execution: Execution,
): AsyncGenerator<SubgraphAnswer> {
	const { schema, horizontal, fragments, members, document } = compilation;
	const type = root.field && getNamedType(root.field.type);
	if (!root.field || !type || !isObjectType(type)) throw new Error(`${root.name} is not a stream of objects`);
	const hasPosition = "position" in type.getFields();
	const resumable = hasPosition && root.field.args.some(({ name }) => name === "since");
	const { text, variables: names } = singleFieldOperation(
		document,
		memberNode(root, resumable),
		resumable ? [{ name: "__since", type: "String" }] : [],
	);
	const since = resumable ? argumentValue(root.node, ["since"], variables) : undefined;
	const positions = since == null ? new Map<string, string>() : decodePositions(String(since));
	if (!positions) {
		yield {
			data: null,
			errors: [
				{
					message: "since: is not a position of this stream: leave it out to start from now",
					path: [root.key],
					extensions: { code: "BAD_USER_INPUT", field: "since" },
				},
			],
		};
		return;
	}
	const positionKeys = collectFields(schema, type, root.node.selectionSet?.selections ?? [], fragments)
		.filter(({ name }) => name === "position")
		.map(({ key }) => key);
	const check = compileOwnership(schema, horizontal, root.field.type, root.node.selectionSet?.selections ?? [], fragments);
	const channel = new Channel<SubgraphAnswer>();
	const followed = new Map<string, AbortController>();
	const follow = () => {
		const current = members.current();
		for (const [slug, controller] of followed) if (!current.has(slug)) controller.abort();
		for (const member of current.values()) if (!followed.has(member.slug)) void followMember(member);
	};
	const stopFollowing = members.onChange(follow);
	execution.signal.addEventListener("abort", () => channel.close(), { once: true });
	follow();
	try {
		yield* channel;
	} finally {
		stopFollowing();
		for (const controller of followed.values()) controller.abort();
	}

	async function followMember(member: Member): Promise<void> {
		const controller = new AbortController();
		followed.set(member.slug, controller);
		const signal = AbortSignal.any([controller.signal, execution.signal]);
		let pause = FIRST_RETRY_PAUSE;
		while (!signal.aborted) {
			// The member may have moved to another address meanwhile.
			const now = members.current().get(member.slug) ?? member;
			const resume = resumable ? { __since: positions?.get(member.slug) ?? null } : {};
			try {
				for await (const answer of now.stream(text, { ...pickVariables(names, variables), ...resume }, signal, execution.caller)) {
					pause = FIRST_RETRY_PAUSE;
					channel.push(own(now, answer));
				}
			} catch {
				// Lost: other members' streams go on, this one is taken up again.
			}
			await sleep(pause, signal);
			pause = Math.min(pause * 2, RETRY_PAUSE);
		}
		followed.delete(member.slug);
	}

	function own(member: Member, { data, errors }: SubgraphAnswer): SubgraphAnswer {
		const told = errors.map((error) => fromMember(member, error, error.path ?? [root.key]));
		const event = data?.[root.key];
		if (!isObject(event)) return { data: null, errors: told };
		const position = event[POSITION];
		if (typeof position === "string") positions?.set(member.slug, position);
		for (const key of positionKeys) event[key] = encodePositions(positions ?? new Map());
		const checked = check ? check(event, member.slug, [root.key], (id, path) => told.push(foreignRow(member, id, path))) : event;
		return { data: { [root.key]: checked }, errors: told };
	}
}

/** The field as members are asked: from our own position, and telling its own. */
function memberNode(root: RootField, resumable: boolean): RootField["node"] {
	if (!resumable) return root.node;
	const others = (root.node.arguments ?? []).filter(({ name }) => name.value !== "since");
	return {
		...root.node,
		arguments: [
			...others,
			{
				kind: "Argument" as never,
				name: { kind: "Name" as never, value: "since" },
				value: { kind: "Variable" as never, name: { kind: "Name" as never, value: "__since" } },
			},
		],
		selectionSet: {
			kind: "SelectionSet" as never,
			selections: [
				...subSelections([root.node]),
				{ kind: "Field" as never, name: { kind: "Name" as never, value: "position" }, alias: { kind: "Name" as never, value: POSITION } },
			],
		},
	};
}

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		if (signal.aborted) return resolve();
		const timer = setTimeout(done, milliseconds);
		signal.addEventListener("abort", done, { once: true });
		function done(): void {
			clearTimeout(timer);
			signal.removeEventListener("abort", done);
			resolve();
		}
	});
}
