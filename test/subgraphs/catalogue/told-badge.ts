/** A badge class as a member tells the harvest of it, sound but for `changes`. */
export function toldBadge(slug: string, id: string, changes: Record<string, unknown> = {}) {
	return {
		id,
		iri: `https://${slug}.example/${id}`,
		name: `Badge ${id}`,
		description: "Un badge.",
		image: null,
		criteria: { narrative: "Le faire.", url: null },
		tags: [],
		language: "fr",
		alignments: [],
		issuer: { id: `${slug}:issuer`, name: `Issuer of ${slug}` },
		status: "PUBLISHED",
		createdAt: "2026-01-01T00:00:00.000Z",
		updatedAt: "2026-01-01T00:00:00.000Z",
		request: { open: true, url: null },
		requirement: null,
		exactMatches: [],
		...changes,
	};
}
