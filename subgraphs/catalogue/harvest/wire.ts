import { z } from "zod";
import { isGlobalId, ownerOf } from "../../../schema/global-id.ts";
import { badgeClassId, requirement } from "./wire-requirement.ts";
import { printable, text } from "./wire-text.ts";

/**
 * The border to members: what the harvest asks them, and what it accepts. Nothing behind this file sees a value that
 * a member sent unchecked.
 */

export const READ_CHANGES = `query Harvest($since: String, $first: Int!) {
	badgeClassCount
	changes(since: $since, first: $first) {
		position hasMore
		changes { kind id badgeClass {
			id iri name description image criteria { narrative url } tags language
			alignments { targetName targetUrl targetFramework targetCode targetDescription }
			issuer { id name } status createdAt updatedAt request { open url }
			requirement { rule needed badgeClassIds parts {
				kind group needed distinctIssuers badgeClassId competency recognised notOlderThanDays
			} }
			exactMatches
		} }
	}
}`;

/** Tells that something changed: what, is read with {@link READ_CHANGES}. */
export const WATCH_CHANGES = "subscription Watch($since: String) { badgeClassChanged(since: $since) { position } }";

export const name = text(500).refine((value) => value.trim() !== "", "is empty");
export const address = text(4000)
	.nullish()
	.transform((value) => value ?? null);
const instant = z.iso.datetime({ offset: true, error: "is not an instant" }).transform((value) => new Date(value));

const rowSchema = z.object({
	id: badgeClassId,
	iri: text(4000),
	name,
	description: text(50_000),
	image: address,
	criteria: z.object({
		narrative: text(50_000)
			.nullish()
			.transform((value) => value ?? null),
		url: address,
	}),
	tags: z.array(text(200)).max(100, "are more than 100"),
	language: text(50),
	alignments: z
		.array(
			z.object({
				targetName: text(1000),
				targetUrl: address,
				targetFramework: text(1000)
					.nullish()
					.transform((value) => value ?? null),
				targetCode: text(1000)
					.nullish()
					.transform((value) => value ?? null),
				targetDescription: text(10_000)
					.nullish()
					.transform((value) => value ?? null),
			}),
		)
		.max(200, "are more than 200"),
	issuer: z.object({ id: z.string().refine(isGlobalId, "is not an id"), name }),
	status: z.enum(["PUBLISHED", "RETIRED"]),
	createdAt: instant,
	updatedAt: instant,
	request: z.object({ open: z.boolean(), url: address }),
	requirement: requirement.nullish().transform((value) => value ?? null),
	exactMatches: z.array(badgeClassId).max(100, "are more than 100"),
});

/** A badge class as a member sent it, checked. */
export type HarvestedBadge = z.output<typeof rowSchema>;

/** One step of a member's history, checked. */
export type HarvestedChange =
	| { kind: "SAVED"; id: string; badge: HarvestedBadge }
	| { kind: "REMOVED"; id: string }
	/** What the member sent is not accepted: what is kept of the row stays. */
	| { kind: "REFUSED"; id: string; reason: string };

export interface HarvestedPage {
	changes: HarvestedChange[];
	position: string;
	hasMore: boolean;
	/** How many badge classes the member says it has. */
	count: number;
}

const pageSchema = z.object({
	badgeClassCount: z.int().min(0),
	changes: z.object({
		position: z.string().min(1).max(1000),
		hasMore: z.boolean(),
		changes: z.array(z.object({ kind: z.string(), id: z.string(), badgeClass: z.unknown() })).max(500),
	}),
});

/** Checks a page row by row. Throws when it is not a page at all. */
export function readPage(slug: string, data: unknown): HarvestedPage {
	const result = pageSchema.safeParse(data);
	if (!result.success) throw new Error(`its history is not as the contract says: ${describeProblem(result.error)}`);
	const { changes, position, hasMore } = result.data.changes;
	return {
		changes: changes.map((change) => readChange(slug, change)),
		position: printable(position),
		hasMore,
		count: result.data.badgeClassCount,
	};
}

function readChange(slug: string, { id, badgeClass }: { id: string; badgeClass?: unknown }): HarvestedChange {
	const shownId = printable(id).slice(0, 264);
	if (!isGlobalId(id)) return { kind: "REFUSED", id: shownId, reason: "is not an id of a badge class" };
	if (ownerOf(id) !== slug) return { kind: "REFUSED", id, reason: `does not belong to ${slug}` };
	// Whatever the kind of the change: the row is told as it is now, and null when it has gone since.
	if (badgeClass == null) return { kind: "REMOVED", id };
	const row = rowSchema.safeParse(badgeClass);
	if (!row.success) return { kind: "REFUSED", id, reason: describeProblem(row.error) };
	if (row.data.id !== id) return { kind: "REFUSED", id, reason: `is sent as ${row.data.id}` };
	if (ownerOf(row.data.issuer.id) !== slug)
		return { kind: "REFUSED", id, reason: `its issuer ${row.data.issuer.id} does not belong to ${slug}` };
	return { kind: "SAVED", id, badge: row.data };
}

/** The first thing wrong, and where. Never what was sent. */
export function describeProblem(error: z.ZodError): string {
	const [issue] = error.issues;
	return issue ? `${issue.path.map(String).join(".")} ${issue.message}`.trim() : "is not as the contract says";
}
