import { type Recognition, RecognitionScope } from "../recognition.ts";

/** How a recognition of a member, or of something of it, reaches one badge class of that member. */

/** Words of an issuer about what a badge corresponds to: those by which it can be in a field of competencies. */
export interface FieldAlignment {
	targetName: string;
	targetCode?: string | null;
	targetUrl?: string | null;
}

/** A badge class, with what is known of it. */
export interface KnownBadge {
	id: string;
	/** Slug of its institute. */
	owner: string;
	/** Id of its issuer, as its institute says it; absent where that is not known. */
	issuer?: string | undefined;
	/** As its institute says them; absent where they are not known. */
	alignments?: readonly FieldAlignment[] | undefined;
}

/** The nearest to the badge first. */
export const REACHES = ["BADGE_CLASS", "ISSUER", "INSTITUTE", "FIELD"] as const;
export type BadgeReach = (typeof REACHES)[number];

/**
 * How a recognition reaches a badge class; undefined when it does not, or when that cannot be told. A recognition for a
 * field reaches what is aligned to that very field, and nothing that only resembles it: no more is claimed than was signed.
 */
export function reachOf(one: Recognition, badge: KnownBadge): BadgeReach | undefined {
	if (one.memberSlug !== badge.owner) return undefined;
	switch (one.scope) {
		case RecognitionScope.BADGE_CLASS:
			return one.badgeClassId === badge.id ? "BADGE_CLASS" : undefined;
		case RecognitionScope.ISSUER:
			return one.issuerId !== null && one.issuerId === badge.issuer ? "ISSUER" : undefined;
		case RecognitionScope.INSTITUTE:
			return "INSTITUTE";
		case RecognitionScope.FIELD:
			return alignmentTo(one.field, badge) ? "FIELD" : undefined;
	}
}

/** The alignment by which a badge class is in a field: its name, code or address is the field's, but for case and spaces. */
export function alignmentTo(field: string | null, { alignments = [] }: KnownBadge): FieldAlignment | undefined {
	const wanted = plain(field);
	if (wanted === "") return undefined;
	return alignments.find(({ targetName, targetCode, targetUrl }) =>
		[targetName, targetCode, targetUrl].some((one) => plain(one) === wanted),
	);
}

function plain(text: string | null | undefined): string {
	return (text ?? "").normalize("NFKC").trim().replace(/\s+/g, " ").toLocaleLowerCase("fr");
}
