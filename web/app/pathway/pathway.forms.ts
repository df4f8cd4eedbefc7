import { answerForms } from "../forms/answer-forms.ts";
import { type Locale, textsOf } from "../i18n/locale.ts";
import { pathwayPath } from "../ui/paths.ts";
import { describePathwayBadge, describeRequired, describeSteps } from "./describe-pathway.ts";
import { partCells } from "./part-cells.ts";
import { readPathwayQuestion } from "./pathway-address.ts";
import { readPathway } from "./read-pathway.ts";
import { type RulePart } from "./rule-parts.ts";
import { conditionWords, groupsAround, groupWordsAt, ruleWords } from "./rule-words.ts";

const HEADINGS = {
	fr: [
		"Métabadge",
		"Son identifiant",
		"Ce qu’il en faut",
		"Nature",
		"Nom",
		"Code ou identifiant",
		"Établissement",
		"Conditions",
		"État",
		"Acquis",
		"Autres badges qui conviennent",
		"Étape du plus court chemin",
		"Se demande",
		"Page",
	],
	en: [
		"Metabadge",
		"Its identifier",
		"What of it is needed",
		"Kind",
		"Name",
		"Code or identifier",
		"Institute",
		"Conditions",
		"State",
		"Met",
		"Other badges that count",
		"Step of the shortest way",
		"Can be requested",
		"Page",
	],
};

type Reading = Awaited<ReturnType<typeof readPathway>>;

/** `/parcours/<id>` with the same address: a row for each badge or competency that a rule names, the goal's rule first. */
export const loader = answerForms({
	async read(hub, { params, url }) {
		const question = readPathwayQuestion(url.searchParams);
		return { question, ...(await readPathway(hub, params.id ?? "", question)) };
	},
	personal: ({ question }) => question.held.length > 0,
	name: ({ id }) => `parcours-${id}`,
	rows: (data, { locale, address }) => [
		HEADINGS[locale],
		...Object.entries(data.rules).flatMap(([metabadge, parts]) =>
			parts.flatMap((part, place) =>
				part.kind === "BADGE" || part.kind === "COMPETENCY"
					? [[data.names[metabadge] ?? metabadge, metabadge, ...rowOf(data, parts, place, locale, address)]]
					: [],
			),
		),
	],
	json: ({ id, name, nodes, edges, rules, progress, way, unlocks }) => ({
		pathway: { badgeClassId: id, name, nodes, edges },
		progress: { ...progress, parts: rules[id] ?? [] },
		rules: Object.entries(rules).map(([badgeClassId, parts]) => ({ badgeClassId, parts })),
		shortestWay: way,
		unlocks,
	}),
	describe: ({ id, name, nodes, rules, places, competencies }, { locale, origin, address }) => {
		const t = textsOf(locale);
		const badges = nodes.flatMap((node) => (node.name === null ? [] : [{ id: node.id, name: node.name }]));
		return [
			describeSteps(
				`${t.pathway.eyebrow} – ${name}`,
				address(pathwayPath(id)),
				"",
				badges.map((badge) => {
					const parts = rules[badge.id] ?? [];
					const item = { ...describePathwayBadge(origin, badge, places), ...describeRequired(origin, parts, competencies) };
					return { item, says: parts.length === 0 ? "" : ruleWords(parts, 0, competencies, t.rule) };
				}),
			),
		];
	},
});

function rowOf(
	data: Reading & { question: { held: string[] } },
	parts: readonly RulePart[],
	place: number,
	locale: Locale,
	address: (path: string) => string,
): string[] {
	const t = textsOf(locale);
	const part = parts[place] as RulePart;
	const cells = partCells(part, data, locale, address);
	const step = part.kind === "BADGE" ? (data.way?.badges.findIndex((badge) => badge.id === part.id) ?? -1) : -1;
	return [
		groupsAround(parts, place)
			.map((group) => groupWordsAt(parts, group, t.rule))
			.join(" > "),
		cells.kind,
		cells.name,
		cells.code,
		cells.institute,
		conditionWords(part, t.rule).join(", "),
		cells.state,
		cells.met,
		cells.alternatives,
		step < 0 ? "" : String(step + 1),
		cells.open,
		cells.page,
	];
}
