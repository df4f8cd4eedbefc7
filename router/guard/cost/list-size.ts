import { type FieldNode, type GraphQLField, Kind, valueFromASTUntyped } from "graphql";
import type { Amount, Variables } from "./amount.ts";
import type { ListSize } from "./cost-model.ts";

/** Rows of a list that nothing tells the size of. */
const ASSUMED_SIZE = 20;

const SLICING = ["first", "last"];

type Field = GraphQLField<unknown, unknown>;

/** The size of a field that is a list. */
export function sizeOfList(field: Field, node: FieldNode, declared: ListSize | undefined, above: Amount | undefined): Amount {
	return slice(field, node, declared) ?? declared?.assumedSize ?? above ?? ASSUMED_SIZE;
}

/** The size of the lists directly below a field that is not one itself, as a connection is. */
export function sizeBelow(field: Field, node: FieldNode, declared: ListSize | undefined): (field: string) => Amount | undefined {
	const size = slice(field, node, declared) ?? declared?.assumedSize;
	const sized = declared?.sizedFields;
	return (name) => (sized && !sized.includes(name) ? undefined : size);
}

/** What the slicing arguments say; undefined when the field has none. */
function slice(field: Field, node: FieldNode, declared: ListSize | undefined): Amount | undefined {
	const names = (declared?.slicingArguments ?? SLICING).filter((name) => field.args.some((argument) => argument.name === name));
	if (names.length === 0) return undefined;
	const otherwise = declared?.assumedSize ?? ASSUMED_SIZE;
	const readers = names.map((name): ((variables: Variables) => unknown) => {
		const value = node.arguments?.find((argument) => argument.name.value === name)?.value;
		const byDefault = field.args.find((argument) => argument.name === name)?.defaultValue;
		return (variables) => (value ? valueFromASTUntyped(value, variables as Record<string, unknown>) : undefined) ?? byDefault;
	});
	const read = (variables: Variables): number => {
		let size: number | undefined;
		for (const reader of readers) {
			const value = reader(variables);
			if (typeof value === "number") size = Math.max(size ?? 0, value);
		}
		return size ?? otherwise;
	};
	const isFixed = names.every((name) => node.arguments?.find((argument) => argument.name.value === name)?.value.kind !== Kind.VARIABLE);
	return isFixed ? read({}) : read;
}
