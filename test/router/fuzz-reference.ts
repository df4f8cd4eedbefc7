import { type DocumentNode, execute, GraphQLError, type GraphQLSchema } from "graphql";
import { compareCursors, latestFirstCursor, nameCursor } from "../../schema/cursor.ts";
import { fold, ownerOf } from "../../schema/global-id.ts";
import { departementFacts } from "../../subgraphs/network/territory.ts";
import { type Answer } from "../kit/ask.ts";
import { badgeClassOf, type Row } from "../kit/member-server.ts";
import type { FuzzData } from "./fuzz-region.ts";

/** Marks a cursor of the reference: the place itself, where the router's is opaque. */
export const PLACE = "place:";

/**
 * Fields that the reference has no answer to: what they say is worked out by the network subgraph alone, and has tests
 * of its own. A new field that is not here is asked for, and stops the fuzz until it is answered, or named.
 */
export const UNKNOWN_FIELDS: Readonly<Record<string, readonly string[]>> = {
	Query: [
		"egoNetwork",
		"memberNetwork",
		"membersWithoutRecognition",
		"mutualRecognitions",
		"networkAt",
		"networkOverview",
		"recognitionPage",
		"statement",
		"suspensionImpact",
		"trustPath",
	],
	Member: ["keys", "marks", "statement"],
	BadgeClass: ["recognisers"],
};

type FuzzRecognition = FuzzData["network"]["recognitions"][number];

interface Limited {
	first?: number | null;
}

interface PageArguments {
	filter?: { tag?: string | null; institutes?: string[] | null } | null;
	orderBy: string;
	first?: number | null;
	last?: number | null;
	after?: string | null;
	before?: string | null;
}

