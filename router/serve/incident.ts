import { randomUUID } from "node:crypto";
import type { Log } from "../../subgraphs/kit/log.ts";
import type { ResponseError } from "../errors.ts";

/** Writes what went wrong to the log, and makes what the client is told of it: a number, by which the operator finds it. */
export function tellIncident(error: unknown, log: Log, requestId?: string): ResponseError {
	const incident = randomUUID();
	log.error(
		{ incident, requestId, error: error instanceof Error ? { message: error.message, stack: error.stack } : String(error) },
		"a request failed",
	);
	return {
		message: `Something went wrong here; its number is ${incident}.`,
		extensions: { code: "INTERNAL_SERVER_ERROR", incident },
	};
}
