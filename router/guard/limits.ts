import { type DocumentNode, Kind, type OperationDefinitionNode, type SelectionSetNode } from "graphql";
import { depthOf } from "../../subgraphs/kit/depth.ts";
import { RequestError } from "../errors.ts";

/** How large a request may be. A limit that is left out does not hold. */
export interface RequestLimits {
	/** Lexical tokens of the document. 4,000. */
	tokens: number;
	/** Levels of fields. 16. */
	depth: number;
	/** Fields at the root, which are each asked of every member when gathered. 20. */
	rootFields: number;
	/** Bytes of the HTTP body, or of a WebSocket message. 262,144. */
	bodyBytes: number;
	/** Fields in all, a fragment counted wherever it is spread: a short document can stand for a very long one. 5,000. */
	fields?: number;
	/** Aliases in all, counted the same way. 100. */
	aliases?: number;
	/** Directives in all, counted the same way. 100. */
	directives?: number;
	/** The estimated cost: see `cost/compile-cost.ts`. 500,000. */
	cost?: number;
}

export const DEFAULT_LIMITS: Required<RequestLimits> = {
	tokens: 4000,
	depth: 16,
	rootFields: 20,
	bodyBytes: 262_144,
	fields: 5000,
	aliases: 100,
	directives: 100,
	cost: 500_000,
};

/** Throws `LIMIT_EXCEEDED`, with the figure and the limit, for a document that is too deep or too wide. It is valid by now: fragments make no circle. */
export function checkDocument(document: DocumentNode, limits: RequestLimits): void {
	refuseOver("depth", depthOf(document), limits.depth);
	const measure = measurer(document);
	for (const definition of document.definitions) {
		if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
		const { rootFields, fields, aliases, directives } = measure(definition);
		refuseOver("rootFields", rootFields, limits.rootFields);
		refuseOver("fields", fields, limits.fields);
		refuseOver("aliases", aliases, limits.aliases);
		refuseOver("directives", directives, limits.directives);
	}
}

/** Throws `LIMIT_EXCEEDED`, with the figure and the limit, when the one is over the other. */
export function refuseOver(limit: keyof RequestLimits, figure: number, allowed: number | undefined): void {
	if (allowed !== undefined && figure > allowed)
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
	fields: "number of fields",
	aliases: "number of aliases",
	directives: "number of directives",
	cost: "estimated cost",
};

interface Size {
	/** Fields of the set itself, fragments included. */
	rootFields: number;
	fields: number;
	aliases: number;
	directives: number;
}

/** Counts with each fragment as often as it is spread, and looks at each only once: counting must cost less than what it prevents. */
function measurer(document: DocumentNode): (operation: OperationDefinitionNode) => Size {
	const fragments = new Map(
		document.definitions.flatMap((definition) =>
			definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
		),
	);
	const known = new Map<SelectionSetNode, Size>();

	function measure(set: SelectionSetNode | undefined): Size {
		const counted = set && known.get(set);
		if (counted) return counted;
		const size = { rootFields: 0, fields: 0, aliases: 0, directives: 0 };
		for (const selection of set?.selections ?? []) {
			const isField = selection.kind === Kind.FIELD;
			const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : undefined;
			const below = measure(selection.kind === Kind.FRAGMENT_SPREAD ? fragment?.selectionSet : selection.selectionSet);
			size.rootFields += isField ? 1 : below.rootFields;
			size.fields += below.fields + (isField ? 1 : 0);
			size.aliases += below.aliases + (isField && selection.alias ? 1 : 0);
			size.directives += below.directives + (selection.directives?.length ?? 0) + (fragment?.directives?.length ?? 0);
		}
		if (set) known.set(set, size);
		return size;
	}

	return (operation) => {
		const size = measure(operation.selectionSet);
		const ofVariables = (operation.variableDefinitions ?? []).reduce((sum, { directives }) => sum + (directives?.length ?? 0), 0);
		return { ...size, directives: size.directives + ofVariables + (operation.directives?.length ?? 0) };
	};
}
