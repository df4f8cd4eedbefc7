import type { DefinedTerm, EducationalOccupationalCredential, EducationalOrganization, ItemList, Occupation, Thing } from "schema-dts";

/**
 * The terms of schema.org in which badges, competencies and jobs are described; `schema-dts` holds each property to the
 * vocabulary when types are checked. Things have the French address of their page for `@id`, whatever the language.
 */
export type Described = Exclude<Thing, string>;

/** schema.org's answer to « there is more than this »: a work about the thing, of which it says that it is incomplete. */
const incomplete = (text: string) => ({
	subjectOf: { "@type": "CreativeWork", creativeWorkStatus: "Incomplete", description: text },
});

/** A JSON-LD document of one thing, or of several beside one another. What it lacks is said of the first. */
export function inContext([first, ...rest]: readonly Described[], lacking: string | null): object {
	const main = { ...(first as object), ...(lacking !== null && incomplete(lacking)) };
	return { "@context": "https://schema.org", ...(rest.length === 0 ? main : { "@graph": [main, ...rest] }) };
}

const ROME = { "@type": "DefinedTermSet", name: "ROME 4.0" } as const;

export function describeInstitute(origin: string, slug: string, name: string) {
	return { "@type": "EducationalOrganization", "@id": `${origin}/etablissements/${slug}`, name } satisfies EducationalOrganization;
}

export function describeCompetency(origin: string, { code, label }: { code: string; label: string }) {
	const url = `${origin}/competences/${encodeURIComponent(code)}`;
	return { "@type": "DefinedTerm", "@id": url, url, name: label, termCode: code, inDefinedTermSet: ROME } satisfies DefinedTerm;
}

export function describeJob(origin: string, { code, label }: { code: string; label: string }) {
	const url = `${origin}/metiers/${encodeURIComponent(code)}`;
	return {
		"@type": "Occupation",
		"@id": url,
		url,
		name: label,
		occupationalCategory: { "@type": "CategoryCode", codeValue: code, inCodeSet: { "@type": "CategoryCodeSet", name: "ROME 4.0" } },
	} satisfies Occupation;
}

/** A badge as lists name it; `about` and `competencyRequired` are the `@id`s of jobs and competencies described beside it. */
export function nameBadge(origin: string, { id, name }: { id: string; name: string }) {
	const url = `${origin}/badges/${id}`;
	return {
		"@type": "EducationalOccupationalCredential",
		"@id": url,
		url,
		credentialCategory: "badge",
		name,
	} satisfies EducationalOccupationalCredential;
}

/** A list in its order. `total` where it is one of more things than are listed. */
export function describeList(name: string, url: string, items: readonly Described[], total = items.length) {
	return {
		"@type": "ItemList",
		"@id": url,
		url,
		name,
		numberOfItems: total,
		itemListElement: items.map((item, place) => ({ "@type": "ListItem" as const, position: place + 1, item })),
	} satisfies ItemList;
}

/** A reference to a thing described elsewhere in the document. */
export const refer = (thing: { "@id": string }) => ({ "@id": thing["@id"] });
