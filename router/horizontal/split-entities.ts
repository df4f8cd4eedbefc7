import type { GraphQLSchema } from "graphql";
import { ownerOf } from "../../schema/global-id.ts";
import type { Horizontal } from "../../schema/horizontal.ts";
import type { Execution, PreparedFetch, SubgraphError } from "../execute/execution.ts";
import type { Json, JsonObject } from "../execute/json.ts";
import type { Analysis, EntityField } from "./analyse.ts";
import { askMember } from "./ask-member.ts";
import type { Member, Members } from "./member.ts";
import { foreignRow, fromMember, unavailable, unknownInstitute } from "./member-errors.ts";
import { compileOwnership, type OwnershipCheck } from "./ownership.ts";

/** For one owner: which representations of each variable are its own. */
type Share = Map<string, { positions: number[]; representations: JsonObject[] }>;

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
	const checks = new Map(fields.map((field) => [field.key, compileEntityCheck(field)]));
	const variableNames = [...new Set(fields.map(({ variable }) => variable))];

	function compileEntityCheck({ selections }: EntityField): OwnershipCheck | undefined {
		const byType = new Map<string, OwnershipCheck>();
		for (const selection of selections) {
			const condition = selection.kind === "InlineFragment" ? selection.typeCondition?.name.value : undefined;
			const type = condition === undefined ? undefined : schema.getType(condition);
			const check = type && compileOwnership(schema, horizontal, type as never, selections, fragments);
			if (condition !== undefined && check) byType.set(condition, check);
		}
		// An entity's type is that of its representation; one check serves where a field asks for one type, as plans do.
		const [only] = byType.values();
		return only;
	}

	return async (variables, execution) => {
		const errors: SubgraphError[] = [];
		const data: JsonObject = {};
		for (const { key, variable } of fields) data[key] = new Array<Json>((variables[variable] as JsonObject[]).length).fill(null);
		const current = members.current();
		const shares = divide(variables, current, errors);
		const shared = Object.fromEntries(Object.entries(variables).filter(([name]) => !variableNames.includes(name)));
		await Promise.all([...shares].map(([slug, share]) => ask(current.get(slug) as Member, share, shared, execution, data, errors)));
		return { data, errors };
	};

	/** Gives each representation to its owner. */
	function divide(variables: Record<string, unknown>, current: ReadonlyMap<string, Member>, errors: SubgraphError[]): Map<string, Share> {
		const shares = new Map<string, Share>();
		for (const variable of variableNames) {
			const representations = variables[variable] as JsonObject[];
			for (let position = 0; position < representations.length; position += 1) {
				const representation = representations[position] as JsonObject;
				const id = representation[horizontal.owned.get(representation.__typename as string) ?? ""];
				const owner = typeof id === "string" ? ownerOf(id) : undefined;
				if (owner === undefined || !current.has(owner)) {
					for (const { key } of fields.filter((field) => field.variable === variable))
						errors.push(unknownInstitute(id, owner, [key, position]));
					continue;
				}
				let share = shares.get(owner);
				if (!share) shares.set(owner, (share = new Map()));
				let part = share.get(variable);
				if (!part) share.set(variable, (part = { positions: [], representations: [] }));
				part.positions.push(position);
				part.representations.push(representation);
			}
		}
		return shares;
	}

	async function ask(
		member: Member,
		share: Share,
		shared: Record<string, unknown>,
		execution: Execution,
		data: JsonObject,
		errors: SubgraphError[],
	): Promise<void> {
		const own: Record<string, unknown> = { ...shared };
		for (const variable of variableNames) own[variable] = share.get(variable)?.representations ?? [];
		const answer = await askMember(member, `{"query":${query},"variables":${JSON.stringify(own)}}`, true, execution);
		for (const { key, variable } of fields) {
			const positions = share.get(variable)?.positions ?? [];
			if (positions.length === 0) continue;
			const entities = answer.ok ? answer.data[key] : undefined;
			if (!answer.ok || !Array.isArray(entities) || entities.length !== positions.length) {
				const told = answer.ok ? answer.errors.filter(({ path }) => path?.[0] === undefined || path[0] === key) : [];
				if (answer.ok && told.length === 0) execution.completeness.fail(member.slug, "INVALID_ANSWER");
				for (const position of positions)
					errors.push(
						told[0]
							? fromMember(member, told[0], [key, position])
							: unavailable(member, answer.ok ? "INVALID_ANSWER" : answer.reason, [key, position]),
					);
				continue;
			}
			const check = checks.get(key);
			const slots = data[key] as Json[];
			positions.forEach((position, index) => {
				const entity = (entities[index] ?? null) as Json;
				slots[position] =
					check && entity !== null
						? check(entity, member.slug, [key, position], (id, path) => errors.push(foreignRow(member, id, path)))
						: entity;
			});
			for (const error of answer.errors) {
				const [first, index, ...rest] = error.path ?? [];
				const position = first === key && typeof index === "number" ? positions[index] : undefined;
				if (position !== undefined) errors.push(fromMember(member, error, [key, position, ...rest]));
			}
		}
	}
}
