import { createHash } from "node:crypto";
import { RequestError } from "../errors.ts";

/** The documents that clients may name instead of sending them. */
export interface TrustedDocuments {
	/** Id → document. An id is a SHA-256 in hexadecimal, or any name. */
	documents: Readonly<Record<string, string>>;
	/** Whether every other document is refused. False. */
	enforce: boolean;
}

/** How a request says which document it means. */
export interface DocumentParameters {
	query: string | undefined;
	/** GraphQL over HTTP, appendix "Persisted documents". */
	documentId: string | undefined;
	/** The extension `persistedQuery` of Apollo's clients. */
	sha256Hash: string | undefined;
}

/** Finds the text of the document that a request means. Throws a {@link RequestError} for one that is unknown, or not trusted. */
export function documentFinder({ documents, enforce }: TrustedDocuments): (parameters: DocumentParameters) => string {
	const byId = new Map(Object.entries(documents).map(([id, text]) => [withoutPrefix(id), text]));
	const texts = new Set(byId.values());
	return ({ query, documentId, sha256Hash }) => {
		const id = documentId ?? sha256Hash;
		if (id === undefined) {
			if (query === undefined) throw RequestError.of("BAD_REQUEST", "query: give the GraphQL document as a string.", { field: "query" });
			if (enforce && !texts.has(query)) throw notTrusted();
			return query;
		}
		const text = byId.get(withoutPrefix(id));
		if (text === undefined) {
			if (query === undefined || documentId !== undefined) throw unknownDocument(id);
			// An Apollo client that was told "unknown" sends the document beside its hash.
			if (enforce) throw notTrusted();
			if (createHash("sha256").update(query).digest("hex") !== id)
				throw RequestError.of("BAD_REQUEST", "extensions.persistedQuery.sha256Hash: is not that of the query.", { field: "extensions" });
			return query;
		}
		if (query !== undefined && query !== text)
			throw RequestError.of("BAD_REQUEST", `query: is not the document ${JSON.stringify(id)}; give one of the two.`, { field: "query" });
		return text;
	};
}

/** The appendix names hashes `sha256:<hexadecimal>`. */
function withoutPrefix(id: string): string {
	return id.startsWith("sha256:") ? id.slice("sha256:".length) : id;
}

function unknownDocument(id: string): RequestError {
	const shown = id.slice(0, 200);
	return RequestError.of("PERSISTED_QUERY_NOT_FOUND", `No trusted document has the id ${JSON.stringify(shown)}.`, { id: shown });
}

function notTrusted(): RequestError {
	return RequestError.of(
		"DOCUMENT_NOT_TRUSTED",
		"Only trusted documents are executed here: send the id of one as documentId, instead of a query.",
	);
}
