import { describe, expect, it } from "vitest";
import { remainingBefore } from "../../web/app/pathway/progress.ts";

const node = (id: string, needed = 0, outOf = 0, name: string | null = id) => ({ id, name, needed, outOf });

/** goal: all of m and c; m: one of a, b. */
const graph = {
	nodes: [node("goal", 2, 2), node("m", 1, 2), node("a"), node("b"), node("c")],
	edges: [
		{ from: "m", to: "goal" },
		{ from: "c", to: "goal" },
		{ from: "a", to: "m" },
		{ from: "b", to: "m" },
	],
};
const remaining = (...held: string[]) => [...(remainingBefore("goal", graph, new Set(held)) ?? [])].toSorted();

describe("what remains before a metabadge", () => {
	it("takes the shortest way", () => {
		expect(remaining()).toEqual(["a", "c", "m"]);
		expect(remaining("b")).toEqual(["c", "m"]);
		expect(remaining("m")).toEqual(["c"]);
		expect(remaining("m", "c")).toEqual([]);
	});

	it("counts a badge that two others ask for once", () => {
		const shared = {
			nodes: [node("goal", 2, 2), node("m", 1, 1), node("n", 1, 1), node("a")],
			edges: [
				{ from: "m", to: "goal" },
				{ from: "n", to: "goal" },
				{ from: "a", to: "m" },
				{ from: "a", to: "n" },
			],
		};
		expect(remainingBefore("goal", shared, new Set())?.size).toBe(3);
	});

	it("goes around a badge that no member knows, or says that there is no way", () => {
		const lost = (needed: number) => ({
			nodes: [node("goal", needed, 2), node("a"), node("x", 0, 0, null)],
			edges: [
				{ from: "a", to: "goal" },
				{ from: "x", to: "goal" },
			],
		});
		expect(remainingBefore("goal", lost(1), new Set())).toEqual(new Set(["a"]));
		expect(remainingBefore("goal", lost(2), new Set())).toBeNull();
	});
});
