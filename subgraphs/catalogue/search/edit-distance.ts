/**
 * Letters to insert, leave out, change or swap with their neighbour to get from one word to another (optimal string
 * alignment). Stops counting above `most`, and returns `most + 1`.
 */
export function editDistance(left: string, right: string, most: number): number {
	if (Math.abs(left.length - right.length) > most) return most + 1;
	let before: number[] = [];
	let last = Array.from({ length: right.length + 1 }, (_, index) => index);
	for (let row = 1; row <= left.length; row++) {
		const next = [row];
		for (let column = 1; column <= right.length; column++) {
			const changed = left[row - 1] === right[column - 1] ? 0 : 1;
			let best = Math.min((last[column] as number) + 1, (next[column - 1] as number) + 1, (last[column - 1] as number) + changed);
			if (row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1])
				best = Math.min(best, (before[column - 2] as number) + 1);
			next.push(best);
		}
		if (Math.min(...next) > most) return most + 1;
		before = last;
		last = next;
	}
	return Math.min(last[right.length] as number, most + 1);
}
