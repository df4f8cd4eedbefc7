/** Why a member did not give its rows. */
export type MissingReason =
	/** It did not answer in time. */
	| "TIMEOUT"
	/** No connection, or it broke. */
	| "UNREACHABLE"
	/** It answered with an HTTP error. */
	| "HTTP_ERROR"
	/** Its answer was larger than the router accepts. */
	| "TOO_LARGE"
	/** It has not been answering lately, and is left alone for a moment. */
	| "CIRCUIT_OPEN"
	/** Too many requests to it are under way already. */
	| "OVERLOADED"
	/** Its answer was not one: not JSON, not GraphQL, without the data asked for. */
	| "INVALID_ANSWER";

export interface CompletenessReport {
	/** How many members were asked. */
	asked: number;
	/** How many of them gave everything they were asked for. */
	answered: number;
	missing: { institute: string; reason: MissingReason }[];
	/** Missing members whose rows are shown from the catalogue's snapshot, and when the catalogue last heard them. */
	stale: { institute: string; asOf: string }[];
}

/** What one request learns about the members it touches. */
export class Completeness {
	private readonly askedSlugs = new Set<string>();
	private readonly reasons = new Map<string, MissingReason>();
	private readonly instants = new Map<string, string>();

	ask(institute: string): void {
		this.askedSlugs.add(institute);
	}

	fail(institute: string, reason: MissingReason): void {
		this.reasons.set(institute, reason);
	}

	/** Adds what a request made on behalf of several has learnt. */
	take(joint: Completeness): void {
		for (const institute of joint.askedSlugs) this.askedSlugs.add(institute);
		for (const [institute, reason] of joint.reasons) this.reasons.set(institute, reason);
		for (const [institute, asOf] of joint.instants) this.instants.set(institute, asOf);
	}

	/** Its rows are shown as they were at `asOf`. It stays missing. */
	standIn(institute: string, asOf: string): void {
		this.instants.set(institute, asOf);
	}

	get touched(): boolean {
		return this.askedSlugs.size > 0;
	}

	get isWhole(): boolean {
		return this.reasons.size === 0;
	}

	/** Slugs of the members that failed and whose rows are not shown, sorted. */
	get missing(): string[] {
		return [...this.reasons.keys()].filter((slug) => !this.instants.has(slug)).sort();
	}

	report(): CompletenessReport {
		return {
			asked: this.askedSlugs.size,
			answered: this.askedSlugs.size - this.reasons.size,
			missing: [...this.reasons].map(([institute, reason]) => ({ institute, reason })).sort((a, b) => (a.institute < b.institute ? -1 : 1)),
			stale: [...this.instants].map(([institute, asOf]) => ({ institute, asOf })).sort((a, b) => (a.institute < b.institute ? -1 : 1)),
		};
	}
}
