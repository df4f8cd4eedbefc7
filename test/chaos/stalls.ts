const BEAT = 50;
/** A pause of this process after which its members may have been too late through no fault of the router. */
const LONGEST_PAUSE = 400;

/** When this process stood still: members live in it, and on a machine that is shared they do not always get their turn. */
export class Stalls {
	private readonly pauses: { from: number; to: number }[] = [];
	private last = performance.now();
	private readonly timer = setInterval(() => this.beat(), BEAT);

	get count(): number {
		return this.pauses.length;
	}

	touch(from: number, to: number): boolean {
		this.beat();
		return this.pauses.some((pause) => pause.from <= to && pause.to >= from);
	}

	stop(): void {
		clearInterval(this.timer);
	}

	private beat(): void {
		const now = performance.now();
		if (now - this.last > BEAT + LONGEST_PAUSE) this.pauses.push({ from: this.last, to: now });
		this.last = now;
	}
}
