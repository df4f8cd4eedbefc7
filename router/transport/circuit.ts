/**
 * A circuit breaker over a rolling window. Where it is given a probe it tries by itself whether the other side is back:
 * no client's request ever waits for a member that is known not to answer. Without one, a request tries.
 */

export type CircuitState = "closed" | "open" | "half-open";

export interface CircuitOptions {
	/** Milliseconds that are looked back upon. */
	window: number;
	/** Calls in the window below which the circuit never opens. */
	volume: number;
	/** Share of costly failures, 0 to 1, at which it opens. */
	threshold: number;
	/** Milliseconds it stays open before one call is tried; a probe is first tried sooner, and then ever less often up to this. */
	cooldown: number;
}

export const DEFAULT_CIRCUIT: CircuitOptions = { window: 10_000, volume: 5, threshold: 0.5, cooldown: 1_000 };

const FIRST_PROBE = 100;

/** Asks whether the other side answers again. Never rejects. */
export type Probe = () => Promise<boolean>;

const BUCKETS = 10;

interface Bucket {
	start: number;
	calls: number;
	failures: number;
}

export class Circuit {
	private readonly buckets: Bucket[] = Array.from({ length: BUCKETS }, () => ({ start: Number.NEGATIVE_INFINITY, calls: 0, failures: 0 }));
	private openUntil = 0;
	private isProbing = false;
	private timer: NodeJS.Timeout | undefined;
	private isStopped = false;

	constructor(
		private readonly options: CircuitOptions = DEFAULT_CIRCUIT,
		private readonly probe?: Probe,
		private readonly now: () => number = () => performance.now(),
	) {}

	get state(): CircuitState {
		if (this.openUntil === 0) return "closed";
		return this.isProbing || this.now() >= this.openUntil ? "half-open" : "open";
	}

	/** Whether a call may be made now. While half-open without a probe, one at a time: whoever gets true must report how it went. */
	admits(): boolean {
		if (this.openUntil === 0) return true;
		if (this.probe || this.isProbing || this.now() < this.openUntil) return false;
		this.isProbing = true;
		return true;
	}

	succeeded(): void {
		if (this.openUntil === 0) this.bucket().calls += 1;
		// A late answer to what was sent before it opened says nothing new where a probe decides.
		else if (!this.probe) this.close();
	}

	/** The call was not answered. */
	failed(): void {
		const bucket = this.bucket();
		bucket.calls += 1;
		bucket.failures += 1;
		const { volume, threshold, cooldown } = this.options;
		if (this.openUntil !== 0) {
			if (!this.probe && this.isProbing) this.openUntil = this.now() + cooldown;
			if (!this.probe) this.isProbing = false;
			return;
		}
		const { calls, failures } = this.sum();
		if (calls < volume || failures / calls < threshold) return;
		if (this.probe) this.tryAfter(Math.min(FIRST_PROBE, cooldown));
		else this.openUntil = this.now() + cooldown;
	}

	/** The call ended in a way that says nothing of the other side: its client left. */
	released(): void {
		if (!this.probe) this.isProbing = false;
	}

	/** Ends the trying. */
	stop(): void {
		this.isStopped = true;
		clearTimeout(this.timer);
	}

	private close(): void {
		this.isProbing = false;
		this.openUntil = 0;
		for (const bucket of this.buckets) bucket.start = Number.NEGATIVE_INFINITY;
		this.bucket().calls += 1;
	}

	private tryAfter(pause: number): void {
		this.openUntil = this.now() + pause;
		if (this.isStopped) return;
		this.timer = setTimeout(async () => {
			this.isProbing = true;
			const isBack = await (this.probe as Probe)();
			this.isProbing = false;
			if (isBack) this.close();
			else this.tryAfter(Math.min(pause * 2, this.options.cooldown));
		}, pause);
		this.timer.unref();
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
