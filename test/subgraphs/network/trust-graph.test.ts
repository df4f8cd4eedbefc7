import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { impactOf } from "../../../subgraphs/network/graph/impact.ts";
import { TrustGraph } from "../../../subgraphs/network/graph/trust-graph.ts";
import { Recognition, RecognitionScope } from "../../../subgraphs/network/recognition.ts";

/** Who recognises whom, and how far that reaches: against the plainest way to find the same. */

const MEMBERS = ["a", "b", "c", "d", "e", "f"];

function recognition(bySlug: string, subject: string): Recognition {
	const [memberSlug, local] = subject.split(":") as [string, string?];
	const badgeClassId = local === undefined ? null : subject;
	const scope = badgeClassId === null ? RecognitionScope.INSTITUTE : RecognitionScope.BADGE_CLASS;
	return Object.assign(new Recognition(), { id: `${bySlug} ${subject}`, bySlug, memberSlug, badgeClassId, scope, since: new Date(0) });
}

function graphOf(...pairs: string[]): TrustGraph {
	return new TrustGraph(
		pairs.map((pair) => recognition(...(pair.split(" ") as [string, string]))),
		MEMBERS,
	);
}

const ids = (path: readonly Recognition[]) => path.map(({ id }) => id);

describe("ways of trust", () => {
	it("are found shortest first, each hop by whom the one before is of", () => {
		const graph = graphOf("a b", "b c", "a d", "d e", "e c", "c a");
		const { paths, isWhole } = graph.paths("a", { member: "c" }, 4, 10, false);
		expect(paths.map(ids)).toEqual([
			["a b", "b c"],
			["a d", "d e", "e c"],
		]);
		expect(isWhole).toBe(true);
		expect(graph.paths("a", { member: "c" }, 2, 10, false).paths).toHaveLength(1);
		expect(graph.paths("a", { member: "c" }, 4, 1, false)).toMatchObject({ paths: [expect.anything()], isWhole: false });
		expect(graph.paths("c", { member: "f" }, 6, 10, false)).toEqual({ paths: [], isWhole: true });
	});

	it("do not go on from who recognises one badge, unless that is asked for; the last hop may be that badge", () => {
		const graph = graphOf("a b:x", "b c", "b c:y", "c d:z");
		expect(graph.paths("a", { member: "c" }, 4, 10, false).paths).toEqual([]);
		expect(graph.paths("a", { member: "c" }, 4, 10, true).paths.map(ids)).toEqual([
			["a b:x", "b c"],
			["a b:x", "b c:y"],
		]);
		expect(graph.paths("b", { member: "d", badgeClass: "d:z" }, 4, 10, false).paths.map(ids)).toEqual([["b c", "c d:z"]]);
		expect(graph.paths("b", { member: "d", badgeClass: "d:other" }, 4, 10, false).paths).toEqual([]);
	});

	it("are those that brute force finds, in any small network", () => {
		const subject = fc.tuple(fc.constantFrom(...MEMBERS), fc.constantFrom("", ":x", ":y")).map((parts) => parts.join(""));
		const pair = fc.tuple(fc.constantFrom(...MEMBERS), subject).filter(([by, of]) => by !== of.split(":")[0]);
		fc.assert(
			fc.property(
				fc.uniqueArray(pair, { maxLength: 16, selector: String }),
				fc.integer({ min: 1, max: 5 }),
				fc.boolean(),
				(pairs, within, anyScope) => {
					const graph = graphOf(...pairs.map((one) => one.join(" ")));
					for (const goal of [{ member: "b" }, { member: "b", badgeClass: "b:x" }]) {
						const found = graph.paths("a", goal, within, 1_000_000, anyScope).paths;
						const expected = everyPath(graph.recognitions, goal, within, anyScope);
						expect(found.map((path) => ids(path).join()).sort()).toEqual(expected.map((path) => ids(path).join()).sort());
						expect(found.map(({ length }) => length)).toEqual(found.map(({ length }) => length).sort((one, other) => one - other));
					}
					const recognisers = graph.recognisersOf({ id: "b:x", owner: "b" }, within);
					for (const from of MEMBERS.filter((one) => one !== "b")) {
						const lengths = everyPath(graph.recognitions, { member: "b", badgeClass: "b:x" }, within, false, from).map(
							({ length }) => length,
						);
						expect(recognisers.get(from)?.length).toBe(lengths.length === 0 ? undefined : Math.min(...lengths));
					}
				},
			),
			{ numRuns: 400 },
		);
	});

	/** Every way without passing a member twice, the goal's member only at the end where it is the goal. */
	function everyPath(
		all: readonly Recognition[],
		goal: { member: string; badgeClass?: string },
		within: number,
		anyScope: boolean,
		from = "a",
		seen: readonly string[] = [from],
	): Recognition[][] {
		if (within === 0) return [];
		return all
			.filter(({ bySlug }) => bySlug === from)
			.flatMap((hop) => {
				const isWhole = hop.scope === RecognitionScope.INSTITUTE;
				const isGoal =
					hop.memberSlug === goal.member &&
					(goal.badgeClass === undefined ? anyScope || isWhole : isWhole || hop.badgeClassId === goal.badgeClass);
				const isEnd = hop.memberSlug === goal.member && goal.badgeClass === undefined;
				const goesOn = (anyScope || isWhole) && !isEnd && !seen.includes(hop.memberSlug);
				const onwards = goesOn ? everyPath(all, goal, within - 1, anyScope, hop.memberSlug, [...seen, hop.memberSlug]) : [];
				return [...(isGoal ? [[hop]] : []), ...onwards.map((rest) => [hop, ...rest])];
			});
	}
});

describe("the network around a member", () => {
	it("counts recognitions in both directions, nearest first, and says when it is cut", () => {
		const graph = graphOf("a b", "c b", "c d", "e d:x");
		expect([...graph.around("b", 2, 10).distances]).toEqual([
			["b", 0],
			["a", 1],
			["c", 1],
			["d", 2],
		]);
		expect(graph.around("b", 2, 3)).toMatchObject({ isWhole: false });
		expect(graph.around("b", 0, 3).distances.size).toBe(1);
	});

	it("has pairs that recognise each other, once each", () => {
		expect(graphOf("a b", "b a:x", "b c", "c d", "d c").mutual()).toEqual([
			["a", "b"],
			["c", "d"],
		]);
	});
});

describe("what a suspension takes with it", () => {
	it("is what is there before and not after", () => {
		const graph = graphOf("a b", "b c", "a c:x", "b d:y", "b d:z", "e d:z", "f b");
		const impact = impactOf(graph, "b", 10);
		expect(impact).toMatchObject({
			recognitionsByCount: 3,
			recognitionsOfCount: 2,
			badgeClassesLeftWithout: [{ id: "d:y" }],
			membersLeftWithout: [],
			lostTrustCount: 2,
			lostTrust: [
				{ from: "a", to: "c" },
				{ from: "f", to: "c" },
			],
		});
		expect(impact.recognitions).toHaveLength(5);
		expect(impactOf(graph, "b", 1)).toMatchObject({ lostTrustCount: 2, lostTrust: [{ from: "a" }] });
		expect(impactOf(graphOf("b c"), "b", 5)).toMatchObject({ membersLeftWithoutCount: 1, membersLeftWithout: ["c"] });
	});
});
