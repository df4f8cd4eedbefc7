import { z } from "zod";
import { isGlobalId, ownerOf } from "../../../schema/global-id.ts";
import { address, describeProblem, name } from "./wire.ts";
import { text } from "./wire-text.ts";

/** How a member presents itself and its issuers: what the harvest asks, and what it accepts. */

export const READ_PRESENTATION = `query Presentation($slug: ID!) {
	institute(slug: $slug) {
		slug name description website email logo
		issuers { id iri name description url email image }
	}
}`;

const MOST_ISSUERS = 500;

const note = text(10_000)
	.nullish()
	.transform((value) => value ?? null);

const issuerSchema = z.object({
	id: z.string().refine(isGlobalId, "is not an id"),
	iri: address,
	name,
	description: note,
	url: address,
	email: address,
	image: address,
});

const presentationSchema = z.object({
	institute: z.object({
		slug: z.string(),
		name,
		description: note,
		website: address,
		email: address,
		logo: address,
		issuers: z.array(issuerSchema).max(MOST_ISSUERS, `are more than ${MOST_ISSUERS}`),
	}),
});

/** An issuer as a member sent it, checked. */
export type HarvestedIssuer = z.output<typeof issuerSchema>;

/** What a member says of itself, checked. */
export type HarvestedPresentation = Omit<z.output<typeof presentationSchema>["institute"], "slug">;

/** Checks a member's presentation. Throws when it is not as the contract says; issuers of others are left out. */
export function readPresentation(slug: string, data: unknown): HarvestedPresentation {
	const result = presentationSchema.safeParse(data);
	if (!result.success) throw new Error(`its presentation is not as the contract says: ${describeProblem(result.error)}`);
	const { slug: given, issuers, ...presentation } = result.data.institute;
	if (given !== slug) throw new Error(`it presents itself as ${JSON.stringify(given.slice(0, 100))}`);
	return { ...presentation, issuers: issuers.filter(({ id }) => ownerOf(id) === slug) };
}
