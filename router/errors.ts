import type { GraphQLError } from "graphql";
import type { TokenRefusalCode } from "./identity/token-refusal.ts";

/**
 * What the router answers when it cannot do what was asked. Messages hold nothing but what the client sent and the
 * names of institutes; the cause of an internal error stays in the log, under its incident number.
 */
export type RouterErrorCode =
	/** The request is not GraphQL over HTTP as the specification has it. */
	| "BAD_REQUEST"
	| "GRAPHQL_PARSE_FAILED"
	| "GRAPHQL_VALIDATION_FAILED"
	/** A variable or an argument is wrong: `extensions.field` names it. */
	| "BAD_USER_INPUT"
	/** No operation of that name, or several and no name. */
	| "OPERATION_RESOLUTION_FAILURE"
	/** A mutation without a token. */
	| "UNAUTHENTICATED"
	/** The caller may not have that field, or that type: `extensions.field`. */
	| "UNAUTHORIZED_FIELD_OR_TYPE"
	/** The caller's token is refused. */
	| TokenRefusalCode
	/** The request is larger than the router accepts. */
	| "LIMIT_EXCEEDED"
	/** This client asks too often: `extensions.retryAfter`, in seconds. */
	| "RATE_LIMITED"
	/** No trusted document has that id: `extensions.id`. The name is the one that Apollo's clients know. */
	| "PERSISTED_QUERY_NOT_FOUND"
	/** The router executes trusted documents only. */
	| "DOCUMENT_NOT_TRUSTED"
	/** The router does not tell its schema. */
	| "INTROSPECTION_DISABLED"
	/** No member of the network has that slug: `extensions.institute`. */
	| "UNKNOWN_INSTITUTE"
	/** A member did not give its rows: `extensions.institute` and `extensions.reason`. */
	| "MEMBER_UNAVAILABLE"
	/** A member gave a row that is not its own; the row was dropped. */
	| "FOREIGN_ROW"
	/** A member gave its rows in another order than its contract says. */
	| "OUT_OF_ORDER"
	/** Members are missing, and the request asked for all of them. */
	| "INCOMPLETE"
	/** One of the hub's own subgraphs did not answer: `extensions.service`. */
	| "SERVICE_UNAVAILABLE"
	/** A subgraph answered with something that its schema does not allow. */
	| "INVALID_SUBGRAPH_ANSWER"
	| "INTERNAL_SERVER_ERROR";

export type Path = readonly (string | number)[];

/** An error as it goes into the answer. */
export interface ResponseError {
	message: string;
	path?: Path;
	locations?: readonly { line: number; column: number }[];
	extensions: { code: string; [key: string]: unknown };
}

/** Stops a request before it is executed. */
export class RequestError extends Error {
	constructor(
		readonly errors: readonly ResponseError[],
		/** Status for clients that take `application/graphql-response+json`; others get 200 unless the request itself is malformed. */
		readonly status: number = 400,
	) {
		super(errors[0]?.message);
	}

	static of(code: RouterErrorCode, message: string, details: Record<string, unknown> = {}, status = 400): RequestError {
		return new RequestError([{ message, extensions: { code, ...details } }], status);
	}
}

export function fromGraphQLError(error: GraphQLError, code: RouterErrorCode): ResponseError {
	return {
		message: error.message,
		...(error.locations ? { locations: error.locations } : {}),
		...(error.path ? { path: error.path } : {}),
		extensions: { code },
	};
}
