import { describe, expect, it } from "vitest";
import { type Completeness, sayCompleteness } from "../../web/app/forms/completeness.ts";
import { endingOf, withEnding } from "../../web/app/forms/endings.ts";
import { describeCompetency, describeJob, describeList, inContext, refer } from "../../web/app/forms/schema-org.ts";

const origin = "https://hub.example";
const whole: Completeness = { missing: [], stale: [], cut: null };

describe("the forms of a page", () => {
	it("have its address with an ending, before the question", () => {
		expect(withEnding("/badges", "csv")).toBe("/badges.csv");
		expect(withEnding("/ecart?metier=K1801&acquis=a%3A1", "json")).toBe("/ecart.json?metier=K1801&acquis=a%3A1");
		expect(["/badges.csv", "/en/badges/a:1.2.jsonld", "/metiers.json"].map(endingOf)).toEqual(["csv", "jsonld", "json"]);
	});

	it("say what they lack, and nothing when they lack nothing", () => {
		expect(sayCompleteness(whole, "fr")).toBeNull();
		const cut = sayCompleteness({ ...whole, cut: { listed: 5000, total: 6000 } }, "fr");
		expect(cut).toMatch(/^Réponse incomplète\. Seuls les 5\s000 premiers sur 6\s000 sont ici/u);
		const silent = sayCompleteness({ ...whole, missing: [{ slug: "a", name: "Centre A" }] }, "en");
		expect(silent).toMatch(/^Incomplete answer\. Centre A did not answer/);
	});

	it("describe one thing, or several that refer to one another, and what is lacking in schema.org's own words", () => {
		const term = describeCompetency(origin, { code: "100023", label: "Accueillir" });
		const job = { ...describeJob(origin, { code: "M1601", label: "Agent d’accueil" }), skills: refer(term) };
		expect(inContext([term], null)).toEqual({
			"@context": "https://schema.org",
			"@type": "DefinedTerm",
			"@id": `${origin}/competences/100023`,
			url: `${origin}/competences/100023`,
			name: "Accueillir",
			termCode: "100023",
			inDefinedTermSet: { "@type": "DefinedTermSet", name: "ROME 4.0" },
		});
		expect(inContext([job, term], "Il manque X.")).toMatchObject({
			"@context": "https://schema.org",
			"@graph": [
				{
					"@type": "Occupation",
					occupationalCategory: { "@type": "CategoryCode", codeValue: "M1601" },
					skills: { "@id": term["@id"] },
					subjectOf: { "@type": "CreativeWork", creativeWorkStatus: "Incomplete", description: "Il manque X." },
				},
				{ "@type": "DefinedTerm" },
			],
		});
	});

	it("number a list in its order, and say of how many it is a part", () => {
		const jobs = ["A1", "B2"].map((code) => describeJob(origin, { code, label: code }));
		expect(describeList("Métiers", `${origin}/metiers`, jobs, 40)).toMatchObject({
			"@type": "ItemList",
			numberOfItems: 40,
			itemListElement: [
				{ "@type": "ListItem", position: 1, item: { name: "A1" } },
				{ "@type": "ListItem", position: 2, item: { name: "B2" } },
			],
		});
	});
});
