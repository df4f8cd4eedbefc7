import { type ConstDirectiveNode, type ConstValueNode, type DocumentNode, type GraphQLSchema, Kind, valueFromASTUntyped } from "graphql";
import type { Horizontal } from "../../../schema/horizontal.ts";

/** What the estimate of an operation's cost is made from: the schema, and what the supergraph says beside it. */
export interface CostModel {
	schema: GraphQLSchema;
	horizontal: Horizontal;
	/** `@cost`: weights of `Type`, of `Type.field` and of `Type.field(argument)`. */
	weights: ReadonlyMap<string, number>;
	/** `@listSize` of `Type.field`. */
	lists: ReadonlyMap<string, ListSize>;
	/** `Type.field` of all fields that members give. */
	memberFields: ReadonlySet<string>;
}

/** Federation's `@listSize`. */
export interface ListSize {
	assumedSize: number | undefined;
	slicingArguments: readonly string[] | undefined;
	/** Names of the fields below that hold the list, on a connection. */
	sizedFields: readonly string[] | undefined;
}

/** Reads a supergraph for what it says of cost. `members` is the name of the logical subgraph whose rows live at members. */
export function readCostModel(supergraph: DocumentNode, schema: GraphQLSchema, horizontal: Horizontal, members: string): CostModel {
	const weights = new Map<string, number>();
	const lists = new Map<string, ListSize>();
	const memberFields = new Set<string>();
	const graph = graphOf(supergraph, members);
	const weigh = (place: string, directives: readonly ConstDirectiveNode[] | undefined) => {
		const weight = Number(argumentsOf(directives, COST)?.weight ?? Number.NaN);
		if (Number.isFinite(weight)) weights.set(place, weight);
	};
	for (const definition of supergraph.definitions) {
		if (!("name" in definition) || !definition.name || !("directives" in definition)) continue;
		const type = definition.name.value;
		weigh(type, definition.directives as readonly ConstDirectiveNode[]);
		if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
		const isOfMembers = allArguments(definition.directives, "join__type").some((one) => one.graph === graph);
		for (const field of definition.fields ?? []) {
			const place = `${type}.${field.name.value}`;
			weigh(place, field.directives);
			for (const argument of field.arguments ?? []) weigh(`${place}(${argument.name.value})`, argument.directives);
			const size = readListSize(argumentsOf(field.directives, LIST_SIZE));
			if (size) lists.set(place, size);
			const joins = allArguments(field.directives, "join__field");
			const isGiven =
				joins.length === 0 || joins.some((join) => join.external !== true && (join.graph === undefined || join.graph === graph));
			if (isOfMembers && isGiven) memberFields.add(place);
		}
	}
	return { schema, horizontal, weights, lists, memberFields };
}

/** Under their own names, or as composition prefixes them where a subgraph did not import them. */
const COST = /^(\w+__)?cost$/;
const LIST_SIZE = /^(\w+__)?listSize$/;

function readListSize(given: Record<string, unknown> | undefined): ListSize | undefined {
	if (!given) return undefined;
	const names = (value: unknown) => (Array.isArray(value) ? value.map(String) : undefined);
	return {
		assumedSize: typeof given.assumedSize === "number" ? given.assumedSize : undefined,
		slicingArguments: names(given.slicingArguments),
		sizedFields: names(given.sizedFields),
	};
}

/** The subgraph's name in the supergraph's own enum. */
function graphOf(supergraph: DocumentNode, name: string): string | undefined {
	for (const definition of supergraph.definitions) {
		if (definition.kind !== Kind.ENUM_TYPE_DEFINITION || definition.name.value !== "join__Graph") continue;
		return definition.values?.find(({ directives }) => argumentsOf(directives, /^join__graph$/)?.name === name)?.name.value;
	}
	return undefined;
}

function argumentsOf(directives: readonly ConstDirectiveNode[] | undefined, name: RegExp): Record<string, unknown> | undefined {
	const directive = directives?.find((one) => name.test(one.name.value));
	return directive && readArguments(directive);
}

function allArguments(directives: readonly ConstDirectiveNode[] | undefined, name: string): Record<string, unknown>[] {
	return (directives ?? []).flatMap((directive) => (directive.name.value === name ? [readArguments(directive)] : []));
}

function readArguments(directive: ConstDirectiveNode): Record<string, unknown> {
	return Object.fromEntries((directive.arguments ?? []).map(({ name, value }) => [name.value, read(value)]));
}

function read(value: ConstValueNode): unknown {
	return valueFromASTUntyped(value);
}
