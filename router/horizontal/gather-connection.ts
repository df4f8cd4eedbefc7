import { type ArgumentNode, type FieldNode, getNullableType, isObjectType, Kind, type SelectionNode } from "graphql";
import { compareCursors } from "../../schema/cursor.ts";
import { ownerOf } from "../../schema/global-id.ts";
import { type CollectedField, collectFields, subSelections } from "../execute/collect-fields.ts";
import type { Execution, SubgraphError } from "../execute/execution.ts";
import { isObject, type Json, type JsonObject } from "../execute/json.ts";
import { pickVariables } from "../execute/pick-variables.ts";
import { argumentValue, type RootField, singleFieldOperation } from "./analyse.ts";
import { askAll, ownersToAsk } from "./gather.ts";
import { decodeCursor, encodeCursor, listDigest } from "./list-cursor.ts";
import type { Member } from "./member.ts";
import { foreignRow, fromMember, outOfOrder } from "./member-errors.ts";
import { takeMerged } from "./merge-sorted.ts";
import { compileOwnership } from "./ownership.ts";
import type { CompileRoot, RootCompilation } from "./root-runner.ts";

const PAGING = ["first", "after", "last", "before"] as const;
const DEFAULT_SIZE = 20;
const LARGEST_PAGE = 100;

/** What is asked of each member beside the client's selection: the place and the key of each row, and whether there are more. */
const EXTRA = "__rows";
const EXTRA_PAGE = "__page";

/** One row of one member: where it is in that member's answer, and in the order of the list. */
interface Row {
	place: string;
	index: number;
	source: Source;
}

interface Source {
	member: Member;
	connection: JsonObject;
	rows: Row[];
}

interface PageArguments {
	size: number;
	backward: boolean;
	after: string | undefined;
	before: string | undefined;
}

/**
 * Compiles a root field with `@gather(merge: CONNECTION)`: each member is asked for a page of the asked size from the
 * same place in the common order, and the pages are merged into one.
 */
