import { type Logger, pino } from "pino";

export type Log = Logger;

/** Structured logs on the standard output, one JSON line each. `level` is one of pino's: `info`, `silent`… */
export function createLog(name: string, level: string): Log {
	return pino({
		name,
		level,
		base: { name },
		timestamp: pino.stdTimeFunctions.isoTime,
		redact: { paths: ["headers.authorization", "managementKey", "*.managementKey", "password", "*.password"], censor: "[hidden]" },
	});
}
