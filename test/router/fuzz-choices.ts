/**
 * A source of choices made of a list of numbers. Whatever is built with it is a function of the list, and a shorter
 * list of smaller numbers builds something simpler: so fast-check can shrink what fails.
 */
export class Choices {
	private used = 0;

	constructor(private readonly numbers: readonly number[]) {}

	/** One of 0 … `count` - 1; 0, the simplest, when the list is at its end. */
	next(count: number): number {
		const number = this.numbers[this.used] ?? 0;
		this.used += 1;
		return number % count;
	}

	/** True about one time in `count`. */
	rarely(count: number): boolean {
		return this.next(count) === count - 1;
	}

	of<Value>(values: readonly Value[]): Value {
		return values[this.next(values.length)] as Value;
	}

	/** Some of the values, in their order. */
	some<Value>(values: readonly Value[]): Value[] {
		return values.filter(() => this.next(2) === 1);
	}
}
