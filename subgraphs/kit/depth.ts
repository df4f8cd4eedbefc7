import { type DocumentNode, GraphQLError, Kind, type SelectionSetNode, type ValidationRule } from "graphql";

/** Levels of fields of the deepest operation. Fragments that make a circle are counted once: validation refuses them anyway. */
export function depthOf(document: DocumentNode): number {
	const fragments = new Map(
		document.definitions.flatMap((definition) =>
			definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition.selectionSet] as const] : [],
		),
	);
	const known = new Map<SelectionSetNode, number>();
	return Math.max(
		0,
		...document.definitions.map((definition) => (definition.kind === Kind.OPERATION_DEFINITION ? depth(definition.selectionSet) : 0)),
	);

	function depth(set: SelectionSetNode | undefined): number {
		if (!set) return 0;
		const counted = known.get(set);
		if (counted !== undefined) return counted;
		known.set(set, 0);
		let deepest = 0;
		for (const selection of set.selections) {
			const below = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection.selectionSet;
			deepest = Math.max(deepest, depth(below) + (selection.kind === Kind.FIELD ? 1 : 0));
		}
		known.set(set, deepest);
		return deepest;
	}
}

/** Refuses documents deeper than `allowed`. */
export function depthLimit(allowed: number): ValidationRule {
	return (context) => ({
		Document(document) {
			const depth = depthOf(document);
			if (depth > allowed) context.reportError(new GraphQLError(`The request's depth is ${depth}; at most ${allowed} is accepted.`));
		},
	});
}
