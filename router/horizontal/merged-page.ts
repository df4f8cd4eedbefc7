import type { SubgraphError } from "../execute/execution.ts";
import { isObject, type Json, type JsonObject } from "../execute/json.ts";
import type { PageArguments } from "./connection-page.ts";
import type { ConnectionField, ConnectionShape } from "./connection-shape.ts";
import { comparePlaces, hasMore, type Row, rowsInTurn, type Source } from "./connection-source.ts";
import { encodeCursor } from "./list-cursor.ts";
import { foreignRow, invalidRow } from "./member-errors.ts";
import { takeMerged } from "./merge-sorted.ts";

/** The page made of all members' pages. */
export class MergedPage {
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
		const lists = sources.map((source) => rowsInTurn(source, page));
		const compare = comparePlaces(page);
		// A member that gave less than a page and has more ends the page with its last row: what it holds back comes next.
		const ends = lists.flatMap((list, index) => (list.length > 0 && hasMore(sources[index] as Source, page) ? [list.at(-1) as Row] : []));
		const end = ends.length > 0 ? ends.reduce((first, row) => (compare(row, first) < 0 ? row : first)) : undefined;
		const merged = takeMerged(lists, page.size, compare);
		this.considered = end ? merged.filter((row) => compare(row, end) <= 0) : merged;
		this.isCut = lists.reduce((sum, list) => sum + list.length, 0) > this.considered.length;
		if (page.backward) this.considered.reverse();
		this.rows = this.considered.filter((row) => this.canBeShown(row));
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
