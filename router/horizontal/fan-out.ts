import { performance } from "node:perf_hooks";

/**
 * A cap on the requests to members that gathered fields have under way, all clients together. Beyond it a gathered
 * field waits for its turn before it asks anybody: were all begun at once, all would end late, and members would seem
 * slow for the router's own lack of time. Where the router has time, and waits for slow members, it lets more begin.
 * Waiting is first come first served, and ends with the client's request.
 */
export class FanOut {
	private underWay = 0;
	private readonly queue: { count: number; begin: () => void }[] = [];
	private watch: NodeJS.Timeout | undefined;

	constructor(
		/** Requests that keep one processor busy when members answer at once. */
		private readonly enough = 400,
		/** Requests that are never exceeded, but by a single gathered field. */
		private readonly most = 5_000,
	) {}

	/** Takes places for `count` requests, however many they are when nothing else is under way. Each is given back by {@link leave}. */
	enter(count: number, signal: AbortSignal): Promise<void> | undefined {
		if (this.queue.length === 0 && this.hasRoom(count, this.enough)) {
			this.underWay += count;
			return undefined;
		}
		return new Promise((resolve) => {
			const begin = () => {
				signal.removeEventListener("abort", abandon);
				this.underWay += count;
				resolve();
			};
			const entry = { count, begin };
			// Whoever gives up goes on at once: its requests end before they are sent.
			const abandon = () => {
				this.queue.splice(this.queue.indexOf(entry), 1);
				begin();
			};
			this.queue.push(entry);
			if (signal.aborted) return abandon();
			signal.addEventListener("abort", abandon, { once: true });
			this.lookForTime();
		});
	}

	readonly leave = (): void => {
		this.underWay -= 1;
		while (this.beginNext(this.enough));
	};

	private hasRoom(count: number, limit: number): boolean {
		return this.underWay === 0 || this.underWay + count <= limit;
	}

	private beginNext(limit: number): boolean {
		const [next] = this.queue;
		if (!next || !this.hasRoom(next.count, limit)) return false;
		this.queue.shift();
		next.begin();
		return true;
	}

	/** While somebody waits: lets the next begin whenever the last moment was mostly idle. */
	private lookForTime(): void {
		if (this.watch) return;
		let last = performance.eventLoopUtilization();
		this.watch = setInterval(() => {
			const { utilization } = performance.eventLoopUtilization(last);
			last = performance.eventLoopUtilization();
			if (utilization < BUSY) this.beginNext(this.most);
			if (this.queue.length > 0) return;
			clearInterval(this.watch);
			this.watch = undefined;
		}, MOMENT);
	}
}

/** Milliseconds between two looks at how busy the router is. */
const MOMENT = 5;
/** Share of a moment above which the router has no time for more. */
const BUSY = 0.7;
