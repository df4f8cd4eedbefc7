import {
	type FieldNode,
	type GraphQLField,
	type GraphQLNamedType,
	type GraphQLObjectType,
	getNamedType,
	getNullableType,
	isAbstractType,
	isLeafType,
	isListType,
	isObjectType,
	type OperationDefinitionNode,
	type SelectionNode,
} from "graphql";
import type { RootSpread } from "../../../schema/horizontal.ts";
import { RequestError } from "../../errors.ts";
import { collectFields, type Fragments, subSelections } from "../../execute/collect-fields.ts";
import { argumentValue } from "../../horizontal/analyse.ts";
import { type Amount, evaluate, largest, product, sum, type Variables } from "./amount.ts";
import type { CostModel } from "./cost-model.ts";
import { sizeBelow, sizeOfList } from "./list-size.ts";

/**
 * Estimates what an operation costs before it is executed:
 *
 * - an object costs 1, a scalar nothing, and whatever is below an object is added to it;
 * - a list multiplies by its size: `first` or `last`, of the list's own field or of the connection above it, else 20;
 * - what N members are each asked costs N × (1 + what one of them gives); what others add to the merged rows, once;
 * - `@cost` and `@listSize` of Federation say otherwise where the supergraph has them.
 */
export type Cost = (variables: Variables, members: number) => number;

/** What a selection costs: what members give of it, and what others add. Apart from gathered fields they are one sum. */
interface Part {
	members: Amount;
	others: Amount;
}

/** Alternatives of abstract types multiply: a document that makes too many of them is not worth estimating. */
const MOST_TERMS = 20_000;

/** Compiles the estimate of an operation whose conditions are settled. Throws a `RequestError` for one too intricate to estimate. */
export function compileCost(operation: OperationDefinitionNode, fragments: Fragments, model: CostModel): Cost {
	const { schema, horizontal, weights, memberFields } = model;
	let terms = 0;
	const root = schema.getRootType(operation.operation);
	const costs = root ? collectFields(schema, root, operation.selectionSet.selections, fragments).map(rootCost) : [];
	return (variables, members) => {
		let total = 0;
		for (const cost of costs) total += cost(variables, members);
		return total;
	};

	function rootCost({ name, nodes }: { name: string; nodes: FieldNode[] }): Cost {
		const field = root?.getFields()[name];
		if (!root || !field) return () => 0;
		const spread = horizontal.roots.get(`${root.name}.${name}`);
		const { members: given, others } = fieldCost(root, field, nodes, undefined, true);
		if (spread?.kind !== "gather") {
			const both = sum([given, others]);
			return (variables) => evaluate(both, variables);
		}
		const asked = askedMembers(nodes[0] as FieldNode, spread);
		// An event of a gathered stream comes from one member, while all are listened to.
		if (operation.operation === "subscription")
			return (variables, members) => asked(variables, members) + evaluate(given, variables) + evaluate(others, variables);
		return (variables, members) => asked(variables, members) * (1 + evaluate(given, variables)) + evaluate(others, variables);
	}

	function fieldCost(
		parent: GraphQLObjectType,
		field: GraphQLField<unknown, unknown>,
		nodes: FieldNode[],
		sizeAbove: Amount | undefined,
		isBelowMembers: boolean,
	): Part {
		terms += 1;
		if (terms > MOST_TERMS)
			throw RequestError.of("LIMIT_EXCEEDED", `The request's cost takes more than ${MOST_TERMS} terms to estimate.`, {
				limit: "cost",
				figure: terms,
				allowed: MOST_TERMS,
			});
		const place = `${parent.name}.${field.name}`;
		const node = nodes[0] as FieldNode;
		const type = getNamedType(field.type);
		const isOfMembers = isBelowMembers && memberFields.has(place);
		const weight = weights.get(place) ?? weights.get(type.name) ?? (isLeafType(type) ? 0 : 1);
		const isList = isListType(getNullableType(field.type));
		const size = isList ? sizeOfList(field, node, model.lists.get(place), sizeAbove) : 1;
		const below = selectionCost(
			type,
			subSelections(nodes),
			isList ? () => undefined : sizeBelow(field, node, model.lists.get(place)),
			isOfMembers,
		);
		const own = sum([
			product(size, weight),
			...(node.arguments ?? []).map((argument) => weights.get(`${place}(${argument.name.value})`) ?? 0),
		]);
		const others = product(size, below.others);
		return isOfMembers
			? { members: sum([own, product(size, below.members)]), others }
			: { members: 0, others: sum([own, others, product(size, below.members)]) };
	}

	/** `sizeFor` tells the size of the lists directly below, where the field above says it. */
	function selectionCost(
		type: GraphQLNamedType,
		selections: readonly SelectionNode[],
		sizeFor: (field: string) => Amount | undefined,
		isOfMembers: boolean,
	): Part {
		const types = isObjectType(type) ? [type] : isAbstractType(type) ? schema.getPossibleTypes(type) : [];
		const parts = types.map((object) => {
			const fields = collectFields(schema, object, selections, fragments).flatMap(({ name, nodes }) => {
				const field = object.getFields()[name];
				return field ? [fieldCost(object, field, nodes, sizeFor(name), isOfMembers)] : [];
			});
			return { members: sum(fields.map(({ members }) => members)), others: sum(fields.map(({ others }) => others)) };
		});
		return { members: largest(parts.map(({ members }) => members)), others: largest(parts.map(({ others }) => others)) };
	}
}

/** How many members a gathered field is asked of: all of them, or those that its argument names. */
function askedMembers(node: FieldNode, { owners }: RootSpread & { kind: "gather" }): Cost {
	if (!owners || !node.arguments?.some(({ name }) => name.value === owners[0])) return (_variables, members) => members;
	return (variables, members) => {
		const named = argumentValue(node, owners, variables);
		if (named === null || named === undefined) return members;
		return Math.min(members, Array.isArray(named) ? new Set(named).size : 1);
	};
}
