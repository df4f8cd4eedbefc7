import type { FieldNode } from "graphql";
import type { Execution } from "../execute/execution.ts";
import type { JsonObject } from "../execute/json.ts";
import { pickVariables } from "../execute/pick-variables.ts";
import { argumentValue, singleFieldOperation } from "./analyse.ts";
import { askMember, type IsUsable } from "./ask-member.ts";
import { PAGING, type PageArguments, pagingVariables, readPage } from "./connection-page.ts";
import { memberField, PAGING_VARIABLES, readShape, withoutCounts } from "./connection-shape.ts";
import { extend, isPage, readSource, type Source, tooShort } from "./connection-source.ts";
import { askAll, ownersToAsk, withinPatience } from "./gather.ts";
import { listDigest } from "./list-cursor.ts";
import type { Member } from "./member.ts";
import { fromMember } from "./member-errors.ts";
import { MergedPage } from "./merged-page.ts";
import type { CompileRoot } from "./root-runner.ts";

/** Rows asked of each member beyond twice its even share of the page. */
const SPARE_ROWS = 2;

/**
 * Compiles a root field with `@gather(merge: CONNECTION)`: each member is asked for its share of the page from the same place
 * in the common order, and the shares are merged into one page. A member whose rows come so early that its share is used
 * up is asked once more, for as much as the page may need: nothing is left out, and a page of twenty rows over two hundred
 * members does not read four thousand.
 */
export const compileConnection: CompileRoot = (root, compilation) => {
	const shape = readShape(root, compilation);
	const asked = memberField(root.node, shape.keyField);
	const query = operation(asked);
	const more = operation(withoutCounts(asked));
	const listArguments = (root.node.arguments ?? [])
		.map(({ name }) => name.value)
		.filter((name) => !PAGING.some((paging) => paging === name))
		.sort();

	const isUsable: IsUsable = ({ data }) => isPage(data[root.key]);

	return async (variables, execution) => {
		const digest = listDigest(
			root.name,
			Object.fromEntries(listArguments.map((name) => [name, argumentValue(root.node, [name], variables)])),
		);
		const page = readPage(root, variables, digest);
		if ("error" in page) return { value: null, errors: [page.error] };
		const { asked, errors } = ownersToAsk(root, variables, compilation.members);
		const bodyOf = (part: PageArguments, { text, names }: typeof query): string =>
			`{"query":${text},"variables":${JSON.stringify({ ...pickVariables(names, variables), ...pagingVariables(part) })}}`;
		const ask = async (member: Member, part: PageArguments, body: string, by: Execution): Promise<Source | undefined> => {
			const answer = await askMember(member, body, "read", by, isUsable);
			if (!answer.ok) return undefined;
			for (const error of answer.errors) errors.push(fromMember(member, error, [root.key]));
			return readSource(member, answer.data[root.key] as JsonObject, root, shape.keyField, part, errors);
		};
		const share = { ...page, size: Math.min(page.size, SPARE_ROWS + Math.ceil((2 * page.size) / asked.length)) };
		const body = bodyOf(share, query);
		const inTime = withinPatience(execution, asked);
		const given = await askAll(asked, compilation.fanOut, execution, (member) => ask(member, share, body, inTime));
		const sources = given.filter((source) => source !== undefined);
		if (share.size < page.size) {
			const extending = tooShort(sources, page).map(async ({ index, rest }) => {
				const source = sources[index] as Source;
				const next = await ask(source.member, rest, bodyOf(rest, more), execution);
				// Where it fails the page ends with the last row that is known: a shorter page, and a right one.
				if (next) sources[index] = extend(source, next, page);
			});
			await Promise.all(extending);
		}
		return { value: new MergedPage(shape, root.key, page, sources, digest, execution.completeness.missing, errors).toJson(), errors };
	};

	function operation(node: FieldNode): { text: string; names: readonly string[] } {
		const { text, variables } = singleFieldOperation(compilation.document, node, PAGING_VARIABLES);
		return { text: JSON.stringify(text), names: variables };
	}
};
