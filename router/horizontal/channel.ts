/** Values pushed from anywhere, read in order by one consumer. Bounded: a consumer that does not keep up loses the oldest. */
export class Channel<Value> implements AsyncIterable<Value> {
	private readonly waiting: Value[] = [];
	private wake: () => void = () => undefined;
	private closed = false;

	constructor(readonly capacity = 1000) {}

	push(value: Value): void {
		if (this.closed) return;
		if (this.waiting.length >= this.capacity) this.waiting.shift();
		this.waiting.push(value);
		this.wake();
	}

	close(): void {
		this.closed = true;
		this.wake();
	}

	async *[Symbol.asyncIterator](): AsyncGenerator<Value> {
		for (;;) {
			const value = this.waiting.shift();
			if (value !== undefined) yield value;
			else if (this.closed) return;
			else {
				await new Promise<void>((resolve) => {
					this.wake = resolve;
				});
			}
		}
	}
}
