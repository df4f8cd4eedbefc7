import { type DocumentNode, Kind, type SelectionSetNode } from "graphql";
import { depthOf } from "../../subgraphs/kit/depth.ts";
import { RequestError } from "../errors.ts";

/** How large a request may be. */
export interface RequestLimits {
	/** Lexical tokens of the document. */
	tokens: number;
	/** Levels of fields. */
	depth: number;
	/** Fields at the root, which are each asked of every member when gathered. */
	rootFields: number;
	/** Bytes of the HTTP body. */
	bodyBytes: number;
}

export const DEFAULT_LIMITS: RequestLimits = { tokens: 4000, depth: 16, rootFields: 20, bodyBytes: 262_144 };

/** Throws `LIMIT_EXCEEDED`, with the figure and the limit, for a document that is too deep or too wide. It is valid by now: fragments make no circle. */
export function checkDocument(document: DocumentNode, limits: RequestLimits): void {
	const fragments = new Map(
		document.definitions.flatMap((definition) =>
			definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
		),
	);
	refuseOver("depth", depthOf(document), limits.depth);
	for (const definition of document.definitions) {
		if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
		refuseOver("rootFields", rootFields(definition.selectionSet), limits.rootFields);
	}

	function rootFields(set: SelectionSetNode | undefined): number {
		return (set?.selections ?? []).reduce(
			(sum, selection) =>
				sum +
				(selection.kind === Kind.FIELD
					? 1
					: rootFields(
							selection.kind === Kind.INLINE_FRAGMENT ? selection.selectionSet : fragments.get(selection.name.value)?.selectionSet,
						)),
			0,
		);
	}
}

function refuseOver(limit: keyof RequestLimits, figure: number, allowed: number): void {
	if (figure > allowed)
		throw RequestError.of("LIMIT_EXCEEDED", `The request's ${NAMES[limit]} is ${figure}; at most ${allowed} is accepted.`, {
			limit,
			figure,
			allowed,
		});
}

const NAMES: Record<keyof RequestLimits, string> = {
	tokens: "number of tokens",
	depth: "depth",
	rootFields: "number of root fields",
	bodyBytes: "size in bytes",
};
