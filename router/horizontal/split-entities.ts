import { type GraphQLSchema, isObjectType, Kind } from "graphql";
import { ownerOf } from "../../schema/global-id.ts";
import type { Horizontal } from "../../schema/horizontal.ts";
import type { Execution, PreparedFetch, SubgraphError } from "../execute/execution.ts";
import { alone, type Joined, JointFetches, learnFrom } from "../execute/joint-fetch.ts";
import type { Json, JsonObject } from "../execute/json.ts";
import { Representations, variablesText } from "../execute/representations.ts";
import type { Analysis, EntityField } from "./analyse.ts";
import { askMember, type MemberAnswer } from "./ask-member.ts";
import { findByKey, isMisplaced, isOwnRow } from "./entity-keys.ts";
import type { Member, Members } from "./member.ts";
import { foreignRow, fromMember, invalidRow, unavailable, unknownInstitute } from "./member-errors.ts";
import { compileOwnership, type OwnershipCheck } from "./ownership.ts";

/** For one owner: the positions that are its own, of each variable (by the variable's index). */
interface Share {
	member: Member;
	positions: number[][];
}

/**
 * Compiles a fetch of entities of `members`: one request to each owner, with the representations it owns, however
 * many there are and from however many places of the answer. Positions are kept.
 */
export function prepareEntities(
	analysis: Analysis & { kind: "entities" },
	operation: string,
	schema: GraphQLSchema,
	horizontal: Horizontal,
	members: Members,
): PreparedFetch {
	const { fields, fragments } = analysis;
	const query = JSON.stringify(operation);
	const variableNames = [...new Set(fields.map(({ variable }) => variable))];
	const openings = variableNames.map((name, index) => `${index > 0 ? "]," : ""}${JSON.stringify(name)}:[`);
	const joint = new WeakMap<Member, JointFetches<MemberAnswer>>();
	const compiled = fields.map((field) => ({
		key: field.key,
		variable: variableNames.indexOf(field.variable),
		checks: compileChecks(field),
	}));

	/** An entity is checked as the type of its representation. */
	function compileChecks({ selections }: EntityField): ReadonlyMap<string, OwnershipCheck> {
		const checks = new Map<string, OwnershipCheck>();
		for (const selection of selections) {
			const type =
				selection.kind === Kind.INLINE_FRAGMENT && selection.typeCondition ? schema.getType(selection.typeCondition.name.value) : undefined;
			const check = type && isObjectType(type) ? compileOwnership(schema, horizontal, type, selections, fragments) : undefined;
			if (type && check) checks.set(type.name, check);
		}
		return checks;
	}

	return async (variables, execution) => {
		const asked = variableNames.map((name) => {
			const value = variables[name];
			return value instanceof Representations ? value : Representations.from(value as JsonObject[]);
		});
		const errors: SubgraphError[] = [];
		const data: JsonObject = {};
		for (const { key, variable } of compiled) data[key] = new Array<Json>((asked[variable] as Representations).length).fill(null);
		const shared: Record<string, unknown> = {};
		for (const name in variables) if (!variableNames.includes(name)) shared[name] = variables[name];
		const sharedText = variablesText(shared);
		const shares = divide(asked, errors);
		const waiting: Promise<void>[] = [];
		for (const share of shares.values()) waiting.push(ask(share, asked, sharedText, execution, data, errors));
		await (waiting.length === 1 ? waiting[0] : Promise.all(waiting));
		return { data, errors };
	};

	/** Whether every request that shares the answer can find its own in it. */
	function isUsable({ answer, totals }: Joined<MemberAnswer>): boolean {
		if (!answer.ok) return answer.reason !== "INVALID_ANSWER" && answer.reason !== "TOO_LARGE";
		return compiled.every(({ key, variable }) => {
			const entities = answer.data[key];
			return totals[variable] === 0 || (Array.isArray(entities) && entities.length === totals[variable]);
		});
	}

	/** Whether the member gave entities, or says itself why it does not. */
	function hasLists({ data, errors }: { data: JsonObject; errors: readonly SubgraphError[] }): boolean {
		return errors.length > 0 || compiled.every(({ key }) => Array.isArray(data[key]));
	}

	/** Gives each representation to its owner. */
	function divide(asked: readonly Representations[], errors: SubgraphError[]): Map<string, Share> {
		const current = members.current();
		const shares = new Map<string, Share>();
		asked.forEach((representations, variable) => {
			for (let position = 0; position < representations.length; position += 1) {
				const id = representations.keyOf(position, horizontal.owned.get(representations.types[position] as string) ?? "");
				const owner = typeof id === "string" ? ownerOf(id) : undefined;
				let share = owner === undefined ? undefined : shares.get(owner);
				if (!share) {
					const member = owner === undefined ? undefined : current.get(owner);
					if (owner === undefined || !member) {
						for (const field of compiled) if (field.variable === variable) errors.push(unknownInstitute(id, owner, [field.key, position]));
						continue;
					}
					share = { member, positions: asked.map(() => []) };
					shares.set(owner, share);
				}
				(share.positions[variable] as number[]).push(position);
			}
		});
		return shares;
	}

	async function ask(
		{ member, positions }: Share,
		asked: readonly Representations[],
		sharedText: string,
		execution: Execution,
		data: JsonObject,
		errors: SubgraphError[],
	): Promise<void> {
		const send = (lists: readonly string[], by: Execution): Promise<MemberAnswer> => {
			let body = `{"query":${query},"variables":${sharedText.slice(0, -1)}${sharedText.length > 2 ? "," : ""}`;
			for (let variable = 0; variable < lists.length; variable += 1) body += `${openings[variable]}${lists[variable]}`;
			return askMember(member, `${body}]}}`, "entities", by, hasLists);
		};
		const wanted = {
			lists: asked.map((representations, variable) => representations.listText(positions[variable])),
			counts: positions.map(({ length }) => length),
		};
		let fetches = joint.get(member);
		if (!fetches) joint.set(member, (fetches = new JointFetches(member.patience)));
		let joined = await fetches.join(sharedText, wanted, execution, send);
		// What is wrong with a joint answer may be another request's fault.
		if (joined.sharedBy && !isUsable(joined)) joined = await alone(wanted, execution, send);
		if (joined.sharedBy) learnFrom(joined.sharedBy, execution);
		const { answer, offsets, totals } = joined;
		for (const { key, variable, checks } of compiled) {
			const places = positions[variable] as number[];
			if (places.length === 0) continue;
			const entities = answer.ok ? answer.data[key] : undefined;
			const offset = offsets[variable] as number;
			if (!answer.ok || !Array.isArray(entities) || entities.length !== totals[variable]) {
				tellFailure(member, answer, key, places, execution, errors);
				continue;
			}
			const slots = data[key] as Json[];
			const representations = asked[variable] as Representations;
			for (let index = 0; index < places.length; index += 1) {
				const place = places[index] as number;
				const type = representations.types[place] as string;
				let entity = entities[offset + index] as Json;
				const id = representations.keyOf(place, horizontal.owned.get(type) ?? "");
				if (isMisplaced(entity, id)) {
					const found = findByKey(entities, id);
					// A row of another member is told as one.
					if (found === null && isOwnRow(entity, member.slug)) errors.push(invalidRow(member, [key, place]));
					if (found !== null || isOwnRow(entity, member.slug)) entity = found;
				}
				const check = checks.size === 0 || entity === null ? undefined : checks.get(type);
				slots[place] = check
					? check(entity, member.slug, [key, place], (id, path) => void errors.push(foreignRow(member, id, path)))
					: entity;
			}
			for (const error of answer.errors) {
				const [first, index, ...rest] = error.path ?? [];
				const place = first === key && typeof index === "number" ? places[index - offset] : undefined;
				if (place !== undefined) errors.push(fromMember(member, error, [key, place, ...rest]));
			}
		}
	}
}

/** One error for each row that did not come, with the member's own words where it has any. */
function tellFailure(
	member: Member,
	answer: MemberAnswer,
	key: string,
	places: readonly number[],
	execution: Execution,
	errors: SubgraphError[],
): void {
	const told = answer.ok ? answer.errors.find(({ path }) => path?.[0] === undefined || path[0] === key) : undefined;
	const reason = answer.ok ? "INVALID_ANSWER" : answer.reason;
	if (answer.ok && !told) execution.completeness.fail(member.slug, reason);
	for (const place of places) errors.push(told ? fromMember(member, told, [key, place]) : unavailable(member, reason, [key, place]));
}
