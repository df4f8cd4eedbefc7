/** Data for machines in the page. `<` is escaped: no text of an issuer can close the element. */
export function JsonLd({ data }: { data: unknown }) {
	const json = JSON.stringify(data).replaceAll("<", "\\u003c");
	// biome-ignore lint/security/noDangerouslySetInnerHtml: JSON with `<` escaped, in an element that runs nothing.
	return <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: json }} />;
}
