import { answerForms } from "../forms/answer-forms.ts";
import { formatYes } from "../i18n/format.ts";
import { textsOf } from "../i18n/locale.ts";
import { drawnPath } from "../ui/paths.ts";
import { describeAsked, describePathwayBadge, describeSteps } from "./describe-pathway.ts";
import { partCells } from "./part-cells.ts";
import { readPathwayQuestion } from "./pathway-address.ts";
import { readDrawn } from "./read-drawn.ts";

const HEADINGS = {
	fr: [
		"Étape",
		"Facultative",
		"Nature",
		"Nom",
		"Code ou identifiant",
		"Établissement",
		"Note du référent",
		"État",
		"Acquise",
		"Autres badges qui conviennent",
		"Se demande",
		"Page",
	],
	en: [
		"Step",
		"Optional",
		"Kind",
		"Name",
		"Code or identifier",
		"Institute",
		"The steward’s note",
		"State",
		"Met",
		"Other badges that count",
		"Can be requested",
		"Page",
	],
};

/** `/parcours/trace/<id>` with the same address: the steps in the steward's order. */
export const loader = answerForms({
	async read(hub, { params, url }) {
		const question = readPathwayQuestion(url.searchParams);
		return { question, ...(await readDrawn(hub, params.id ?? "", question)) };
	},
	personal: ({ question }) => question.held.length > 0,
	name: ({ id }) => `parcours-trace-${id}`,
	rows: (data, { locale, address }) => [
		HEADINGS[locale],
		...data.steps.map(({ optional, note, part }, place) => {
			const cells = partCells(part, data, locale, address);
			return [
				String(place + 1),
				formatYes(locale, optional),
				cells.kind,
				cells.name,
				cells.code,
				cells.institute,
				note,
				cells.state,
				cells.met,
				cells.alternatives,
				cells.open,
				cells.page,
			];
		}),
	],
	json: ({ id, name, description, steps, met, share }) => ({
		drawnPathway: { id, name, description, steps: steps.map(({ optional, note }, place) => ({ place, optional, note })) },
		drawnProgress: { met, share, steps: steps.map(({ part }) => part) },
	}),
	describe: ({ id, name, description, steps, places, competencies }, { locale, origin, address }) => {
		const t = textsOf(locale).drawn;
		const entries = steps.flatMap(({ optional, note, part }) => {
			if (part.kind === "BADGE" && (part.id === null || part.name === null)) return [];
			const item =
				part.kind === "BADGE"
					? describePathwayBadge(origin, { id: part.id as string, name: part.name as string }, places)
					: describeAsked(origin, part.name ?? "", competencies);
			return [{ item, says: [optional && t.optional, note].filter(Boolean).join(" – ") }];
		});
		const list = describeSteps(name, address(drawnPath(id)), description, entries);
		return [{ ...list, itemListOrder: "https://schema.org/ItemListOrderAscending" as const }];
	},
});
