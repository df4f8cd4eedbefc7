/** Where a catalogue stands in for a member, on the server that answers at `catalogueUrl`. */
export function standInAddress(catalogueUrl: string, slug: string): URL {
	return new URL(STAND_IN_PATH.replace(":slug", encodeURIComponent(slug)), catalogueUrl);
}

export const STAND_IN_PATH = "/stand-in/:slug/graphql";
