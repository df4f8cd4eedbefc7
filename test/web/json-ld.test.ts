import { describe, expect, it } from "vitest";
import { type DescribedBadge, describeBadge } from "../../web/app/badge/json-ld.ts";

const badge: DescribedBadge = {
	iri: "https://badges.example/1",
	name: "Accueillir",
	description: "Accueille un public.",
	language: "fr",
	tags: ["accueil", "public"],
	createdAt: "2026-01-02T03:04:05.000Z",
	updatedAt: "2026-02-02T03:04:05.000Z",
	competencies: [{ competency: { code: "100023", label: "Accueillir" } }],
	alignments: [{ targetName: "Autonomie", targetUrl: null, targetCode: null, targetFramework: "RECTEC" }],
	recognisedBy: [{ by: { slug: "b", name: "B" } }, { by: { slug: "b", name: "B" } }],
	institute: { slug: "a", name: "A", website: null },
};

describe("a badge for machines", () => {
	it("is a credential that other organisations recognise", () => {
		const data = JSON.parse(JSON.stringify(describeBadge(badge, "https://hub.example/badges/a:1", "https://hub.example")));
		expect(data).toEqual({
			"@type": "EducationalOccupationalCredential",
			"@id": "https://hub.example/badges/a:1",
			url: "https://hub.example/badges/a:1",
			sameAs: "https://badges.example/1",
			identifier: "https://badges.example/1",
			credentialCategory: "badge",
			name: "Accueillir",
			description: "Accueille un public.",
			inLanguage: "fr",
			keywords: "accueil, public",
			dateCreated: "2026-01-02T03:04:05.000Z",
			dateModified: "2026-02-02T03:04:05.000Z",
			publisher: { "@type": "EducationalOrganization", "@id": "https://hub.example/etablissements/a", name: "A" },
			competencyRequired: [
				{
					"@type": "DefinedTerm",
					"@id": "https://hub.example/competences/100023",
					url: "https://hub.example/competences/100023",
					name: "Accueillir",
					termCode: "100023",
					inDefinedTermSet: { "@type": "DefinedTermSet", name: "ROME 4.0" },
				},
				{ "@type": "DefinedTerm", name: "Autonomie", inDefinedTermSet: { "@type": "DefinedTermSet", name: "RECTEC" } },
			],
			recognizedBy: [{ "@type": "EducationalOrganization", "@id": "https://hub.example/etablissements/b", name: "B" }],
		});
	});
});
