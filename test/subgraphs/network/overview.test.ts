import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { NetworkContext } from "../../../subgraphs/network/context.ts";
import { EgoNetworkResolver } from "../../../subgraphs/network/graph/overview.resolver.ts";
import { linksAmong, membersOf, NO_COLLECTIVE, overviewOf, pageOf } from "../../../subgraphs/network/graph/overview.ts";
import { TrustQuestionsResolver } from "../../../subgraphs/network/graph/questions.resolver.ts";
import { TrustGraph } from "../../../subgraphs/network/graph/trust-graph.ts";
import { Recognition, RecognitionScope } from "../../../subgraphs/network/recognition.ts";

const recognition = (place: number, bySlug: string, memberSlug: string, badge?: string): Recognition =>
	Object.assign(new Recognition(), {
		id: `00000000-0000-4000-8000-${String(place).padStart(12, "0")}`,
		bySlug,
		memberSlug,
		scope: badge ? RecognitionScope.BADGE_CLASS : RecognitionScope.INSTITUTE,
		badgeClassId: badge ? `${memberSlug}:${badge}` : null,
		since: new Date(Date.UTC(2026, 0, 31 - Math.floor(place / 2))),
	});

const collectives = new Map([
	["a", ["nord"]],
	["b", ["nord", "sud"]],
	["c", ["sud"]],
]);
const network = () =>
	new TrustGraph(
		[
			recognition(0, "a", "b"),
			recognition(1, "a", "b", "accueil"),
			recognition(2, "b", "a", "accueil"),
			recognition(3, "c", "a"),
			recognition(4, "d", "a"),
		],
		["a", "b", "c", "d"],
		collectives,
	);
const anything = { member: null, collective: null, from: null, to: null, scope: null };

describe("the network at a glance", () => {
	it("counts members and recognitions of each collective, and those between two, a member of several in each", () => {
		const { memberCount, recognitionCount, groups, allLinks, linkCount } = overviewOf(network());
		expect([memberCount, recognitionCount, linkCount]).toEqual([4, 5, 3]);
		expect(groups.map(({ id, memberCount: members, withinCount }) => [id, members, withinCount])).toEqual([
			["nord", 2, 3],
			["sud", 2, 0],
			[NO_COLLECTIVE, 1, 0],
		]);
		expect(allLinks.map(({ from, to, recognitionCount: count }) => [from, to, count])).toEqual([
			["nord", "sud", 2],
			["sud", "nord", 2],
			[NO_COLLECTIVE, "nord", 1],
		]);
	});

	it("is counted once for each state of the network", () => {
		const graph = network();
		expect(overviewOf(graph)).toBe(overviewOf(graph));
	});

	it("keeps, of too many members, those with most recognitions, and the links between them", () => {
		const { memberCount, members, links } = membersOf(network(), null, 2);
		expect([
			memberCount,
			members.map(({ slug, recognisesCount, recognisedByCount }) => [slug, recognisesCount, recognisedByCount]),
		]).toEqual([
			4,
			[
				["a", 1, 3],
				["b", 1, 1],
			],
		]);
		expect(links.map(({ from, to, recognitionCount, isWhole }) => [from, to, recognitionCount, isWhole])).toEqual([
			["a", "b", 2, true],
			["b", "a", 1, false],
		]);
		expect(membersOf(network(), NO_COLLECTIVE, 10).members.map(({ slug }) => slug)).toEqual(["d"]);
		expect(linksAmong(network(), new Set(["c", "d"]))).toEqual([]);
	});
});

