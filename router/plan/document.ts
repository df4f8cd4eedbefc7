import { type DocumentNode, GraphQLError, type GraphQLSchema, Kind, type OperationDefinitionNode, parse, validate } from "graphql";
import { fromGraphQLError, RequestError, type ResponseError } from "../errors.ts";
import { checkDocument, type RequestLimits } from "../guard/limits.ts";

/** A document that is valid for the schema, with its operations by name. */
export interface ValidDocument {
	document: DocumentNode;
	operations: OperationDefinitionNode[];
}

/** Parses and validates. Throws a {@link RequestError} with every mistake. */
export function readDocument(query: string, schema: GraphQLSchema, limits: RequestLimits): ValidDocument {
	const document = parseDocument(query, limits);
	const errors = validate(schema, document, undefined, { maxErrors: 20 });
	if (errors.length > 0) throw new RequestError(errors.map(refusalOf));
	checkDocument(document, limits);
	return {
		document,
		operations: document.definitions.filter(
			(definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
		),
	};
}

function refusalOf(error: GraphQLError): ResponseError {
	const refused = fromGraphQLError(error, "GRAPHQL_VALIDATION_FAILED");
	const [, name] = /^Unknown directive "@(defer|stream)"/.exec(error.message) ?? [];
	// Not taken for a directive without effect: who asks for parts would wait for the whole.
	return name === undefined
		? refused
		: {
				...refused,
				message: `@${name} is not supported: this router gives each answer whole. Leave @${name} out, or ask in several requests.`,
			};
}

function parseDocument(query: string, { tokens }: RequestLimits): DocumentNode {
	try {
		return parse(query, { maxTokens: tokens });
	} catch (error) {
		if (!(error instanceof GraphQLError)) throw error;
		if (/contains more tha[nt] \d+ tokens/.test(error.message)) {
			throw RequestError.of("LIMIT_EXCEEDED", `The document has more than ${tokens} tokens.`, { limit: "tokens", allowed: tokens });
		}
		throw new RequestError([fromGraphQLError(error, "GRAPHQL_PARSE_FAILED")]);
	}
}

/** The operation to run. Throws a {@link RequestError} when the name does not tell. */
export function selectOperation({ operations }: ValidDocument, name: string | undefined): OperationDefinitionNode {
	const selected =
		name === undefined
			? operations.length === 1
				? operations[0]
				: undefined
			: operations.find((operation) => operation.name?.value === name);
	if (selected) return selected;
	const names = operations.map((operation) => operation.name?.value).filter((one) => one !== undefined);
	throw RequestError.of(
		"OPERATION_RESOLUTION_FAILURE",
		name === undefined
			? `The document holds several operations: say which in operationName (${names.join(", ")}).`
			: `The document has no operation named ${JSON.stringify(name)}.`,
	);
}
