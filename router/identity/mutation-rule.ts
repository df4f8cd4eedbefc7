import type { GraphQLSchema, OperationDefinitionNode } from "graphql";
import type { Caller } from "../../subgraphs/kit/caller.ts";
import { RequestError } from "../errors.ts";
import { collectFields, fragmentsOf } from "../execute/collect-fields.ts";
import type { CompiledOperation } from "../execute/operation.ts";

/** Throws a {@link RequestError} for a mutation that its caller may not ask for. */
export type MutationRule = (operation: CompiledOperation, caller: Caller | undefined) => void;

/**
 * Mutations are for callers with a verified token, whatever the schema says of them, but for those named in
 * `publicMutations`. What the schema requires besides holds for both.
 */
export function mutationRule(schema: GraphQLSchema, publicMutations: readonly string[] = []): MutationRule {
	const open = new Set(publicMutations);
	return (operation, caller) => {
		if (caller !== undefined || rootFields(schema, operation).every((field) => open.has(field))) return;
		throw RequestError.of("UNAUTHENTICATED", "A mutation needs a token: send `authorization: Bearer <token>`.", {}, 401);
	};
}

function rootFields(schema: GraphQLSchema, { document, definition }: CompiledOperation): string[] {
	const root = schema.getMutationType();
	if (!root) throw new Error("A mutation of a schema that has none");
	const own = document.definitions.find((one): one is OperationDefinitionNode => one.kind === "OperationDefinition") ?? definition;
	return collectFields(schema, root, own.selectionSet.selections, fragmentsOf(document)).map(({ name }) => `${root.name}.${name}`);
}
