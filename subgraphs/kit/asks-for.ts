import type { GraphQLResolveInfo, SelectionSetNode } from "graphql";

/** Whether any of some fields is selected below the field that is resolved, at its first level, fragments included. */
export function asksFor({ fieldNodes, fragments }: GraphQLResolveInfo, fields: readonly string[]): boolean {
	const within = (selections: SelectionSetNode | undefined): boolean =>
		(selections?.selections ?? []).some((selection) => {
			if (selection.kind === "Field") return fields.includes(selection.name.value);
			return within(selection.kind === "InlineFragment" ? selection.selectionSet : fragments[selection.name.value]?.selectionSet);
		});
	return fieldNodes.some(({ selectionSet }) => within(selectionSet));
}
