import { line } from "./text.ts";

/** Upper bounds, in seconds. */
const BOUNDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** How long things took. Adding one is a short walk and two additions: it is done for each request and each member asked. */
export class Histogram {
	private readonly counts = new Array<number>(BOUNDS.length + 1).fill(0);
	private total = 0;

	observe(seconds: number): void {
		let index = 0;
		while (index < BOUNDS.length && seconds > (BOUNDS[index] as number)) index += 1;
		this.counts[index] = (this.counts[index] as number) + 1;
		this.total += seconds;
	}

	lines(name: string, labels: Record<string, string>): string[] {
		let count = 0;
		const buckets = BOUNDS.map((bound, index) => {
			count += this.counts[index] as number;
			return line(`${name}_bucket`, { ...labels, le: String(bound) }, count);
		});
		count += this.counts[BOUNDS.length] as number;
		return [
			...buckets,
			line(`${name}_bucket`, { ...labels, le: "+Inf" }, count),
			line(`${name}_sum`, labels, this.total),
			line(`${name}_count`, labels, count),
		];
	}
}
