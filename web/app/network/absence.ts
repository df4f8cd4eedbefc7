/** `extensions.completeness` of the hub's answers; more fields than these are the hub's business. */
export interface Completeness {
	missing?: { institute: string; reason?: string }[];
	stale?: { institute: string; asOf?: string }[];
}

/** The institutes whose own words are not on the page, by the names under which the network admitted them. */
export interface Absence {
	missing: { slug: string; name: string }[];
	stale: { slug: string; name: string; asOf: string | null }[];
}

/** What several answers lack, each institute once. */
export function noteCompleteness(notes: readonly Completeness[]): Required<Completeness> {
	const missing = new Map(notes.flatMap((note) => note.missing ?? []).map((item) => [item.institute, item]));
	const stale = new Map(notes.flatMap((note) => note.stale ?? []).map((item) => [item.institute, item]));
	return { missing: [...missing.values()], stale: [...stale.values()] };
}

export function nameAbsence({ missing, stale }: Required<Completeness>, names: Record<string, string>): Absence {
	const nameOf = (slug: string) => names[slug] ?? slug;
	return {
		missing: missing.map(({ institute }) => ({ slug: institute, name: nameOf(institute) })),
		stale: stale.map(({ institute, asOf }) => ({ slug: institute, name: nameOf(institute), asOf: asOf ?? null })),
	};
}
