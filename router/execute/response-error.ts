import type { Path, ResponseError } from "../errors.ts";
import type { SubgraphError } from "./execution.ts";

/** Details of a subgraph's error that clients may see: they are made to be shown. */
const SHOWN = ["field", "institute", "reason", "incident", "id"] as const;

/** A subgraph's error as the client sees it: message and code pass, whatever else it told does not. */
export function toResponseError({ message, extensions = {} }: SubgraphError, service: string, path: Path | undefined): ResponseError {
	const details = Object.fromEntries(SHOWN.flatMap((name) => (typeof extensions[name] === "string" ? [[name, extensions[name]]] : [])));
	return {
		message: String(message),
		...(path && path.length > 0 ? { path } : {}),
		extensions: { code: typeof extensions.code === "string" ? extensions.code : "SERVICE_UNAVAILABLE", service, ...details },
	};
}
