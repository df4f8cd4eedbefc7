import {
	type GraphQLInputType,
	type GraphQLSchema,
	getNullableType,
	isEnumType,
	isInputType,
	isListType,
	isNonNullType,
	type OperationDefinitionNode,
	specifiedScalarTypes,
	typeFromAST,
} from "graphql";
import { getVariableValues } from "graphql/execution/values.js";
import { fromGraphQLError, RequestError } from "../errors.ts";

/** Checks and completes variables. Throws a {@link RequestError} that tells of each that is wrong. */
export type ReadVariables = (given: Readonly<Record<string, unknown>>) => Record<string, unknown>;

/** Whether a value is certainly right, and its own coercion. */
type IsPlain = (value: unknown) => boolean;

const MOST_ERRORS = 20;
const LARGEST_INT = 2_147_483_647;

/**
 * Compiles the variables of an operation. Values that plainly are of their type are taken as they are, which spares a
 * small request a good part of its time; anything else, right or wrong, goes the way of graphql-js (§6.1.2).
 */
export function compileVariables(schema: GraphQLSchema, { variableDefinitions = [] }: OperationDefinitionNode): ReadVariables {
	if (variableDefinitions.length === 0) return () => ({});
	const plain = variableDefinitions.map(({ variable, type, defaultValue }) => {
		const declared = typeFromAST(schema, type as never);
		const check = isInputType(declared) ? plainCheck(declared) : undefined;
		return { name: variable.name.value, check, hasDefault: defaultValue !== undefined, isRequired: isNonNullType(declared) };
	});

	return (given) => {
		const taken: Record<string, unknown> = {};
		for (const { name, check, hasDefault, isRequired } of plain) {
			const value = given[name];
			if (value === undefined) {
				if (hasDefault || isRequired) return readAll(given);
			} else if (check?.(value)) taken[name] = value;
			else return readAll(given);
		}
		return taken;
	};

	function readAll(given: Readonly<Record<string, unknown>>): Record<string, unknown> {
		const { coerced, errors } = getVariableValues(schema, variableDefinitions, given as Record<string, unknown>, {
			maxErrors: MOST_ERRORS,
		});
		if (errors) throw new RequestError(errors.map((error) => fromGraphQLError(error, "BAD_USER_INPUT")));
		return coerced;
	}
}

/** Undefined for types whose values graphql-js must look at: input objects, custom scalars. */
function plainCheck(type: GraphQLInputType): IsPlain | undefined {
	const isNullable = !isNonNullType(type);
	const inner = getNullableType(type);
	const check = isListType(inner) ? listCheck(inner.ofType) : leafCheck(inner as GraphQLInputType);
	if (!check) return undefined;
	return isNullable ? (value) => value === null || check(value) : check;
}

function listCheck(item: GraphQLInputType): IsPlain | undefined {
	const check = plainCheck(item);
	return check && ((value) => Array.isArray(value) && value.every(check));
}

function leafCheck(type: GraphQLInputType): IsPlain | undefined {
	if (isEnumType(type)) {
		// Where a name stands for itself, as in every schema that is made from its text.
		const names = new Set(type.getValues().flatMap(({ name, value }) => (value === name ? [name] : [])));
		return (value) => names.has(value as string);
	}
	const scalar = specifiedScalarTypes.find((one) => one === type);
	switch (scalar?.name) {
		case "String":
		case "ID":
			return (value) => typeof value === "string";
		case "Boolean":
			return (value) => typeof value === "boolean";
		case "Int":
			return (value) => Number.isInteger(value) && Math.abs(value as number) <= LARGEST_INT;
		case "Float":
			return (value) => Number.isFinite(value);
		default:
			return undefined;
	}
}
