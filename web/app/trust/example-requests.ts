import type { ExampleSubjects } from "./read-examples.ts";

/** Requests of the page of formats, each by the name under which its texts are. */
export type ExampleName =
	| "configuration"
	| "fetch"
	| "list"
	| "collection"
	| "resolve"
	| "markList"
	| "historicalKeys"
	| "collectiveConfiguration"
	| "authorization"
	| "recognition"
	| "registry"
	| "log"
	| "checkpoint"
	| "statement"
	| "ctdl"
	| "clr"
	| "openBadgeFactory"
	| "at";

/** As one types them in a shell. Null where this hub has nothing to ask about. */
export function exampleRequests(origin: string, subjects: ExampleSubjects, now: string): Record<ExampleName, string | null> {
	const { anchor, subordinate, markType, recogniser, recognised, statement, collective, metabadge } = subjects;
	const get = (path: string, query: Record<string, string> = {}) => {
		const words = Object.entries(query).map(([name, value]) => ` \\\n  --data-urlencode ${quoted(`${name}=${value}`)}`);
		return words.length === 0 ? `curl -s ${quoted(origin + path)}` : `curl -s --get ${quoted(origin + path)}${words.join("")}`;
	};
	const post = (path: string, body: object) =>
		`curl -s ${quoted(origin + path)} -H 'content-type: application/json' \\\n  --data ${quoted(JSON.stringify(body))}`;
	const graphql = (query: string) => post("/graphql", { query });
	const document = (format: string) =>
		metabadge &&
		graphql(
			`{ pathwayDocument(badgeClassId: ${JSON.stringify(metabadge)}, format: ${format}, base: ${JSON.stringify(origin)}) { mediaType document lost } }`,
		);
	const trqp = (kind: string, entity: string | null, authority: string | null, action: string, context?: object) =>
		entity &&
		authority &&
		post(`/trqp/${kind}`, { entity_id: entity, authority_id: authority, action, resource: "*", ...(context && { context }) });
	return {
		configuration: get("/.well-known/openid-federation"),
		fetch: subordinate && get("/federation/fetch", { sub: subordinate }),
		list: get("/federation/list", { entity_type: "open_badge_issuer" }),
		collection: get("/federation/collection"),
		resolve: subordinate && get("/federation/resolve", { sub: subordinate, trust_anchor: anchor }),
		markList: markType && get("/federation/trust-mark-list", { trust_mark_type: markType }),
		historicalKeys: get("/federation/historical-keys"),
		collectiveConfiguration: collective && get(`/federation/collectives/${collective}/.well-known/openid-federation`),
		authorization: trqp("authorization", recognised, anchor, "issue"),
		recognition: trqp("recognition", recognised, recogniser, "issue", { time: now }),
		registry: get("/federation/registry.json"),
		log: get("/federation/log", { after: "0", limit: "2" }),
		checkpoint: get("/federation/log/checkpoint"),
		statement: statement && get(`/federation/statements/${statement}`),
		ctdl: document("CTDL"),
		clr: document("CLR"),
		openBadgeFactory: document("OPEN_BADGE_FACTORY"),
		at: graphql(`{ networkAt(time: ${JSON.stringify(now)}, first: 3) { recognitionCount recognitions { by subject since } } }`),
	};
}

/** For a POSIX shell: nothing in it is expanded. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
