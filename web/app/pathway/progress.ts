export interface PathwayGraph {
	nodes: readonly { id: string; name: string | null; needed: number; outOf: number }[];
	edges: readonly { from: string; to: string }[];
}

/** What each badge requires, in the order of the edges. */
export function requirementsOf({ edges }: PathwayGraph): Map<string, string[]> {
	const required = new Map<string, string[]>();
	for (const { from, to } of edges) required.set(to, [...(required.get(to) ?? []), from]);
	return required;
}

/**
 * The badges still to obtain before `goal`, choosing at each metabadge the required badges that ask least. Null when
 * there is no way: too many of them are unknown to the network.
 */
export function remainingBefore(goal: string, graph: PathwayGraph, held: ReadonlySet<string>): Set<string> | null {
	const required = requirementsOf(graph);
	const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
	const found = new Map<string, Set<string> | null>();
	const before = (id: string): Set<string> | null => {
		const parts = (required.get(id) ?? []).map(wayTo).filter((way) => way !== null);
		const needed = nodes.get(id)?.needed ?? 0;
		if (parts.length < needed) return null;
		const cheapest = parts.toSorted((a, b) => a.size - b.size).slice(0, needed);
		return new Set(cheapest.flatMap((way) => [...way]));
	};
	const wayTo = (id: string): Set<string> | null => {
		if (held.has(id)) return new Set();
		const known = found.get(id);
		if (known !== undefined) return known;
		// Against a cycle, which the catalogue refuses but a drawing must survive: no way while it is being looked for.
		found.set(id, null);
		const way = nodes.get(id)?.name == null ? null : before(id);
		const whole = way && new Set([...way, id]);
		found.set(id, whole);
		return whole;
	};
	return before(goal);
}
