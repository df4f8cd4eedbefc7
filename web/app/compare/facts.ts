import { ownerOf } from "../badge/badge-id.ts";
import { formatDate, formatInstant, formatLanguage } from "../i18n/format.ts";
import { type Locale, textsOf } from "../i18n/locale.ts";
import { badgePath, competencyPath, institutePath, jobPath, pathwayPath } from "../ui/paths.ts";
import type { ComparedBadge } from "./read-compared.ts";

/** One thing that is true of a badge. The same `key` in two badges is the same thing. */
export interface Item {
	key: string;
	label: string;
	/** Said beside it; not part of what is compared. */
	note?: string | undefined;
	/** A page of this site. */
	path?: string;
	/** An address elsewhere. */
	url?: string | null;
	/** Language of the label, where it is a text of the issuer's. */
	language?: string;
}

/** One line of a comparison: what each badge, in order, says to one question. */
export interface Fact {
	label: string;
	/**
	 * `PROSE` is read side by side. Of a `VALUE` it is told whether all are the same; of a `LIST` what all have in common;
	 * of a `SET`, that counts most, what one alone has as well.
	 */
	kind: "PROSE" | "SET" | "LIST" | "VALUE";
	cells: Item[][];
	/** Said of a badge that has none. */
	none: string;
}

/** Everything that badges are compared by, the question an employer asks first on top. `names` are institutes' by slug. */
export function compareBadges(badges: readonly ComparedBadge[], names: Record<string, string>, locale: Locale): Fact[] {
	const { compare: t, badge: b, card, site } = textsOf(locale);
	const nameOf = (id: string) => names[ownerOf(id)] ?? ownerOf(id);
	const fact = (
		kind: Fact["kind"],
		label: string,
		read: (badge: ComparedBadge) => (Item | null)[] | null | undefined,
		none = t.nothing,
	): Fact => ({
		label,
		kind,
		cells: badges.map((badge) => (read(badge) ?? [unreadable]).filter((item) => item !== null)),
		none,
	});
	const unreadable: Item = { key: "", label: site.unreadable };
	const value = (label: string, more: Partial<Item> = {}): Item => ({ key: label, label, ...more });
	const facts = [
		fact("PROSE", t.proves, ({ description, language }) => [value(description, { language })]),
		fact("PROSE", b.criteria, ({ criteria, language }) => [
			criteria.narrative ? value(criteria.narrative, { language }) : null,
			criteria.url ? { key: criteria.url, label: b.criteriaLink, url: criteria.url } : null,
		]),
		fact("VALUE", b.issuer, ({ id, institute, issuer }) => [
			{
				key: institute.slug,
				label: nameOf(id),
				path: institutePath(institute.slug),
				note: issuer.name === nameOf(id) ? undefined : issuer.name,
			},
		]),
		fact(
			"SET",
			b.recognisers,
			({ recognisedBy }) =>
				recognisedBy && [
					...new Map(recognisedBy.map(({ by }) => [by.slug, { key: by.slug, label: by.name, path: institutePath(by.slug) }])).values(),
				],
			t.nobody,
		),
		fact("SET", b.competencies, ({ competencies }) =>
			competencies?.map(({ competency: { code, label } }) => ({ key: code, label, path: competencyPath(code) })),
		),
		fact("SET", b.jobs, ({ jobs }) => jobs?.map(({ job: { code, label } }) => ({ key: code, label, note: code, path: jobPath(code) }))),
		fact("LIST", t.alignments, ({ alignments, language }) =>
			alignments.map((one) => ({
				key: [one.targetFramework, one.targetCode, one.targetName].join(" "),
				label: one.targetName,
				note: [one.targetFramework, one.targetCode].filter(Boolean).join(" · ") || undefined,
				url: one.targetUrl,
				language,
			})),
		),
		fact("VALUE", b.request, ({ request, status }) =>
			status === "RETIRED"
				? [value(card.retired)]
				: request.open
					? [value(card.requestable), request.url ? { key: request.url, label: b.requestLink, url: request.url } : null]
					: [value(t.notRequestable)],
		),
		fact(
			"SET",
			b.requires,
			({ requirement, requires }) => {
				if (!requirement) return [];
				return requires?.map(({ id, name }) => ({
					key: id,
					label: name ?? b.unknownBadge,
					note: nameOf(id),
					...(name && { path: badgePath(id) }),
				}));
			},
			t.noRequirement,
		),
		fact("VALUE", t.needed, ({ requirement, requires }) => [
			requirement ? value(t.neededOf(requirement.needed, requires?.length ?? requirement.needed)) : null,
		]),
		fact("SET", b.feeds, ({ requiredBy }) =>
			requiredBy?.map(({ id, name }) => ({ key: id, label: name, note: nameOf(id), path: pathwayPath(id) })),
		),
		fact("LIST", card.tags, ({ tags, language }) => tags.map((tag) => ({ key: tag.toLocaleLowerCase("fr"), label: tag, language }))),
		fact("VALUE", b.language, ({ language }) => [value(formatLanguage(locale, language))]),
		fact("VALUE", b.created, ({ createdAt }) => [value(formatDate(locale, createdAt))]),
		fact("VALUE", b.updated, ({ updatedAt }) => [value(formatDate(locale, updatedAt))]),
		fact(
			"VALUE",
			b.heard,
			({ institute }) => [institute.harvest?.heardAt ? value(formatInstant(locale, institute.harvest.heardAt)) : null],
			t.never,
		),
	];
	// What no badge says anything of is no question, unless that nobody does is an answer.
	return facts.filter(({ cells, none }) => none !== t.nothing || cells.some((items) => items.length > 0));
}
