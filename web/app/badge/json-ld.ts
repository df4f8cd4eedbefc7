/** What a badge's machine twin is made of. */
export interface DescribedBadge {
	iri: string;
	name: string;
	description: string;
	language: string;
	tags: readonly string[];
	createdAt: string;
	updatedAt: string;
	competencies: readonly { competency: { code: string; label: string } }[] | null;
	alignments: readonly { targetName: string; targetUrl: string | null; targetCode: string | null; targetFramework: string | null }[];
	recognisedBy: readonly { by: { slug: string; name: string } }[] | null;
	institute: { slug: string; name: string; website: string | null };
}

/** schema.org's EducationalOccupationalCredential: the badge, never anyone's holding of it. */
export function describeBadge(badge: DescribedBadge, url: string, origin: string): Record<string, unknown> {
	const { institute } = badge;
	const organisation = (slug: string, name: string) => ({
		"@type": "EducationalOrganization",
		"@id": `${origin}/etablissements/${slug}`,
		name,
	});
	const recognisers = new Map((badge.recognisedBy ?? []).map(({ by }) => [by.slug, organisation(by.slug, by.name)]));
	return {
		"@context": "https://schema.org",
		"@type": "EducationalOccupationalCredential",
		"@id": url,
		url,
		sameAs: /^https?:/.test(badge.iri) ? badge.iri : undefined,
		identifier: badge.iri,
		credentialCategory: "badge",
		name: badge.name,
		description: badge.description,
		inLanguage: badge.language,
		keywords: badge.tags.length > 0 ? badge.tags.join(", ") : undefined,
		dateCreated: badge.createdAt,
		dateModified: badge.updatedAt,
		publisher: { ...organisation(institute.slug, institute.name), url: institute.website ?? undefined },
		competencyRequired: [
			...(badge.competencies ?? []).map(({ competency }) => ({
				"@type": "DefinedTerm",
				name: competency.label,
				termCode: competency.code,
				inDefinedTermSet: "ROME 4.0",
				url: `${origin}/competences/${competency.code}`,
			})),
			...badge.alignments.map((one) => ({
				"@type": "DefinedTerm",
				name: one.targetName,
				termCode: one.targetCode ?? undefined,
				inDefinedTermSet: one.targetFramework ?? undefined,
				url: one.targetUrl ?? undefined,
			})),
		],
		recognizedBy: [...recognisers.values()],
	};
}
