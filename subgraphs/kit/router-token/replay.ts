/**
 * Remembers which tokens were used, for as long as they are good: two generations, of which the older is forgotten when
 * the younger is one lifetime old. Bounded: beyond, nothing is accepted, rather than something twice.
 */
export class UsedTokens {
	private younger = new Set<string>();
	private older = new Set<string>();
	private turnsAt: number;

	constructor(
		/** Milliseconds that a token is good for at most. */
		private readonly life: number,
		private readonly most: number,
		private readonly now: () => number = () => performance.now(),
	) {
		this.turnsAt = now() + life;
	}

	/** Notes a token's name. Says whether it may be accepted, was there already, or found no place. */
	use(name: string): "new" | "used" | "full" {
		this.turn();
		if (this.younger.has(name) || this.older.has(name)) return "used";
		if (this.younger.size >= this.most) return "full";
		this.younger.add(name);
		return "new";
	}

	private turn(): void {
		const time = this.now();
		if (time < this.turnsAt) return;
		// Silent for longer than a lifetime: what the younger holds is over too.
		this.older = time < this.turnsAt + this.life ? this.younger : new Set();
		this.younger = new Set();
		this.turnsAt = time + this.life;
	}
}