/** Answers as one server would that holds every row: graphql-js over one tree of objects. */
export function createReference(schema: GraphQLSchema, { rows, network, recognitionIds }: FuzzData) {
	const slugs = Object.keys(rows).sort();
	const all = slugs.flatMap((slug) => (rows[slug] ?? []).map((row) => ({ slug, row })));
	const instant = (day: string) => new Date(day).toISOString();

	const institute = (slug: string) => ({
		slug,
		name: `Institute ${slug}`,
		issuers: [],
		badgeClasses: (given: PageArguments) => page(given, slug),
		membership: () => member(slug),
	});
	const badgeClass = (slug: string, row: Row) => ({
		...badgeClassOf(slug, row),
		issuer: { ...row.issuer, institute: () => institute(slug) },
		institute: () => institute(slug),
		recognisedBy: () => recognitions(({ subject }) => subject === row.id || subject === slug),
		membership: () => member(slug),
	});
	const badgeClassById = (id: string) => {
		const found = all.find(({ row }) => row.id === id);
		return found ? badgeClass(found.slug, found.row) : null;
	};
	const recognitions = (isMeant: (one: FuzzRecognition) => boolean) =>
		network.recognitions
			.filter(isMeant)
			.sort((a, b) => (a.since < b.since ? 1 : -1))
			.map(({ by, subject, since, reason }) => ({
				id: recognitionIds.get(`${by} ${subject}`),
				scope: subject.includes(":") ? "BADGE_CLASS" : "INSTITUTE",
				since: instant(since),
				reason,
				badgeClassId: subject.includes(":") ? subject : null,
				issuerId: null,
				field: null,
				expiresAt: null,
				// Nobody's key is known here: what the register says is not signed.
				statement: null,
				by: () => member(by),
				member: () => member(subject.split(":")[0] as string),
				badgeClass: () => (subject.includes(":") ? badgeClassById(subject) : null),
			}));
	const byName = (names: readonly string[]) =>
		network.members
			.filter(({ slug }) => names.includes(slug))
			.sort((a, b) => compareCursors(nameCursor(a.name, a.slug), nameCursor(b.name, b.slug)))
			.map(({ slug }) => member(slug));
	const collective = (id: string) => {
		const found = network.collectives.find((one) => one.id === id);
		const inIt = network.members.filter(({ collectives }) => collectives.includes(id)).map(({ slug }) => slug);
		return found ? { ...found, members: () => byName(inIt) } : null;
	};
	const collectivesOf = (ids: readonly string[]) =>
		network.collectives
			.filter(({ id }) => ids.includes(id))
			.sort((a, b) => (a.name < b.name ? -1 : 1))
			.map(({ id }) => collective(id));
	const member = (slug: string): object | null => {
		const found = network.members.find((one) => one.slug === slug);
		if (!found) return null;
		const isBy = ({ by }: FuzzRecognition) => by === slug;
		const isOf = ({ subject }: FuzzRecognition) => ownerOf(subject) === slug;
		return {
			slug,
			name: found.name,
			status: "ADMITTED",
			admittedAt: instant(found.admittedAt),
			demonstration: found.demonstration,
			departements: found.departements.map(departementFacts),
			collectives: () => collectivesOf(found.collectives),
			institute: () => institute(slug),
			recognises: ({ first }: Limited) => recognitions(isBy).slice(0, first ?? undefined),
			recognisedBy: ({ first }: Limited) => recognitions(isOf).slice(0, first ?? undefined),
			recognitionsByCount: network.recognitions.filter(isBy).length,
			recognitionsOfCount: network.recognitions.filter(isOf).length,
			mutual: ({ first }: Limited) =>
				mutualOf(slug)
					.slice(0, first ?? undefined)
					.map(member),
			mutualCount: mutualOf(slug).length,
		};
	};
	/** Those first with which it began last, in both directions. */
	const mutualOf = (slug: string): string[] => {
		const begin = (from: string, to: string) =>
			network.recognitions
				.filter(({ by, subject }) => by === from && ownerOf(subject) === to)
				.map(({ since }) => since)
				.sort()[0];
		return slugs
			.flatMap((other) => {
				const days = [begin(slug, other), begin(other, slug)].filter((day) => day !== undefined).sort();
				return days.length === 2 ? [{ other, since: days[1] as string }] : [];
			})
			.sort((a, b) => (a.since === b.since ? (a.other < b.other ? -1 : 1) : a.since < b.since ? 1 : -1))
			.map(({ other }) => other);
	};
	const filtered = (filter: PageArguments["filter"]) =>
		all.filter(({ slug, row }) => (filter?.institutes?.includes(slug) ?? true) && (filter?.tag ? row.tags.includes(filter.tag) : true));

	/** The owner that an id names, when it is a member. */
	const ownerIn = (id: string, field: string): string => {
		const owner = ownerOf(id);
		if (owner !== undefined && owner in rows) return owner;
		throw new GraphQLError("of nobody", {
			extensions: { code: owner === undefined ? "BAD_USER_INPUT" : "UNKNOWN_INSTITUTE", field },
		});
	};

	const root = {
		institute: ({ slug }: { slug: string }) => (ownerIn(slug, "slug") === slug ? institute(slug) : null),
		institutes: () => slugs.map(institute),
		badgeClass: ({ id }: { id: string }) => ownerIn(id, "id") && badgeClassById(id),
		// The members know one issuer by its id, which no row names.
		issuer: ({ id }: { id: string }) => {
			const owner = ownerIn(id, "id");
			return id === `${owner}:issuer` ? { id, name: `Issuer of ${owner}`, institute: () => institute(owner) } : null;
		},
		badgeClassCount: ({ filter }: PageArguments) => filtered(filter).length,
		badgeClasses: (given: PageArguments) => page(given),
		member: ({ slug }: { slug: string }) => member(slug),
		members: ({
			slugs: wanted,
			collective: id,
			departement,
			words,
			first,
		}: Record<"collective" | "departement" | "words", string | null | undefined> & Limited & { slugs?: string[] | null }) =>
			byName(
				network.members
					.filter(({ slug }) => wanted?.includes(slug) ?? true)
					.filter((one) => (id == null || one.collectives.includes(id)) && (departement == null || one.departements.includes(departement)))
					.filter(({ name }) => wordsOf(words ?? "").every((word) => wordsOf(name).some((own) => own.startsWith(word))))
					.map(({ slug }) => slug),
			).slice(0, first ?? undefined),
		recognitions: () => recognitions(() => true),
		collective: ({ id }: { id: string }) => collective(id),
		collectives: () => collectivesOf(network.collectives.map(({ id }) => id)),
	};

	/** A page of all rows, with opaque cursors; or of one institute's, with its own, which are places. */
	function page({ filter, orderBy, first, last, after, before }: PageArguments, of?: string): object {
		const mark = of === undefined ? PLACE : "";
		const asked = filter?.institutes && of === undefined ? slugs.some((slug) => filter.institutes?.includes(slug)) : true;
		const placed = filtered(filter)
			.filter(({ slug }) => of === undefined || slug === of)
			.map(({ slug, row }) => ({ place: placeOf(row, orderBy), slug, row }))
			.sort((a, b) => compareCursors(a.place, b.place));
		const from = after?.slice(mark.length);
		const to = before?.slice(mark.length);
		const within = placed.filter(
			({ place }) => (from === undefined || compareCursors(place, from) > 0) && (to === undefined || compareCursors(place, to) < 0),
		);
		const backward = first == null && last != null;
		const size = first ?? last ?? 20;
		const shown = backward ? within.slice(Math.max(0, within.length - size)) : within.slice(0, size);
		const edges = shown.map(({ place, slug, row }) => ({ cursor: mark + place, node: badgeClass(slug, row) }));
		const more = within.length > shown.length;
		return {
			edges,
			nodes: edges.map(({ node }) => node),
			totalCount: placed.length,
			pageInfo: {
				hasNextPage: backward ? asked && to !== undefined : more,
				hasPreviousPage: backward ? more : asked && from !== undefined,
				startCursor: edges[0]?.cursor ?? null,
				endCursor: edges.at(-1)?.cursor ?? null,
			},
		};
	}

	return async (document: DocumentNode, variableValues: Record<string, unknown>): Promise<Answer> => {
		const result = await execute({ schema, document, rootValue: root, variableValues });
		return JSON.parse(JSON.stringify(result)) as Answer;
	};
}

function wordsOf(text: string): string[] {
	return fold(text).split("_").filter(Boolean);
}

/** The place of a row in an order, as the contract says. */
export function placeOf({ id, name, createdAt, updatedAt }: Row, orderBy: string): string {
	if (orderBy === "NAME") return nameCursor(name, id);
	return latestFirstCursor(new Date(orderBy === "UPDATED" ? (updatedAt ?? createdAt) : createdAt), id);
}
