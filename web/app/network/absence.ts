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

/** What several answers lack, each institute once. One whose snapshot stands in everywhere lacks nothing: its rows are old. */
export function noteCompleteness(notes: readonly Completeness[]): Required<Completeness> {
	const lacking = notes.flatMap(({ missing = [], stale = [] }) =>
		missing.filter(({ institute }) => !stale.some((one) => one.institute === institute)),
	);
	const missing = new Map(lacking.map((item) => [item.institute, item]));
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
