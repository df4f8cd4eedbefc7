/** What the audit gives to a router that it examines. */
export interface AuditedRegion {
	/** SDL of the member contract, which enters composition once, as the logical subgraph `members`. */
	contract: string;
	/** The suite's own subgraphs: name → SDL and address. */
	subgraphs: Record<string, { sdl: string; url: string }>;
	/** The composed supergraph of these, for a router that reads one. */
	supergraph: string;
	/** Milliseconds after which the router must give up on a member, and on a request. */
	memberDeadline: number;
	requestDeadline: number;
}

/** A router as the audit knows it: an address, and a way to tell it who is a member. */
export interface RouterUnderTest {
	/** GraphQL over HTTP, and graphql-transport-ws at the same address. */
	url: string;
	/** Headers that go with mutations, for a router that wants a token for them. */
	mutationHeaders?: Record<string, string>;
	/** Makes a member known, or known at another address. Resolves when the next request will ask it there. */
	admit(slug: string, endpoint: string): Promise<void>;
	/** Resolves when the next request will not ask it. */
	remove(slug: string): Promise<void>;
	stop(): Promise<void>;
}

export type StartRouter = (region: AuditedRegion) => Promise<RouterUnderTest>;
