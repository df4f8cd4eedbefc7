import type { EducationalOccupationalCredential } from "schema-dts";
import { describeCompetency, describeInstitute } from "../forms/schema-org.ts";

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
export function describeBadge(badge: DescribedBadge, url: string, origin: string) {
	const { institute } = badge;
	const recognisers = new Map((badge.recognisedBy ?? []).map(({ by }) => [by.slug, describeInstitute(origin, by.slug, by.name)]));
	return {
		"@type": "EducationalOccupationalCredential",
		"@id": url,
		url,
		sameAs: isAddress(badge.iri) ? badge.iri : undefined,
		identifier: badge.iri,
		credentialCategory: "badge",
		name: badge.name,
		description: badge.description,
		inLanguage: badge.language,
		keywords: badge.tags.length > 0 ? badge.tags.join(", ") : undefined,
		dateCreated: badge.createdAt,
		dateModified: badge.updatedAt,
		publisher: { ...describeInstitute(origin, institute.slug, institute.name), url: institute.website ?? undefined },
		competencyRequired: [
			...(badge.competencies ?? []).map(({ competency }) => describeCompetency(origin, competency)),
			...badge.alignments.map((one) => ({
				"@type": "DefinedTerm" as const,
				name: one.targetName,
				termCode: one.targetCode ?? undefined,
				inDefinedTermSet: one.targetFramework ? { "@type": "DefinedTermSet" as const, name: one.targetFramework } : undefined,
				url: isAddress(one.targetUrl) ? one.targetUrl : undefined,
			})),
		],
		recognizedBy: [...recognisers.values()],
	} satisfies EducationalOccupationalCredential;
}

const isAddress = (text: string | null): text is string => text !== null && /^https?:/i.test(text);
