import { type FieldNode, getNamedType, Kind } from "graphql";
import { ownerOf } from "../../schema/global-id.ts";
import type { SubgraphError } from "../execute/execution.ts";
import type { Json } from "../execute/json.ts";
import { pickVariables } from "../execute/pick-variables.ts";
import { argumentValue, singleFieldOperation } from "./analyse.ts";
import { askMember } from "./ask-member.ts";
import { foreignRow, fromMember, unavailable, unknownInstitute } from "./member-errors.ts";
import { compileOwnership, KEY_ALIAS } from "./ownership.ts";
import type { CompileRoot } from "./root-runner.ts";

/** Compiles a root field with `@route`: asked of the one member that its argument names. */
export const compileRoute: CompileRoot = (root, { document, fragments, schema, horizontal, members, isMutation }) => {
	if (root.spread?.kind !== "route" || !root.field) throw new Error(`${root.name} is not routed`);
	const { argument } = root.spread;
	const node = withKey(root.node, horizontal.owned.get(getNamedType(root.field.type).name));
	const { text, variables: names } = singleFieldOperation(document, node);
	const query = JSON.stringify(text);
	const check = compileOwnership(schema, horizontal, root.field.type, node.selectionSet?.selections ?? [], fragments);
	return async (variables, execution) => {
		const id = argumentValue(root.node, [argument], variables);
		const owner = typeof id === "string" ? ownerOf(id) : undefined;
		const member = owner === undefined ? undefined : members.current().get(owner);
		if (!member) return { value: null, errors: [unknownInstitute(id, owner, [root.key], argument)] };
		const answer = await askMember(
			member,
			`{"query":${query},"variables":${JSON.stringify(pickVariables(names, variables))}}`,
			isMutation ? "mutation" : "read",
			execution,
		);
		if (!answer.ok) return { value: null, errors: [unavailable(member, answer.reason, [root.key])] };
		const errors: SubgraphError[] = answer.errors.map((error) => fromMember(member, error, error.path ?? [root.key]));
		const value = (answer.data[root.key] ?? null) as Json;
		return {
			value:
				check && value !== null
					? check(value, member.slug, [root.key], (foreign, path) => errors.push(foreignRow(member, foreign, path)))
					: value,
			errors,
		};
	};
};

/** Adds the key of an owned row to a selection, so that it can be checked whatever the client asked for. */
export function withKey(node: FieldNode, key: string | undefined): FieldNode {
	if (key === undefined || !node.selectionSet) return node;
	return {
		...node,
		selectionSet: {
			...node.selectionSet,
			selections: [...node.selectionSet.selections, keySelection(key)],
		},
	};
}

/** The key field under an alias of ours. */
export function keySelection(key: string): FieldNode {
	return { kind: Kind.FIELD, name: { kind: Kind.NAME, value: key }, alias: { kind: Kind.NAME, value: KEY_ALIAS } };
}
