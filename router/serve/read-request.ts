import type { IncomingMessage } from "node:http";
import { RequestError } from "../errors.ts";
import type { DocumentParameters } from "../guard/trusted-documents.ts";

/** The parameters of a GraphQL request over HTTP, or of one operation of a WebSocket. */
export interface RequestParameters extends DocumentParameters {
	operationName: string | undefined;
	variables: Record<string, unknown> | undefined;
}

/** Reads a request as GraphQL over HTTP (2025-05 draft, §5) has it. Throws a {@link RequestError} that says what is wrong. */
export async function readRequest(request: IncomingMessage, bodyBytes: number): Promise<RequestParameters> {
	if (request.method === "GET") {
		const url = new URL(request.url ?? "/", "http://router");
		return checkParameters({
			query: url.searchParams.get("query") ?? undefined,
			documentId: url.searchParams.get("documentId") ?? undefined,
			operationName: url.searchParams.get("operationName") ?? undefined,
			variables: jsonParameter(url, "variables"),
			extensions: jsonParameter(url, "extensions"),
		});
	}
	if (request.method !== "POST") throw RequestError.of("BAD_REQUEST", "Send the request by POST, or a query by GET.", {}, 405);
	const type = request.headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
	if (type !== "application/json")
		throw RequestError.of(
			"BAD_REQUEST",
			`The content type is ${JSON.stringify(type ?? "missing")}: send application/json.`,
			{ field: "content-type" },
			415,
		);
	const body = await readBody(request, bodyBytes);
	let parameters: unknown;
	try {
		parameters = JSON.parse(body);
	} catch (error) {
		throw RequestError.of("BAD_REQUEST", `The body is not JSON: ${(error as Error).message}`, { field: "body" });
	}
	if (Array.isArray(parameters))
		throw RequestError.of("BAD_REQUEST", "Several requests in one body are not accepted: send each by itself.", { field: "body" });
	if (typeof parameters !== "object" || parameters === null)
		throw RequestError.of("BAD_REQUEST", "The body is not a JSON object.", { field: "body" });
	return checkParameters(parameters as Record<string, unknown>);
}

function jsonParameter(url: URL, name: string): unknown {
	const text = url.searchParams.get(name);
	if (text === null || text === "") return undefined;
	try {
		return JSON.parse(text);
	} catch {
		throw RequestError.of("BAD_REQUEST", `${name}: is not JSON.`, { field: name });
	}
}

/** Checks each parameter's type. Throws a {@link RequestError} that names the one that is wrong. */
export function checkParameters(parameters: Record<string, unknown>): RequestParameters {
	const { query, documentId, operationName, variables, extensions } = parameters;
	const sha256Hash = extensions == null ? undefined : readHash(extensions);
	if (documentId != null && typeof documentId !== "string") throw wrong("documentId", "must be a string");
	const isNamed = documentId != null || sha256Hash !== undefined;
	const text = typeof query === "string" && query.trim() !== "" ? query : undefined;
	if (text === undefined && !(isNamed && (query == null || query === ""))) throw wrong("query", "give the GraphQL document as a string");
	if (operationName != null && typeof operationName !== "string") throw wrong("operationName", "must be a string");
	if (variables != null && (typeof variables !== "object" || Array.isArray(variables))) throw wrong("variables", "must be an object");
	return {
		query: text,
		documentId: documentId ?? undefined,
		sha256Hash,
		operationName: operationName ?? undefined,
		variables: (variables as Record<string, unknown> | null) ?? undefined,
	};
}

/** The document's hash, from the extension `persistedQuery`. */
function readHash(extensions: unknown): string | undefined {
	if (typeof extensions !== "object" || extensions === null || Array.isArray(extensions)) throw wrong("extensions", "must be an object");
	const { persistedQuery } = extensions as { persistedQuery?: { version?: unknown; sha256Hash?: unknown } | null };
	if (persistedQuery == null) return undefined;
	if (persistedQuery.version !== 1 || typeof persistedQuery.sha256Hash !== "string")
		throw wrong("extensions.persistedQuery", "must be { version: 1, sha256Hash }");
	return persistedQuery.sha256Hash;
}

function wrong(field: string, message: string): RequestError {
	return RequestError.of("BAD_REQUEST", `${field}: ${message}.`, { field });
}

function readBody(request: IncomingMessage, largest: number): Promise<string> {
	return new Promise((resolve, reject) => {
		const chunks: Buffer[] = [];
		let bytes = 0;
		request.on("data", (chunk: Buffer) => {
			bytes += chunk.length;
			if (bytes <= largest) chunks.push(chunk);
			// What comes after is read and thrown away, so that the client can read the refusal.
			else if (chunks.length > 0) {
				chunks.length = 0;
				reject(
					RequestError.of("LIMIT_EXCEEDED", `The body is larger than ${largest} bytes.`, { limit: "bodyBytes", allowed: largest }, 413),
				);
			}
		});
		request.on("end", () => resolve(Buffer.concat(chunks).toString("utf8")));
		request.on("error", reject);
	});
}
