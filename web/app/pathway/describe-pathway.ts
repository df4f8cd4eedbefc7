import type { AlignmentObject, DefinedTerm, EducationalOccupationalCredential, ItemList } from "schema-dts";
import { ownerOf } from "../badge/badge-id.ts";
import { type Described, describeCompetency, describeInstitute, describeList, nameBadge } from "../forms/schema-org.ts";
import type { Places } from "./places.ts";
import { partsWithin, type RulePart } from "./rule-parts.ts";
import { competencyLabel } from "./rule-words.ts";

/** A badge of a pathway, with who issues it. */
export function describePathwayBadge(origin: string, badge: { id: string; name: string }, places: Places) {
	const slug = ownerOf(badge.id);
	const publisher = describeInstitute(origin, slug, places.institutes[slug]?.name ?? slug);
	return { ...nameBadge(origin, badge), publisher } satisfies EducationalOccupationalCredential;
}

/** A competency that a rule or a step asks for; by its address where it is of another referential than the hub's. */
export function describeAsked(origin: string, name: string, labels: Record<string, string>): DefinedTerm {
	const label = competencyLabel(name, labels);
	if (name in labels) return describeCompetency(origin, { code: name.toUpperCase(), label });
	return /^https?:\/\//i.test(name)
		? { "@type": "DefinedTerm", "@id": name, name, url: name }
		: { "@type": "DefinedTerm", name: label, termCode: label };
}

/** A list in its order, of which each entry may say something of its own. */
export function describeSteps(
	name: string,
	url: string,
	description: string,
	entries: readonly { item: Described; says: string }[],
): ItemList & { "@id": string } {
	const items = entries.map(({ item }) => item);
	const { itemListElement, ...list } = describeList(name, url, items);
	return {
		...list,
		...(description && { description }),
		itemListElement: itemListElement.map((element, place) => {
			const says = entries[place]?.says;
			return says ? { ...element, description: says } : element;
		}),
	};
}

/**
 * What a rule asks for whatever is chosen: `educationalAlignment` of the type « requires » and `competencyRequired`. Of
 * what is one of several enough, schema.org has no term: the list says it in words.
 */
export function describeRequired(origin: string, parts: readonly RulePart[], labels: Record<string, string>) {
	const required = alwaysRequired(parts);
	const badges = required.flatMap(({ kind, id, name }): AlignmentObject[] =>
		kind === "BADGE" && id && name
			? [{ "@type": "AlignmentObject", alignmentType: "requires", targetName: name, targetUrl: `${origin}/badges/${id}` }]
			: [],
	);
	const competencies = required.filter(({ kind }) => kind === "COMPETENCY").map(({ name }) => describeAsked(origin, name ?? "", labels));
	return {
		...(badges.length > 0 && { educationalAlignment: badges }),
		...(competencies.length > 0 && { competencyRequired: competencies }),
	} satisfies Partial<EducationalOccupationalCredential>;
}

/** The leaves without which a rule is not met: those that stand in groups of which all is needed. Badges that others replace are not among them. */
export function alwaysRequired(parts: readonly RulePart[], place = 0): RulePart[] {
	const part = parts[place];
	if (!part) return [];
	const within = partsWithin(parts, place);
	if (part.kind === "BADGE") return part.alternatives.length === 0 ? [part] : [];
	if (part.kind === "COMPETENCY") return [part];
	const needed = part.kind === "ANY" ? 1 : (part.needed ?? within.length);
	return needed >= within.length ? within.flatMap((one) => alwaysRequired(parts, one)) : [];
}
