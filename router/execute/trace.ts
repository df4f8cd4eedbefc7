/** What one request did, kept only when its client asks for it. */

export interface TracedCall {
	/** The subgraph; `members` for a member, which `institute` names. */
	service: string;
	institute?: string;
	/** Milliseconds after the beginning of the request. */
	start: number;
	milliseconds: number;
	/** `ok`, or why there was no answer. */
	outcome: string;
}

export class Trace {
	readonly calls: TracedCall[] = [];
	private readonly began = performance.now();

	/** Notes a call that starts now. Call the result when it has ended. */
	begin(service: string, institute?: string): (outcome: string) => void {
		const start = performance.now();
		return (outcome) => {
			this.calls.push({
				service,
				...(institute === undefined ? {} : { institute }),
				start: round(start - this.began),
				milliseconds: round(performance.now() - start),
				outcome,
			});
		};
	}

	/** Adds the calls of a request made on behalf of several. */
	take(joint: Trace): void {
		for (const call of joint.calls) this.calls.push({ ...call, start: round(call.start + joint.began - this.began) });
	}

	/** The calls in the order in which they started. */
	report(): { milliseconds: number; calls: TracedCall[] } {
		return { milliseconds: round(performance.now() - this.began), calls: [...this.calls].sort((a, b) => a.start - b.start) };
	}
}

function round(milliseconds: number): number {
	return Math.round(milliseconds * 100) / 100;
}
