import { getNamedType, isObjectType } from "graphql";
import type { SubgraphError } from "../execute/execution.ts";
import { isObject, type Json } from "../execute/json.ts";
import { pickVariables } from "../execute/pick-variables.ts";
import { compileObjectWriter } from "../execute/write.ts";
import { singleFieldOperation } from "./analyse.ts";
import type { IsUsable } from "./ask-member.ts";
import { askSame, ownersToAsk } from "./gather.ts";
import { foreignRow, fromMember, invalidRow } from "./member-errors.ts";
import { compileOwnership } from "./ownership.ts";
import type { CompileRoot } from "./root-runner.ts";
import { withKey } from "./route-field.ts";

/** Compiles a root field with `@gather(merge: LIST)`: the members' lists one after the other, by slug. */
export const compileList: CompileRoot = (root, { document, fragments, schema, horizontal, members, fanOut }) => {
	if (!root.field) throw new Error(`${root.name} is not gathered`);
	const node = withKey(root.node, horizontal.owned.get(getNamedType(root.field.type).name));
	const { text, variables: names } = singleFieldOperation(document, node);
	const query = JSON.stringify(text);
	const isUsable: IsUsable = ({ data }) => Array.isArray(data[root.key]);
	const selections = node.selectionSet?.selections ?? [];
	const check = compileOwnership(schema, horizontal, root.field.type, selections, fragments);
	const type = getNamedType(root.field.type);
	const write = isObjectType(type) ? compileObjectWriter(schema, type, selections, fragments) : undefined;
	/** Whether an item is all that the schema says. One that is not must not cost the list. */
	const isWhole = (item: Json): boolean => !write || (isObject(item) && write(item) !== undefined);
	return async (variables, execution) => {
		const { asked, errors } = ownersToAsk(root, variables, members);
		const body = `{"query":${query},"variables":${JSON.stringify(pickVariables(names, variables))}}`;
		const answers = await askSame(asked, fanOut, body, execution, isUsable);
		const gathered: Json[] = [];
		for (const { member, answer } of answers) {
			if (!answer.ok) continue;
			const list = answer.data[root.key] as Json[];
			const start = gathered.length;
			const foreign: SubgraphError[] = [];
			const checked = check ? (check(list, member.slug, [], (id) => foreign.push(foreignRow(member, id, [root.key]))) as Json[]) : list;
			errors.push(...foreign, ...answer.errors.map((error) => fromMember(member, error, shift(error.path, root.key, start))));
			for (const item of checked) {
				if (item === null) continue;
				if (isWhole(item)) gathered.push(item);
				else errors.push(invalidRow(member, [root.key]));
			}
		}
		return { value: gathered, errors };
	};
};

/** Compiles a root field with `@gather(merge: SUM)`. */
export const compileSum: CompileRoot = (root, { document, members, fanOut }) => {
	const { text, variables: names } = singleFieldOperation(document, root.node);
	const query = JSON.stringify(text);
	const isUsable: IsUsable = ({ data }) => typeof data[root.key] === "number";
	return async (variables, execution) => {
		const { asked, errors } = ownersToAsk(root, variables, members);
		const body = `{"query":${query},"variables":${JSON.stringify(pickVariables(names, variables))}}`;
		const answers = await askSame(asked, fanOut, body, execution, isUsable);
		let sum = 0;
		for (const { member, answer } of answers) {
			if (!answer.ok) continue;
			sum += answer.data[root.key] as number;
			errors.push(...answer.errors.map((error) => fromMember(member, error, error.path ?? [root.key])));
		}
		return { value: sum, errors };
	};
};

/** A position in a member's list, told as one in the gathered list. */
function shift(path: readonly (string | number)[] | undefined, key: string, start: number): (string | number)[] {
	const [, index, ...rest] = path ?? [];
	return typeof index === "number" ? [key, index + start, ...rest] : [key];
}