export const compileConnection: CompileRoot = (root, compilation) => {
	const shape = readShape(root, compilation);
	const node = memberField(root.node, shape.keyField);
	const { text, variables: names } = singleFieldOperation(compilation.document, node, [
		{ name: "__first", type: "Int" },
		{ name: "__after", type: "String" },
		{ name: "__last", type: "Int" },
		{ name: "__before", type: "String" },
	]);
	const query = JSON.stringify(text);
	const argumentNames = (root.node.arguments ?? [])
		.map(({ name }) => name.value)
		.filter((name) => !PAGING.some((paging) => paging === name));

	return async (variables, execution) => {
		const args = Object.fromEntries(argumentNames.sort().map((name) => [name, argumentValue(root.node, [name], variables)]));
		const digest = listDigest(root.name, args);
		const page = readPage(root, variables, digest);
		if ("error" in page) return { value: null, errors: [page.error] };
		const { asked, errors } = ownersToAsk(root, variables, compilation.members);
		const paging = {
			__first: page.backward ? null : page.size,
			__after: page.after ?? null,
			__last: page.backward ? page.size : null,
			__before: page.before ?? null,
		};
		const answers = await askAll(
			asked,
			`{"query":${query},"variables":${JSON.stringify({ ...pickVariables(names, variables), ...paging })}}`,
			execution,
		);
		const sources: Source[] = [];
		for (const { member, answer } of answers) {
			if (!answer.ok) continue;
			const source = readSource(member, answer.data[root.key], root, errors);
			if (source) sources.push(source);
			else execution.completeness.fail(member.slug, "INVALID_ANSWER");
			errors.push(...answer.errors.map((error) => fromMember(member, error, [root.key])));
		}
		return { value: mergeSources(sources, page, digest, execution, errors), errors };
	};

	function mergeSources(
		sources: readonly Source[],
		page: PageArguments,
		digest: string,
		execution: Execution,
		errors: SubgraphError[],
	): Json {
		const lists = sources.map(({ rows }) => (page.backward ? [...rows].reverse() : rows));
		const order = page.backward
			? (a: Row, b: Row) => compareCursors(b.place, a.place)
			: (a: Row, b: Row) => compareCursors(a.place, b.place);
		const rows = takeMerged(lists, page.size, order);
		if (page.backward) rows.reverse();
		const left = lists.reduce((sum, list) => sum + list.length, 0) > rows.length;
		const anyMore = (key: string) => sources.some(({ connection }) => (connection[EXTRA_PAGE] as JsonObject | undefined)?.[key] === true);
		const hasNextPage = page.backward ? anyMore("hasNextPage") : left || anyMore("hasNextPage");
		const hasPreviousPage = page.backward ? left || anyMore("hasPreviousPage") : anyMore("hasPreviousPage");
		const missing = execution.completeness.missing;
		const cursorOf = (row: Row | undefined, withMissing: boolean) =>
			row ? encodeCursor(digest, { place: row.place, missing: withMissing ? missing : [] }) : null;

		const connection: JsonObject = { __typename: shape.typeName };
		for (const { key, name, nodes } of shape.fields) {
			if (name === "edges")
				connection[key] = rows.map((row, index) =>
					owned(row, [key, index], (item) => withCursors(item, cursorKeys(nodes), cursorOf(row, false))),
				);
			else if (name === "nodes") connection[key] = rows.map((row, index) => owned(row, [key, index], (item) => item));
			else if (name === "totalCount")
				connection[key] = sources.reduce(
					(sum, source) => sum + (typeof source.connection[key] === "number" ? (source.connection[key] as number) : 0),
					0,
				);
			else if (name === "pageInfo") {
				const values: Record<string, Json> = {
					__typename: "PageInfo",
					hasNextPage,
					hasPreviousPage,
					startCursor: cursorOf(rows[0], true),
					endCursor: cursorOf(rows.at(-1), true),
				};
				connection[key] = Object.fromEntries(
					subSelections(nodes).flatMap((selection) =>
						selection.kind === Kind.FIELD ? [[selection.alias?.value ?? selection.name.value, values[selection.name.value] ?? null]] : [],
					),
				) as JsonObject;
			}
		}
		return connection;

		function owned(row: Row, [key, index]: [string, number], finish: (item: Json) => Json): Json {
			const { source } = row;
			const list = source.connection[key];
			const item = Array.isArray(list) ? ((list[row.index] ?? null) as Json) : null;
			const check = shape.checks.get(key);
			const checked =
				check && item !== null
					? check(item, source.member.slug, [root.key, key, index], (id, path) => errors.push(foreignRow(source.member, id, path)))
					: item;
			return finish(checked);
		}
	}

	interface Shape {
		typeName: string;
		fields: CollectedField[];
		checks: Map<string, ReturnType<typeof compileOwnership>>;
		keyField: string | undefined;
	}

	function readShape({ field, node: rootNode, name }: RootField, { schema, horizontal, fragments }: RootCompilation): Shape {
		const type = field && getNullableType(field.type);
		if (!type || !isObjectType(type)) throw new Error(`${name} is gathered as a connection and does not return an object`);
		const fields = collectFields(schema, type, rootNode.selectionSet?.selections ?? [], fragments);
		const unknown = fields.find((one) => !["edges", "nodes", "pageInfo", "totalCount", "__typename"].includes(one.name));
		if (unknown)
			throw new Error(`${type.name}.${unknown.name} cannot be gathered: a connection holds edges, nodes, pageInfo and totalCount`);
		const checks = new Map(
			fields.flatMap((one) => {
				const inner = type.getFields()[one.name];
				return inner && (one.name === "edges" || one.name === "nodes")
					? [[one.key, compileOwnership(schema, horizontal, inner.type, subSelections(one.nodes), fragments)] as const]
					: [];
			}),
		);
		const edge = type.getFields().edges?.type;
		const nodeType = edge && nodeTypeOf(edge);
		return { typeName: type.name, fields, checks, keyField: nodeType === undefined ? undefined : horizontal.owned.get(nodeType) };
	}
};

function nodeTypeOf(edges: unknown): string | undefined {
	let type = edges as { ofType?: unknown };
	while (type.ofType) type = type.ofType as { ofType?: unknown };
	const node = (type as { getFields?: () => Record<string, { type: unknown }> }).getFields?.().node?.type;
	let named = node as { ofType?: unknown; name?: string } | undefined;
	while (named?.ofType) named = named.ofType as { ofType?: unknown; name?: string };
	return named?.name;
}

