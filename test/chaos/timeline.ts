/**
 * What a member was like, and when. `good`: it must answer. `bad`: it cannot. `liar`: it answers, and some of its rows are
 * not its own or out of order. `changing`: in between, where either is right.
 */
export type State = "good" | "bad" | "liar" | "changing";

export class Timeline {
	private readonly changes: { at: number; state: State }[];

	constructor(start: number) {
		this.changes = [{ at: start, state: "good" }];
	}

	get now(): State {
		return (this.changes.at(-1) as { state: State }).state;
	}

	become(state: State, at: number): void {
		this.changes.push({ at, state });
	}

	/** The states between two instants, both included. */
	during(from: number, to: number): Set<State> {
		const states = new Set<State>();
		for (let index = this.changes.length - 1; index >= 0; index -= 1) {
			const { at, state } = this.changes[index] as { at: number; state: State };
			if (at <= to) states.add(state);
			if (at <= from) break;
		}
		return states;
	}
}
