import { answerForms } from "../forms/answer-forms.ts";
import { describeInstitute, describeList, nameBadge } from "../forms/schema-org.ts";
import { graphql } from "../graphql.ts";
import { textsOf } from "../i18n/locale.ts";
import { drawnPath, pathwayPath } from "../ui/paths.ts";

const PathwayList_Query = graphql(`
	query PathwayList_Query {
		metabadges {
			id
			name
			instituteSlug
			instituteName
			requestable
			retired
			harvestedAt
			excerpt {
				text
			}
		}
		drawnPathways {
			id
			name
			description
			changedAt
			steps {
				place
				optional
				name
				badgeClassId
				competency
				note
			}
		}
	}
`);

const HEADINGS = {
	fr: ["Nature", "Nom", "Établissement", "Description", "Nombre d’étapes", "Identifiant", "Page"],
	en: ["Kind", "Name", "Institute", "Description", "Number of steps", "Identifier", "Page"],
};

/** `/parcours`: the metabadges, then what stewards propose. */
export const loader = answerForms({
	read: (hub) => hub.need(PathwayList_Query, {}),
	name: () => "parcours",
	rows: ({ metabadges, drawnPathways }, { locale, address }) => {
		const t = textsOf(locale);
		return [
			HEADINGS[locale],
			...metabadges.map((hit) => [
				t.pathway.eyebrow,
				hit.name,
				hit.instituteName,
				hit.excerpt.map(({ text }) => text).join(""),
				"",
				hit.id,
				address(pathwayPath(hit.id)),
			]),
			...drawnPathways.map(({ id, name, description, steps }) => [
				t.drawn.eyebrow,
				name,
				"",
				description,
				String(steps.length),
				id,
				address(drawnPath(id)),
			]),
		];
	},
	json: ({ metabadges, drawnPathways }) => ({
		metabadges: metabadges.map((hit) => ({ ...hit, excerpt: hit.excerpt.map(({ text }) => text).join("") })),
		drawnPathways,
	}),
	describe: ({ metabadges, drawnPathways }, { locale, origin, address }) => {
		const t = textsOf(locale).pathways;
		const badges = metabadges.map((hit) => ({
			...nameBadge(origin, hit),
			publisher: describeInstitute(origin, hit.instituteSlug, hit.instituteName),
		}));
		const drawn = drawnPathways.map(({ id, name, description, steps }) => ({
			...describeList(name, address(drawnPath(id)), [], steps.length),
			description: description || undefined,
		}));
		return [
			describeList(t.metabadges, `${address("/parcours")}#metabadges`, badges),
			describeList(t.drawn, `${address("/parcours")}#proposes`, drawn),
		];
	},
});
