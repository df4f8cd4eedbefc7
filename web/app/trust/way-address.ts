/** The ways of trust from a member to another, or to a badge; without either, the page that asks for them. */
export function wayPath(from: string | null, to: string | null): string {
	const query = new URLSearchParams({ ...(from && { de: from }), ...(to && { a: to }) }).toString();
	return query ? `/reseau/chemin?${query}` : "/reseau/chemin";
}
