import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** What may stand in a log as it came. */
const WELL_FORMED = /^[\w.:/+=-]{1,128}$/;

/** The request's own `x-request-id` where it has a sound one, else a new one. */
export function requestId({ headers }: IncomingMessage): string {
	const given = headers["x-request-id"];
	return typeof given === "string" && WELL_FORMED.test(given) ? given : randomUUID();
}
