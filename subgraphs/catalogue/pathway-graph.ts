/** Walks over requirements, as a map from a metabadge to the badges it requires. */
export type Requirements = ReadonlyMap<string, readonly string[]>;

/** A shortest way from one badge to another over what each requires, both ends included; undefined when there is none. */
export function findWay(requirements: Requirements, from: string, to: string): string[] | undefined {
	const cameFrom = new Map<string, string | undefined>([[from, undefined]]);
	const queue = [from];
	for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
		if (id === to) return wayTo(id, cameFrom);
		for (const next of requirements.get(id) ?? []) {
			if (cameFrom.has(next)) continue;
			cameFrom.set(next, id);
			queue.push(next);
		}
	}
	return undefined;
}

function wayTo(end: string, cameFrom: ReadonlyMap<string, string | undefined>): string[] {
	const way: string[] = [];
	for (let id: string | undefined = end; id !== undefined; id = cameFrom.get(id)) way.unshift(id);
	return way;
}

/**
 * The level of every badge that leads to `goal`: the length of the longest way to it, 0 for the goal itself. Throws
 * a `RangeError` on a cycle, which the catalogue never lets in.
 */
export function levelsTo(requirements: Requirements, goal: string): Map<string, number> {
	const levels = new Map<string, number>();
	// Each badge is placed once all the metabadges that require it are: Kahn's order over what the goal reaches.
	const reached = reachedFrom(requirements, goal);
	const waiting = new Map<string, number>();
	for (const id of reached) for (const next of requirements.get(id) ?? []) waiting.set(next, (waiting.get(next) ?? 0) + 1);
	levels.set(goal, 0);
	const queue = waiting.has(goal) ? [] : [goal];
	let placed = 0;
	for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
		placed += 1;
		for (const next of requirements.get(id) ?? []) {
			levels.set(next, Math.max(levels.get(next) ?? 0, (levels.get(id) ?? 0) + 1));
			const left = (waiting.get(next) ?? 0) - 1;
			waiting.set(next, left);
			if (left === 0) queue.push(next);
		}
	}
	if (placed !== reached.size) throw new RangeError(`the requirements that lead to ${goal} hold a cycle`);
	return levels;
}

function reachedFrom(requirements: Requirements, goal: string): Set<string> {
	const reached = new Set([goal]);
	for (const id of reached) for (const next of requirements.get(id) ?? []) reached.add(next);
	return reached;
}
