import { compareCursors } from "../../schema/cursor.ts";
import type { SubgraphError } from "../execute/execution.ts";
import { isObject, type Json, type JsonObject } from "../execute/json.ts";
import { pickVariables } from "../execute/pick-variables.ts";
import { argumentValue, singleFieldOperation } from "./analyse.ts";
import type { IsUsable } from "./ask-member.ts";
import { PAGING, type PageArguments, pagingVariables, readPage } from "./connection-page.ts";
import { type ConnectionField, type ConnectionShape, memberField, PAGING_VARIABLES, readShape } from "./connection-shape.ts";
import { isPage, type Row, readSource, type Source } from "./connection-source.ts";
import { askAll, ownersToAsk } from "./gather.ts";
import { encodeCursor, listDigest } from "./list-cursor.ts";
import { foreignRow, fromMember, invalidRow } from "./member-errors.ts";
import { takeMerged } from "./merge-sorted.ts";
import type { CompileRoot } from "./root-runner.ts";

/**
 * Compiles a root field with `@gather(merge: CONNECTION)`: each member is asked for a page of the asked size from the
 * same place in the common order, and the pages are merged into one.
 */
export const compileConnection: CompileRoot = (root, compilation) => {
	const shape = readShape(root, compilation);
	const { text, variables: names } = singleFieldOperation(compilation.document, memberField(root.node, shape.keyField), PAGING_VARIABLES);
	const query = JSON.stringify(text);
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
		const own = { ...pickVariables(names, variables), ...pagingVariables(page) };
		const sources: Source[] = [];
		for (const { member, answer } of await askAll(asked, `{"query":${query},"variables":${JSON.stringify(own)}}`, execution, isUsable)) {
			if (!answer.ok) continue;
			sources.push(readSource(member, answer.data[root.key] as JsonObject, root, shape.keyField, page, errors));
			errors.push(...answer.errors.map((error) => fromMember(member, error, [root.key])));
		}
		return { value: new MergedPage(shape, root.key, page, sources, digest, execution.completeness.missing, errors).toJson(), errors };
	};
};

/** The page made of all members' pages. */
class MergedPage {
	/** The rows of this page. */
	private readonly considered: Row[];
	/** Those of them that can be shown. */
	private readonly rows: Row[];
	private readonly isCut: boolean;

	constructor(
		readonly shape: ConnectionShape,
		readonly rootKey: string,
		readonly page: PageArguments,
		readonly sources: readonly Source[],
		readonly digest: string,
		readonly missing: readonly string[],
		readonly errors: SubgraphError[],
	) {
		const lists = sources.map(({ rows }) => (page.backward ? [...rows].reverse() : rows));
		const direction = page.backward ? -1 : 1;
		const compare = (a: Row, b: Row) => direction * compareCursors(a.place, b.place);
		// A member that gave less than a page and has more ends the page with its last row: what it holds back comes next.
		const ends = lists.flatMap((list, index) => (list.length > 0 && this.hasMore(sources[index] as Source) ? [list.at(-1) as Row] : []));
		const end = ends.length > 0 ? ends.reduce((first, row) => (compare(row, first) < 0 ? row : first)) : undefined;
		const merged = takeMerged(lists, page.size, compare);
		this.considered = end ? merged.filter((row) => compare(row, end) <= 0) : merged;
		this.isCut = lists.reduce((sum, list) => sum + list.length, 0) > this.considered.length;
		if (page.backward) this.considered.reverse();
		this.rows = this.considered.filter((row) => this.canBeShown(row));
	}

	private hasMore({ hasNextPage, hasPreviousPage }: Source): boolean {
		return this.page.backward ? hasPreviousPage : hasNextPage;
	}

	/** Whether a row is its member's own, and all that the schema says. One that is not is left out whole: it must not cost the list. */
	private canBeShown(row: Row): boolean {
		const { member } = row.source;
		for (const { key, check, isWhole } of this.shape.fields) {
			if (!isWhole) continue;
			const item = this.item(row, key);
			const foreign: string[] = [];
			if (check && item !== null) check(item, member.slug, [], (id) => void foreign.push(id));
			if (foreign[0] !== undefined) this.errors.push(foreignRow(member, foreign[0], [this.rootKey]));
			else if (!isObject(item) || !isWhole(item)) this.errors.push(invalidRow(member, [this.rootKey]));
			else continue;
			return false;
		}
		return true;
	}

	toJson(): JsonObject {
		const connection: JsonObject = { __typename: this.shape.typeName };
		for (const field of this.shape.fields) connection[field.key] = this.field(field);
		return connection;
	}

	private field({ key, name, inner }: ConnectionField): Json {
		switch (name) {
			case "__typename":
				return this.shape.typeName;
			case "totalCount":
				return this.sources.reduce((sum, { connection }) => sum + (typeof connection[key] === "number" ? connection[key] : 0), 0);
			case "pageInfo":
				return Object.fromEntries(inner.map((field) => [field.key, this.pageInfo(field.name)]));
			case "nodes":
				return this.rows.map((row) => this.item(row, key));
			case "edges": {
				const cursorKeys = inner.filter((field) => field.name === "cursor").map((field) => field.key);
				return this.rows.map((row) => {
					const edge = this.item(row, key);
					if (isObject(edge))
						for (const cursorKey of cursorKeys) edge[cursorKey] = encodeCursor(this.digest, { place: row.place, missing: [] });
					return edge;
				});
			}
		}
	}

	/** The client's view of one row. */
	private item({ source, index }: Row, key: string): Json {
		const list = source.connection[key];
		return Array.isArray(list) ? ((list[index] ?? null) as Json) : null;
	}

	private pageInfo(name: string): Json {
		const { backward } = this.page;
		switch (name) {
			case "__typename":
				return "PageInfo";
			case "hasNextPage":
				return (!backward && this.isCut) || this.sources.some(({ hasNextPage }) => hasNextPage);
			case "hasPreviousPage":
				return (backward && this.isCut) || this.sources.some(({ hasPreviousPage }) => hasPreviousPage);
			case "startCursor":
				return this.cursor(this.considered[0]);
			case "endCursor":
				return this.cursor(this.considered.at(-1));
			default:
				return null;
		}
	}

	private cursor(row: Row | undefined): Json {
		return row ? encodeCursor(this.digest, { place: row.place, missing: this.missing }) : null;
	}
}
