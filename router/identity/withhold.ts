import {
	type DocumentNode,
	type FieldNode,
	type GraphQLSchema,
	Kind,
	type OperationDefinitionNode,
	TypeInfo,
	visit,
	visitWithTypeInfo,
} from "graphql";
import type { Caller } from "../../subgraphs/kit/caller.ts";
import { RequestError, type ResponseError } from "../errors.ts";
import { collectFields, fragmentsOf } from "../execute/collect-fields.ts";
import { dropUnused, keepNonEmpty } from "../plan/specialise.ts";
import { meets, type Requirement, type Requirements } from "./requirements.ts";

/** What is left of an operation for a caller who may not have all of it. */
export interface Withheld {
	/** The document without what is withheld: this is planned and fetched. */
	document: DocumentNode;
	/** The selections that are withheld: each is null in the answer, with an error. */
	fields: ReadonlySet<FieldNode>;
}

/** The requirements that anything in a document has, each once: what has to be looked at for each request. */
export function requirementsIn(document: DocumentNode, schema: GraphQLSchema, requirements: Requirements): readonly Requirement[] {
	const found = new Set<Requirement>();
	eachField(document, schema, (_node, parent, field) => {
		for (const requirement of requirements.ofField(parent, field)) found.add(requirement);
	});
	return [...found];
}

/** One sign for each requirement, which says whether the caller meets it; empty when all are met. */
export function grants(touched: readonly Requirement[], caller: Caller | undefined): string {
	let key = "";
	let isWhole = true;
	for (const requirement of touched) {
		const isMet = meets(requirement, caller);
		isWhole &&= isMet;
		key += isMet ? "+" : "-";
	}
	return isWhole ? "" : key;
}

/**
 * Takes out of a document what the caller may not have; undefined where that is nothing. A mutation is refused whole,
 * before anything is changed, and so is an operation of which nothing would be left.
 */
export function withhold(
	document: DocumentNode,
	schema: GraphQLSchema,
	requirements: Requirements,
	caller: Caller | undefined,
): Withheld | undefined {
	const fields = new Set<FieldNode>();
	const errors: ResponseError[] = [];
	eachField(document, schema, (node, parent, field) => {
		if (requirements.ofField(parent, field).every((requirement) => meets(requirement, caller))) return;
		fields.add(node);
		errors.push(unauthorised(`${parent}.${field}`));
	});
	if (fields.size === 0) return undefined;
	const remaining = dropUnused(keepNonEmpty(visit(document, { Field: (node) => (fields.has(node) ? null : undefined) })));
	const operation = operationOf(remaining);
	const root = schema.getRootType(operation.operation);
	const left = root ? collectFields(schema, root, operation.selectionSet.selections, fragmentsOf(remaining)) : [];
	if (operation.operation === "mutation" || left.length === 0) throw new RequestError(errors, caller ? 403 : 401);
	return { document: remaining, fields };
}

/** What a caller is told of a field that is not for them. */
export function unauthorised(coordinate: string): ResponseError {
	return { message: `${coordinate} is not for this caller.`, extensions: { code: "UNAUTHORIZED_FIELD_OR_TYPE", field: coordinate } };
}

function eachField(document: DocumentNode, schema: GraphQLSchema, call: (node: FieldNode, parent: string, field: string) => void): void {
	const types = new TypeInfo(schema);
	visit(
		document,
		visitWithTypeInfo(types, {
			Field(node) {
				const parent = types.getParentType();
				if (parent && !node.name.value.startsWith("__")) call(node, parent.name, node.name.value);
			},
		}),
	);
}

function operationOf(document: DocumentNode): OperationDefinitionNode {
	return document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION) as OperationDefinitionNode;
}