/** Keys under which a client asked for the cursors of edges. */
function cursorKeys(nodes: readonly FieldNode[]): string[] {
	return subSelections(nodes).flatMap((selection) =>
		selection.kind === Kind.FIELD && selection.name.value === "cursor" ? [selection.alias?.value ?? "cursor"] : [],
	);
}

function withCursors(edge: Json, keys: readonly string[], cursor: string | null): Json {
	if (isObject(edge)) for (const key of keys) edge[key] = cursor;
	return edge;
}

/** The field as members are asked: paging by our variables, and what the merge needs beside the client's selection. */
function memberField(node: FieldNode, keyField: string | undefined): FieldNode {
	const paging = PAGING.map(
		(name): ArgumentNode => ({
			kind: Kind.ARGUMENT,
			name: { kind: Kind.NAME, value: name },
			value: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: `__${name}` } },
		}),
	);
	const others = (node.arguments ?? []).filter(({ name }) => !PAGING.some((one) => one === name.value));
	const select = (name: string, alias: string | undefined, inner?: readonly SelectionNode[]): SelectionNode => ({
		kind: Kind.FIELD,
		name: { kind: Kind.NAME, value: name },
		...(alias === undefined ? {} : { alias: { kind: Kind.NAME, value: alias } }),
		...(inner ? { selectionSet: { kind: Kind.SELECTION_SET, selections: inner } } : {}),
	});
	const rows = select("edges", EXTRA, [
		select("cursor", undefined),
		...(keyField === undefined ? [] : [select("node", undefined, [select(keyField, "key")])]),
	]);
	const page = select("pageInfo", EXTRA_PAGE, [select("hasNextPage", undefined), select("hasPreviousPage", undefined)]);
	return {
		...node,
		arguments: [...others, ...paging],
		selectionSet: { kind: Kind.SELECTION_SET, selections: [...(node.selectionSet?.selections ?? []), rows, page] },
	};
}

/** Checks the four paging arguments, and opens the cursors. */
function readPage(root: RootField, variables: Record<string, unknown>, digest: string): PageArguments | { error: SubgraphError } {
	const given = Object.fromEntries(PAGING.map((name) => [name, argumentValue(root.node, [name], variables) ?? undefined]));
	const wrong = (field: string, message: string): { error: SubgraphError } => ({
		error: { message: `${field}: ${message}`, path: [root.key], extensions: { code: "BAD_USER_INPUT", field } },
	});
	const { first, last } = given as { first?: number; last?: number };
	if (first !== undefined && last !== undefined) return wrong("last", "give either `first` or `last`, not both");
	for (const [field, size] of [
		["first", first],
		["last", last],
	] as const) {
		if (size !== undefined && (Number(size) < 0 || Number(size) > LARGEST_PAGE))
			return wrong(field, `must be between 0 and ${LARGEST_PAGE}, and is ${size}`);
	}
	const places: { after?: string; before?: string } = {};
	for (const field of ["after", "before"] as const) {
		if (given[field] === undefined) continue;
		const cursor = decodeCursor(digest, String(given[field]));
		if (!cursor) return wrong(field, "is not a cursor of this list, with this filter and order: leave it out to start again");
		places[field] = cursor.place;
	}
	return {
		size: Number(first ?? last ?? DEFAULT_SIZE),
		backward: first === undefined && last !== undefined,
		after: places.after,
		before: places.before,
	};
}

/** Reads one member's page: its rows with their places, in order, without those that are not its own. */
function readSource(member: Member, value: Json | undefined, root: RootField, errors: SubgraphError[]): Source | undefined {
	if (!isObject(value) || !Array.isArray(value[EXTRA])) return undefined;
	const source: Source = { member, connection: value, rows: [] };
	for (const [index, edge] of (value[EXTRA] as Json[]).entries()) {
		const place = isObject(edge) ? edge.cursor : undefined;
		const key = isObject(edge) && isObject(edge.node) ? edge.node.key : undefined;
		if (typeof place !== "string") return undefined;
		if (key !== undefined && (typeof key !== "string" || ownerOf(key) !== member.slug))
			errors.push(foreignRow(member, String(key), [root.key]));
		else source.rows.push({ place, index, source });
	}
	if (source.rows.some((row, index) => index > 0 && compareCursors((source.rows[index - 1] as Row).place, row.place) >= 0)) {
		errors.push(outOfOrder(member, [root.key]));
		source.rows.sort((a, b) => compareCursors(a.place, b.place));
	}
	return source;
}
