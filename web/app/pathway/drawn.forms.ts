import { ownerOf } from "../badge/badge-id.ts";
import { answerForms } from "../forms/answer-forms.ts";
import { formatYes } from "../i18n/format.ts";
import { textsOf } from "../i18n/locale.ts";
import { badgePath, drawnPath } from "../ui/paths.ts";
import { describeAsked, describePathwayBadge, describeSteps } from "./describe-pathway.ts";
import { readPathwayQuestion } from "./pathway-address.ts";
import { readDrawn } from "./read-drawn.ts";
import { competencyLabel, reasonWords } from "./rule-words.ts";

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
	rows: ({ steps, question, names, places, competencies }, { locale, address }) => {
		const t = textsOf(locale);
		return [
			HEADINGS[locale],
			...steps.map(({ optional, note, part }, place) => {
				const isBadge = part.kind === "BADGE";
				const id = isBadge ? (part.id ?? "") : "";
				const open = part.badgeClass?.request?.open;
				return [
					String(place + 1),
					formatYes(locale, optional),
					isBadge ? t.forms.badge : t.forms.competency,
					isBadge ? (part.name ?? "") : competencyLabel(part.name ?? "", competencies),
					isBadge ? id : (part.name ?? ""),
					isBadge ? (places.institutes[ownerOf(id)]?.name ?? ownerOf(id)) : "",
					note,
					question.held.length === 0 && part.reason !== "BROKEN" ? "" : reasonWords(part, names, t.rule),
					formatYes(locale, part.met),
					part.alternatives.map((other) => `${other.name} (${other.id})`).join(" | "),
					open === undefined ? "" : formatYes(locale, open),
					isBadge && part.name !== null ? address(badgePath(id)) : "",
				];
			}),
		];
	},
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
