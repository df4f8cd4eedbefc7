/**
 * A circuit breaker over a rolling window. It opens for failures that cost time or burden a member that is already
 * struggling; a refused connection costs nothing, and trying it again is how the router learns that the member is back.
 */

export type CircuitState = "closed" | "open" | "half-open";

export interface CircuitOptions {
	/** Milliseconds that are looked back upon. */
	window: number;
	/** Calls in the window below which the circuit never opens. */
	volume: number;
	/** Share of costly failures, 0 to 1, at which it opens. */
	threshold: number;
	/** Milliseconds it stays open before one call is let through. */
	cooldown: number;
}

export const DEFAULT_CIRCUIT: CircuitOptions = { window: 10_000, volume: 5, threshold: 0.5, cooldown: 1_000 };

const BUCKETS = 10;

interface Bucket {
	start: number;
	calls: number;
	failures: number;
}

export class Circuit {
	private readonly options: CircuitOptions;
	private readonly now: () => number;
	private readonly buckets: Bucket[] = Array.from({ length: BUCKETS }, () => ({ start: Number.NEGATIVE_INFINITY, calls: 0, failures: 0 }));
	private openUntil = 0;
	private isProbing = false;

	constructor(options: CircuitOptions = DEFAULT_CIRCUIT, now: () => number = () => performance.now()) {
		this.options = options;
		this.now = now;
	}

	get state(): CircuitState {
		if (this.openUntil === 0) return "closed";
		return this.now() < this.openUntil ? "open" : "half-open";
	}

	/** Whether a call may be made now. While half-open, one at a time: whoever gets true must report how it went. */
	admits(): boolean {
		const { state } = this;
		if (state === "closed") return true;
		if (state === "open" || this.isProbing) return false;
		this.isProbing = true;
		return true;
	}

	succeeded(): void {
		this.isProbing = false;
		if (this.openUntil !== 0) {
			this.openUntil = 0;
			for (const bucket of this.buckets) bucket.start = Number.NEGATIVE_INFINITY;
		}
		this.bucket().calls += 1;
	}

	/** A failure that cost time or came from a burdened member. */
	failed(): void {
		const bucket = this.bucket();
		bucket.calls += 1;
		bucket.failures += 1;
		const { volume, threshold, cooldown } = this.options;
		const { calls, failures } = this.sum();
		if (this.isProbing || (calls >= volume && failures / calls >= threshold)) this.openUntil = this.now() + cooldown;
		this.isProbing = false;
	}

	/** The call ended in a way that says nothing of the member: its client left, or the connection was refused at once. */
	released(): void {
		this.isProbing = false;
	}

	private bucket(): Bucket {
		const width = this.options.window / BUCKETS;
		const start = Math.floor(this.now() / width) * width;
		const bucket = this.buckets[Math.floor(start / width) % BUCKETS] as Bucket;
		if (bucket.start !== start) Object.assign(bucket, { start, calls: 0, failures: 0 });
		return bucket;
	}

	private sum(): { calls: number; failures: number } {
		const oldest = this.now() - this.options.window;
		let calls = 0;
		let failures = 0;
		for (const bucket of this.buckets) {
			if (bucket.start < oldest) continue;
			calls += bucket.calls;
			failures += bucket.failures;
		}
		return { calls, failures };
	}
}
