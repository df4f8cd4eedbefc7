import type { TadaDocumentNode } from "gql.tada";
import { print } from "graphql";
import { data, type LoaderFunctionArgs, redirect } from "react-router";
import { isBadgeId, ownerOf } from "./badge/badge-id.ts";
import { type HubSettings, hubContext } from "./hub-context.ts";
import { type Absence, type Completeness, nameAbsence, noteCompleteness } from "./network/absence.ts";
import { type Members, readMembers } from "./network/members.ts";

/** Longer than any member's own deadline in the router, shorter than a reader's patience. */
const DEADLINE_MS = 10_000;

interface HubError {
	message: string;
	path?: readonly (string | number)[];
	extensions?: { code?: string };
}

export interface Answer<Data> {
	/** Null when the router did not answer, refused the question, or lost a subgraph that the whole answer hangs on. */
	data: Data | null;
	errors: readonly HubError[];
}

/** One reading of the hub, for one request: what several questions could not learn adds up to one notice on the page. */
export interface Hub {
	settings: HubSettings;
	/** Asks; a partial answer is an answer. Never throws: without an answer, `data` is null. */
	ask<Data, Variables>(document: TadaDocumentNode<Data, Variables>, variables: Variables): Promise<Answer<Data>>;
	/**
	 * Asks for what the page cannot do without: throws the 503 page when there is no data, or leads to `instead`, the first
	 * page of a list whose address has a cursor that is none, or is none any more.
	 */
	need<Data, Variables>(document: TadaDocumentNode<Data, Variables>, variables: Variables, instead?: string | null): Promise<Data>;
	/** All members by the register, read once for the page: for a page that offers each of them. */
	members(): Promise<Members>;
	/** The members whose these badges are, by the register; ids that are no badge's are left out. */
	membersOf(badges: readonly string[]): Promise<Members>;
	/** Which institutes did not answer so far. */
	absence(): Promise<Absence>;
}

/** With a token, the hub is asked in the name of whom it was given to. */
export function openHub({ context, request }: Pick<LoaderFunctionArgs, "context" | "request">, token?: string): Hub {
	const settings = context.get(hubContext);
	const notes: Completeness[] = [];
	let members: Promise<Members> | undefined;
	const hub: Hub = {
		settings,
		async ask<Data, Variables>(document: TadaDocumentNode<Data, Variables>, variables: Variables) {
			const body = JSON.stringify({ query: print(document), variables });
			const signal = AbortSignal.any([request.signal, AbortSignal.timeout(DEADLINE_MS)]);
			const answer = await post(settings, body, signal, token);
			const { completeness } = answer.extensions ?? {};
			if (completeness) notes.push(completeness);
			return { data: (answer.data ?? null) as Data | null, errors: answer.errors ?? [] };
		},
		async need(document, variables, instead = null) {
			const answer = await hub.ask(document, variables);
			if (answer.data === null) {
				if (instead !== null) throw redirect(instead);
				settings.log("the router gave no data", { errors: answer.errors.map((error) => error.message) });
				throw unreachable();
			}
			return answer.data;
		},
		members: () => (members ??= readMembers(hub, null)),
		membersOf: (badges) => members ?? readMembers(hub, [...new Set(badges.filter(isBadgeId).map(ownerOf))]),
		async absence() {
			const noted = noteCompleteness(notes);
			if (noted.missing.length + noted.stale.length === 0) return { missing: [], stale: [] };
			// A page that has not read the register needs of it those few only.
			const absent = [...noted.missing, ...noted.stale].map(({ institute }) => institute);
			return nameAbsence(noted, (await (members ?? readMembers(hub, absent))).names);
		},
	};
	return hub;
}

interface Body {
	data?: unknown;
	errors?: HubError[];
	extensions?: { completeness?: Completeness };
}

async function post(settings: HubSettings, body: string, signal: AbortSignal, token?: string): Promise<Body> {
	try {
		const headers = {
			"content-type": "application/json",
			accept: "application/graphql-response+json, application/json",
			...(token !== undefined && { authorization: `Bearer ${token}` }),
		};
		const response = await fetch(settings.graphqlUrl, { method: "POST", headers, body, signal });
		return (await response.json()) as Body;
	} catch (error) {
		const { message, cause } = error as Error;
		return { errors: [{ message: cause ? `${message}: ${cause}` : message }] };
	}
}

/** What a loader throws for the page « le service ne répond pas ». */
export const unreachable = () => data({ kind: "unreachable" }, { status: 503, headers: { "Retry-After": "30" } });

/** What a loader throws for the page « introuvable ». */
export const notFound = () => data({ kind: "not-found" }, { status: 404 });
