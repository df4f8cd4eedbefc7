import { type FieldNode, type GraphQLSchema, Kind, type SelectionNode } from "graphql";
import { type CollectedField, collectFields, subSelections } from "../execute/collect-fields.ts";
import type { PreparedFetch, Service, SubgraphError } from "../execute/execution.ts";
import { isObject, type Json, type JsonObject } from "../execute/json.ts";
import { pickVariables } from "../execute/pick-variables.ts";
import { argumentValue } from "../horizontal/analyse.ts";
import { mergedNode, type RootOperation, withRoots } from "./own-fields.ts";

/** Representations of one type, asked for by one `_entities` field: each once, with the places where it stands. */
interface Batch {
	field: CollectedField;
	typeName: string;
	representations: JsonObject[];
	/** For each representation, its positions in the field's list. */
	positions: number[][];
}

/**
 * Prepares the `_entities` fields of an operation. Other routers mix types in one list, give representations as
 * literals and repeat them; `membersService` takes what our planner makes: one variable and one type for each field.
 */
export function prepareEntityFields(
	fields: readonly CollectedField[],
	operation: RootOperation,
	schema: GraphQLSchema,
	entities: ReadonlySet<string>,
	members: Service,
): PreparedFetch {
	/** A fetch for each combination of types that is met. */
	const compiled = new Map<string, { fetch: PreparedFetch; variables: string[] }>();

	function compile(batches: readonly Batch[]): { fetch: PreparedFetch; variables: string[] } {
		const key = batches.map(({ field, typeName }) => `${field.key}:${typeName}`).join();
		const known = compiled.get(key);
		if (known) return known;
		const roots = batches.map((batch, index) => entityField(batch, index));
		const { text, variables } = withRoots(
			operation,
			roots,
			batches.map((_, index) => ({ name: `__r${index}`, type: "_Any" })),
		);
		const made = { fetch: members.prepare(text), variables };
		compiled.set(key, made);
		return made;
	}

	function entityField({ field, typeName }: Batch, index: number): FieldNode {
		const inner = selectionsFor(field, typeName);
		const condition = { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: typeName } } as const;
		return {
			kind: Kind.FIELD,
			alias: { kind: Kind.NAME, value: `_e${index}` },
			name: { kind: Kind.NAME, value: "_entities" },
			arguments: [
				{
					kind: Kind.ARGUMENT,
					name: { kind: Kind.NAME, value: "representations" },
					value: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: `__r${index}` } },
				},
			],
			selectionSet: {
				kind: Kind.SELECTION_SET,
				selections: [
					{ kind: Kind.INLINE_FRAGMENT, typeCondition: condition, selectionSet: { kind: Kind.SELECTION_SET, selections: inner } },
				],
			},
		};
	}

	/** What a field asks of entities of one type. */
	function selectionsFor(field: CollectedField, typeName: string): SelectionNode[] {
		const type = schema.getType(typeName);
		return type && "getInterfaces" in type
			? collectFields(schema, type as never, subSelections(field.nodes), operation.fragments).map(mergedNode)
			: [];
	}

	return async (variables, execution) => {
		const data: JsonObject = {};
		const errors: SubgraphError[] = [];
		const batches = fields.flatMap((field) => sortOut(field, variables, data, errors));
		const asked = batches.filter(({ field, typeName }) => selectionsFor(field, typeName).length > 0);
		for (const { field, typeName, positions } of batches)
			if (!asked.some((batch) => batch.field === field && batch.typeName === typeName))
				for (const position of positions.flat()) (data[field.key] as Json[])[position] = { __typename: typeName };
		if (asked.length === 0) return { data, errors };
		const { fetch, variables: names } = compile(asked);
		const own = pickVariables(names, variables);
		asked.forEach(({ representations }, index) => {
			own[`__r${index}`] = representations;
		});
		const answer = await fetch(own, execution);
		asked.forEach((batch, index) => {
			placeEntities(batch, answer.data?.[`_e${index}`], data[batch.field.key] as Json[]);
		});
		for (const error of answer.errors) errors.push(...placeError(error, asked));
		return { data, errors };
	};

	/** Reads the representations of a field by type. Leaves a null, and an error, for what is none of ours. */
	function sortOut(field: CollectedField, variables: Record<string, unknown>, data: JsonObject, errors: SubgraphError[]): Batch[] {
		const given = argumentValue(field.nodes[0] as FieldNode, ["representations"], variables) as unknown[];
		data[field.key] = new Array<Json>(given.length).fill(null);
		const batches = new Map<string, Batch & { known: Map<string, number> }>();
		given.forEach((representation, position) => {
			const typeName = isObject(representation) ? representation.__typename : undefined;
			if (!isObject(representation) || typeof typeName !== "string" || !entities.has(typeName)) {
				errors.push({
					message: `representations: ${JSON.stringify(typeName ?? null)} is no entity of this subgraph.`,
					path: [field.key, position],
					extensions: { code: "BAD_USER_INPUT", field: "representations" },
				});
				return;
			}
			let batch = batches.get(typeName);
			if (!batch) batches.set(typeName, (batch = { field, typeName, representations: [], positions: [], known: new Map() }));
			const text = JSON.stringify(representation);
			let index = batch.known.get(text);
			if (index === undefined) {
				index = batch.representations.push(representation) - 1;
				batch.positions.push([]);
				batch.known.set(text, index);
			}
			batch.positions[index]?.push(position);
		});
		return [...batches.values()];
	}
}

function placeEntities({ typeName, positions }: Batch, entities: Json | undefined, slots: Json[]): void {
	if (!Array.isArray(entities)) return;
	positions.forEach((places, index) => {
		const entity = entities[index];
		if (isObject(entity)) for (const place of places) slots[place] = { ...entity, __typename: typeName };
	});
}

/** An error about one representation is an error at each of its places. */
function placeError(error: SubgraphError, asked: readonly Batch[]): SubgraphError[] {
	const [alias, index, ...rest] = error.path ?? [];
	const batch = asked[Number(String(alias).slice("_e".length))];
	if (!batch || typeof index !== "number") return [{ ...error, path: undefined }];
	return (batch.positions[index] ?? []).map((position) => ({ ...error, path: [batch.field.key, position, ...rest] }));
}
