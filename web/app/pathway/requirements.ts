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
