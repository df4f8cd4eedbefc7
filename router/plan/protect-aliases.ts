import { type DocumentNode, Kind, visit } from "graphql";

/**
 * Keeps the client's aliases out of the way of names that planning and execution use in the same objects: a key field's
 * name, and whatever begins with an underscore. `{ id: issuer { … } }` would otherwise hide the id by which the next
 * fetch asks; the planner itself ends the process on some of these.
 *
 * Such an alias is planned and executed under another name, and answered under its own: see {@link labelOf}.
 */

const PREFIX = "hub__";

/** Renames the aliases that are in the way. A field under its own name never is. */
export function protectAliases(document: DocumentNode, keyNames: ReadonlySet<string>): DocumentNode {
	return visit(document, {
		Field(node) {
			const alias = node.alias?.value;
			if (alias === undefined || alias === node.name.value) return undefined;
			// Names of ours are renamed too, so that each comes back to what it was.
			if (!keyNames.has(alias) && !alias.startsWith("_") && !alias.startsWith(PREFIX)) return undefined;
			return { ...node, alias: { kind: Kind.NAME, value: PREFIX + alias } };
		},
	});
}

/** The name under which a response key is answered. */
export function labelOf(key: string): string {
	return key.startsWith(PREFIX) ? key.slice(PREFIX.length) : key;
}

/** The path of an error as its client knows it. */
export function labelPath(path: readonly (string | number)[]): (string | number)[] {
	return path.map((segment) => (typeof segment === "string" ? labelOf(segment) : segment));
}
