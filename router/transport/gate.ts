/** A cap on calls under way, with a bounded queue behind it, first come first served. */
export class Gate {
	private underWay = 0;
	private readonly queue: { enter: () => void; leave: () => void }[] = [];

	constructor(
		readonly mostRunning: number,
		readonly mostWaiting: number,
	) {}

	get running(): number {
		return this.underWay;
	}

	get waiting(): number {
		return this.queue.length;
	}

	/**
	 * Resolves to true when the call may be made, and to false when there is no room or the signal aborts before.
	 * Whoever gets true must call {@link Gate.leave}. Undefined, at once, when there is room: the common case waits for nothing.
	 */
	enter(signal: AbortSignal): Promise<boolean> | undefined {
		if (this.underWay < this.mostRunning) {
			this.underWay += 1;
			return undefined;
		}
		if (this.queue.length >= this.mostWaiting || signal.aborted) return Promise.resolve(false);
		return new Promise((resolve) => {
			const entry = {
				enter: () => {
					signal.removeEventListener("abort", entry.leave);
					resolve(true);
				},
				leave: () => {
					const index = this.queue.indexOf(entry);
					if (index !== -1) this.queue.splice(index, 1);
					resolve(false);
				},
			};
			this.queue.push(entry);
			signal.addEventListener("abort", entry.leave, { once: true });
		});
	}

	/** Gives the place to the next in the queue. */
	leave(): void {
		const next = this.queue.shift();
		if (next) next.enter();
		else this.underWay -= 1;
	}
}