describe("the network around a member", () => {
	const SLUGS = ["a", "b", "c", "d", "e", "f", "g"];
	const anyNetwork = fc
		.uniqueArray(fc.tuple(fc.constantFrom(...SLUGS), fc.constantFrom(...SLUGS), fc.constantFrom("", "accueil", "vente")), {
			maxLength: 14,
			selector: String,
		})
		.map((all) => all.filter(([by, of]) => by !== of).map(([by, of, badge], place) => recognition(place, by, of, badge)));

	/** Recognitions from one to each other, whatever their direction, by trying every way through every member. */
	function distancesFrom(centre: string, all: readonly Recognition[]): Map<string, number> {
		const far = new Map(SLUGS.map((one) => [one, new Map(SLUGS.map((other) => [other, one === other ? 0 : Number.POSITIVE_INFINITY]))]));
		const between = (one: string, other: string) => far.get(one)?.get(other) as number;
		for (const { bySlug, memberSlug } of all) {
			far.get(bySlug)?.set(memberSlug, 1);
			far.get(memberSlug)?.set(bySlug, 1);
		}
		for (const by of SLUGS)
			for (const one of SLUGS)
				for (const other of SLUGS) far.get(one)?.set(other, Math.min(between(one, other), between(one, by) + between(by, other)));
		return far.get(centre) as Map<string, number>;
	}

	/** As the resolvers answer `egoNetwork(member:, depth:, first:) { links … }`. */
	async function around(all: readonly Recognition[], centre: string, depth: number, first: number) {
		const context = { graph: { current: async () => new TrustGraph(all, SLUGS) } } as NetworkContext;
		const ego = await new TrustQuestionsResolver().egoNetwork(centre, depth, first, context);
		if (!ego) throw new Error(`${centre} is a member`);
		return { ego, links: await new EgoNetworkResolver().links(ego, context) };
	}

	const line = (from: string, to: string, count: number, isWhole: boolean) => `${from} ${to} ${count} ${isWhole}`;
	const expectedLinks = (all: readonly Recognition[], shown: ReadonlySet<string>) => {
		const among = all.filter(({ bySlug, memberSlug }) => shown.has(bySlug) && shown.has(memberSlug));
		return SLUGS.flatMap((from) =>
			SLUGS.flatMap((to) => {
				const these = among.filter(({ bySlug, memberSlug }) => bySlug === from && memberSlug === to);
				const isWhole = these.some(({ scope }) => scope === RecognitionScope.INSTITUTE);
				return these.length === 0 ? [] : [line(from, to, these.length, isWhole)];
			}),
		);
	};
	const told = (links: Awaited<ReturnType<typeof around>>["links"]) =>
		links.map(({ from, to, recognitionCount, isWhole }) => line(from, to, recognitionCount, isWhole)).sort();

	it.each([1, 2, 3])(
		"has those members, recognitions and links that brute force finds, in any small network, %i recognitions far",
		async (depth) => {
			await fc.assert(
				fc.asyncProperty(anyNetwork, fc.constantFrom(...SLUGS), async (all, centre) => {
					const { ego, links } = await around(all, centre, depth, 100);
					const near = [...distancesFrom(centre, all)].filter(([, distance]) => distance <= depth);
					expect(ego.members.map(({ slug, distance }) => `${slug} ${distance}`).sort()).toEqual(
						near.map(([slug, distance]) => `${slug} ${distance}`).sort(),
					);
					expect([ego.memberCount, ego.isWhole]).toEqual([near.length, true]);
					const shown = new Set(near.map(([slug]) => slug));
					expect(told(links)).toEqual(expectedLinks(all, shown).sort());
					const ids = all.filter(({ bySlug, memberSlug }) => shown.has(bySlug) && shown.has(memberSlug)).map(({ id }) => id);
					expect(ego.recognitions.map(({ id }) => id).sort()).toEqual(ids.sort());
				}),
				{ numRuns: 300 },
			);
		},
	);

	it("has, where it is cut, the nearest members and the links between these, and says how many there are", async () => {
		await fc.assert(
			fc.asyncProperty(
				anyNetwork,
				fc.constantFrom(...SLUGS),
				fc.integer({ min: 1, max: 3 }),
				fc.integer({ min: 1, max: 6 }),
				async (all, centre, depth, first) => {
					const { ego, links } = await around(all, centre, depth, first);
					const near = [...distancesFrom(centre, all).values()].filter((distance) => distance <= depth).sort();
					expect(ego.members.map(({ distance }) => distance)).toEqual(near.slice(0, first));
					expect([ego.memberCount, ego.isWhole]).toEqual([near.length, near.length <= first]);
					expect(told(links)).toEqual(expectedLinks(all, new Set(ego.members.map(({ slug }) => slug))).sort());
				},
			),
			{ numRuns: 300 },
		);
	});
});

describe("the list of recognitions", () => {
	const ids = (filter: Partial<typeof anything>) =>
		pageOf(network(), { ...anything, ...filter }, 50, null)?.nodes.map(({ id }) => Number(id.slice(-2)));

	it("is of a member, of a collective, from one to another, or of a reach", () => {
		expect(ids({ member: "b" } as never)).toEqual([0, 1, 2]);
		expect(ids({ collective: NO_COLLECTIVE } as never)).toEqual([4]);
		expect(ids({ from: "sud", to: "nord" } as never)).toEqual([2, 3]);
		expect(ids({ scope: RecognitionScope.BADGE_CLASS } as never)).toEqual([1, 2]);
	});

	it("gives each once, page by page, newest first, those of one instant too", () => {
		const seen: string[] = [];
		for (let after: string | null = null; ; ) {
			const page = pageOf(network(), anything, 2, after);
			expect(page?.totalCount).toBe(5);
			seen.push(...(page?.nodes.map(({ id }) => id) ?? []));
			after = page?.next ?? null;
			if (after === null) break;
		}
		expect(seen).toEqual(network().recognitions.map(({ id }) => id));
	});

	it("goes on where it was when the last of a page was revoked meanwhile, and refuses what is no cursor", () => {
		const first = pageOf(network(), anything, 2, null);
		const without = new TrustGraph(network().recognitions.toSpliced(1, 1), network().members, collectives);
		expect(pageOf(without, anything, 2, first?.next ?? null)?.nodes.map(({ id }) => id)).toEqual(
			network()
				.recognitions.slice(2, 4)
				.map(({ id }) => id),
		);
		expect(pageOf(network(), anything, 2, "rien")).toBeUndefined();
	});
});
