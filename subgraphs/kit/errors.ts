import { GraphQLError } from "graphql";

/**
 * What a subgraph answers when it cannot do what was asked. Messages are written for the caller: they name the
 * field and the mend, and never hold anything the caller did not give.
 */
export type SubgraphErrorCode =
	/** An argument is wrong: `extensions.field` names it. */
	| "BAD_USER_INPUT"
	/** No credentials, or unknown ones. */
	| "UNAUTHENTICATED"
	/** Known, and not allowed. */
	| "FORBIDDEN"
	/** Our fault: the cause is in the log under `extensions.incident`. */
	| "INTERNAL_SERVER_ERROR";

export class SubgraphError extends GraphQLError {
	constructor(code: SubgraphErrorCode, message: string, details: { field?: string } = {}) {
		super(message, { extensions: { code, ...details } });
	}
}

export function badInput(field: string, message: string): SubgraphError {
	return new SubgraphError("BAD_USER_INPUT", `${field}: ${message}`, { field });
}

/** A mistake of whoever runs the process: a wrong setting, a taken port. Printed without a stack, exit code 1. */
export class OperatorError extends Error {
	override name = "OperatorError";
}
