import { readFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import path from "node:path";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { type DocumentNode, execute, parse } from "graphql";
import { useServer } from "graphql-ws/use/ws";
import { WebSocketServer } from "ws";
import { compareCursors, latestFirstCursor, nameCursor } from "../../schema/cursor.ts";

/**
 * A member written from the contract alone, as an institute with software of its own would: rows in memory, real
 * HTTP and WebSocket. It counts what it is asked, and can be told to misbehave.
 */

export interface Row {
	id: string;
	name: string;
	createdAt: string;
	/** Like `createdAt` when absent. */
	updatedAt?: string;
	tags: string[];
	issuer: { id: string; name: string };
}

export type Behaviour = (
	| { kind: "normal" }
	/** Accepts, and never answers. */
	| { kind: "silent" }
	/** Answers with something that is not GraphQL. */
	| { kind: "garbage"; body: string; status?: number }
	/** Answers, after some milliseconds. */
	| { kind: "slow"; milliseconds: number }
	/** Cuts the connection in the middle of an answer. */
	| { kind: "half" }
	/** Answers with so many bytes. */
	| { kind: "huge"; bytes: number }
	/** Gives its lists in the opposite order. */
	| { kind: "reversed" }
	/** Begins every page with its first row, whatever `after` says. */
	| { kind: "repeating" }
	/** Gives at most so many rows on a page, whatever is asked for, and says when there are more. */
	| { kind: "capped"; rows: number }
	/** Gives all its rows on every page, whatever is asked for. */
	| { kind: "greedy" }
	/** Gives every row of a page twice. */
	| { kind: "doubling" }
	/** Puts one text for another in its answers. */
	| { kind: "rewriting"; text: string; by: string }
	/** Leaves the last entity out of each list of them. */
	| { kind: "short" }
	/** Gives entities in the opposite order, as a database may that was asked for several at once. */
	| { kind: "disordered" }
) & {
	/** Requests after which it is normal again, or behaves as `next` says. */
	times?: number;
	next?: Behaviour;
};

export interface MemberServer {
	slug: string;
	url: string;
	rows: Row[];
	/** Bodies of the requests received. */
	requests: { query: string; variables: Record<string, unknown> }[];
	/** Headers of the requests received. */
	headers: IncomingHttpHeaders[];
	/** How many rows each page of badge classes that it gave had. */
	pages: number[];
	behave(behaviour: Behaviour): void;
	/** Replaces rows in answers, as a liar would; `inHistory: false` leaves them as they are in what harvesters read. */
	tamper(change: ((row: Row) => Row) | undefined, options?: { inHistory?: boolean }): void;
	/** Sends an event to subscribers. */
	announce(id: string): void;
	/** How many subscriptions are open. */
	subscribers(): number;
	stop(): Promise<void>;
	start(): Promise<void>;
}

const CONTRACT = readFileSync(path.resolve(import.meta.dirname, "../../schema/member.graphql"), "utf8");

export function rowsOf(slug: string, names: readonly string[]): Row[] {
	return names.map((name, index) => ({
		id: `${slug}:${name.toLowerCase().replace(/[^a-z0-9]+/g, "-")}-${index}`,
		name,
		createdAt: new Date(Date.UTC(2026, 0, 1 + index)).toISOString(),
		tags: [],
		issuer: { id: `${slug}:issuer`, name: `Issuer of ${slug}` },
	}));
}

/** What the contract says of a row, but for its issuer and institute. */
export function badgeClassOf(slug: string, row: Row) {
	return {
		...row,
		iri: `https://${slug}.example/${row.id}`,
		description: `${row.name}, described`,
		criteria: { narrative: "What it takes" },
		language: "fr",
		alignments: [],
		exactMatches: [],
		status: "PUBLISHED",
		updatedAt: row.updatedAt ?? row.createdAt,
		request: { open: false },
	};
}

export interface MemberOptions {
	/** A contract that holds more than the hub's own. */
	contract?: string;
}

export async function startMember(slug: string, rows: Row[], { contract = CONTRACT }: MemberOptions = {}): Promise<MemberServer> {
	let behaviour: Behaviour = { kind: "normal" };
	let change: ((row: Row) => Row) | undefined;
	let changesHistory = true;
	let position = 0;
	const listeners = new Set<(event: unknown) => void>();
	const requests: MemberServer["requests"] = [];
	const pages: number[] = [];
	const headers: IncomingHttpHeaders[] = [];
	const institute = () => ({ __typename: "Institute", slug, name: `Institute ${slug}`, issuers: [], badgeClasses: page });
	const present = (row: Row) => told(change ? change(row) : row);
	const told = (shown: Row) => {
		return {
			__typename: "BadgeClass",
			...badgeClassOf(slug, shown),
			issuer: { __typename: "Issuer", ...shown.issuer, institute },
			institute,
		};
	};
	const filtered = (filter: { tag?: string; institutes?: string[] } | null | undefined) =>
		member.rows.filter(
			(row) => (filter?.tag ? row.tags.includes(filter.tag) : true) && (filter?.institutes ? filter.institutes.includes(slug) : true),
		);

	const schema = buildSubgraphSchema([
		{
			typeDefs: parse(contract),
			resolvers: {
				...(/^type Mutation\b/m.test(contract) ? { Mutation: { renameBadgeClass: rename } } : {}),
				Query: {
					institute: (_: unknown, args: { slug: string }) => (args.slug === slug ? institute() : null),
					institutes: () => [institute()],
					badgeClass: (_: unknown, { id }: { id: string }) => maybe(id),
					issuer: (_: unknown, { id }: { id: string }) => (id === `${slug}:issuer` ? { id, name: `Issuer of ${slug}`, institute } : null),
					badgeClassCount: (_: unknown, { filter }: { filter?: never }) => filtered(filter).length,
					badgeClasses: (_: unknown, args: never) => page(args),
					changes: () => ({ position: String(position), hasMore: false, changes: member.rows.map((row) => savedAs(row)) }),
				},
				Subscription: {
					badgeClassChanged: {
						subscribe: (_: unknown, { since }: { since?: string }) => stream(since),
						resolve: (event: unknown) => event,
					},
				},
				BadgeClass: { __resolveReference: ({ id }: { id: string }) => maybe(id) },
				Institute: { __resolveReference: () => institute() },
				Issuer: { __resolveReference: ({ id }: { id: string }) => ({ id, name: `Issuer of ${slug}`, institute }) },
			} as never,
		},
	]);
	function rename(_: unknown, { id, name }: { id: string; name: string }) {
		const row = member.rows.find((one) => one.id === id);
		if (row) row.name = name;
		return row ? present(row) : null;
	}
	const maybe = (id: string) => {
		const row = member.rows.find((one) => one.id === id);
		return row ? present(row) : null;
	};

	function page({
		filter,
		orderBy,
		first,
		after,
		last,
		before,
	}: {
		filter?: never;
		orderBy: string;
		first?: number;
		after?: string;
		last?: number;
		before?: string;
	}): object {
		const cursorOf = (row: Row) =>
			orderBy === "NAME"
				? nameCursor(row.name, row.id)
				: latestFirstCursor(new Date(orderBy === "UPDATED" ? (row.updatedAt ?? row.createdAt) : row.createdAt), row.id);
		const all = filtered(filter)
			.map((row) => ({ cursor: cursorOf(row), node: row }))
			.sort((a, b) => compareCursors(a.cursor, b.cursor))
			.filter(
				({ cursor }) =>
					(after == null || behaviour.kind === "repeating" || compareCursors(cursor, after) > 0) &&
					(before == null || compareCursors(cursor, before) < 0),
			);
		const asked = first ?? last ?? 20;
		const size = behaviour.kind === "greedy" ? all.length : behaviour.kind === "capped" ? Math.min(asked, behaviour.rows) : asked;
		const taken = last != null ? all.slice(Math.max(0, all.length - size)) : all.slice(0, size);
		const given = behaviour.kind === "doubling" ? taken.flatMap((row) => [row, row]) : taken;
		const edges = given.map(({ cursor, node }) => ({ cursor, node: present(node) }));
		pages.push(edges.length);
		if (behaviour.kind === "reversed") edges.reverse();
		return {
			edges,
			nodes: edges.map(({ node }) => node),
			totalCount: filtered(filter).length,
			pageInfo: {
				hasNextPage: last != null ? before != null : all.length > size,
				hasPreviousPage: last != null ? all.length > size : after != null,
				startCursor: edges[0]?.cursor ?? null,
				endCursor: edges.at(-1)?.cursor ?? null,
			},
		};
	}

	/** A harvester reads everything each time. */
	const savedAs = (row: Row) => ({
		kind: "SAVED",
		id: row.id,
		position: String(position),
		at: row.createdAt,
		badgeClass: changesHistory ? present(row) : told(row),
	});
	const history: { position: number; id: string }[] = [];
	const eventOf = (entry: { position: number; id: string }) => ({
		kind: "SAVED",
		id: entry.id,
		position: String(entry.position),
		at: new Date().toISOString(),
		badgeClass: maybe(entry.id),
	});
	function stream(since: string | undefined): AsyncIterableIterator<unknown> {
		const waiting: unknown[] = since == null ? [] : history.filter((entry) => entry.position > Number(since)).map(eventOf);
		let wake: (() => void) | undefined;
		let ended = false;
		const listener = (event: unknown) => {
			waiting.push(event);
			wake?.();
		};
		listeners.add(listener);
		return {
			async next() {
				while (waiting.length === 0 && !ended)
					await new Promise<void>((resolve) => {
						wake = resolve;
					});
				return ended ? { done: true, value: undefined } : { done: false, value: waiting.shift() };
			},
			async return() {
				ended = true;
				listeners.delete(listener);
				wake?.();
				return { done: true, value: undefined };
			},
			[Symbol.asyncIterator]() {
				return this;
			},
		};
	}

	/** A router sends the same texts over and over: parsing them each time would be most of a member's work. */
	const documents = new Map<string, DocumentNode>();
	function parsed(query: string): DocumentNode {
		let document = documents.get(query);
		if (!document) documents.set(query, (document = parse(query)));
		return document;
	}

	async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const { query, variables } = JSON.parse(Buffer.concat(chunks).toString("utf8")) as {
			query: string;
			variables: Record<string, unknown>;
		};
		requests.push({ query, variables });
		headers.push(request.headers);
		const now = behaviour;
		if (now.times !== undefined) behaviour = now.times > 1 ? { ...now, times: now.times - 1 } : (now.next ?? { kind: "normal" });
		if (now.kind === "silent") return;
		if (now.kind === "garbage") {
			response.writeHead(now.status ?? 200, { "content-type": "application/json" }).end(now.body);
			return;
		}
		if (now.kind === "slow") await new Promise((resolve) => setTimeout(resolve, now.milliseconds));
		const result = await execute({ schema, document: parsed(query), variableValues: variables });
		if (now.kind === "short") for (const list of Object.values(result.data ?? {})) if (Array.isArray(list)) list.pop();
		if (now.kind === "disordered") for (const list of Object.values(result.data ?? {})) if (Array.isArray(list)) list.reverse();
		const honest = JSON.stringify(result);
		const text = now.kind === "rewriting" ? honest.replaceAll(now.text, now.by) : honest;
		if (now.kind === "half") {
			response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(text) });
			response.write(text.slice(0, text.length / 2), () => response.destroy());
			return;
		}
		const padding = now.kind === "huge" ? " ".repeat(now.bytes) : "";
		response.writeHead(200, { "content-type": "application/json" }).end(text + padding);
	}

	let server = createServer();
	let sockets = new WebSocketServer({ noServer: true });
	let port = 0;
	const member: MemberServer = {
		slug,
		url: "",
		rows,
		requests,
		headers,
		pages,
		behave(next) {
			behaviour = next;
		},
		tamper(next, { inHistory = true } = {}) {
			change = next;
			changesHistory = inHistory;
		},
		announce(id) {
			position += 1;
			const entry = { position, id };
			history.push(entry);
			for (const listener of listeners) listener(eventOf(entry));
		},
		subscribers: () => listeners.size,
		async start() {
			server = createServer((request, response) => void answer(request, response));
			sockets = new WebSocketServer({ noServer: true });
			useServer({ schema }, sockets);
			const current = sockets;
			server.on("upgrade", (request, socket, head) =>
				current.handleUpgrade(request, socket, head, (client) => current.emit("connection", client, request)),
			);
			await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
			port = (server.address() as { port: number }).port;
			member.url = `http://127.0.0.1:${port}/graphql`;
		},
		async stop() {
			for (const client of sockets.clients) client.terminate();
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
	await member.start();
	return member;
}
