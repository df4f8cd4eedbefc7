import { describe, expect, test } from "vitest";
import { findWay, levelsTo } from "../../../subgraphs/catalogue/pathway-graph.ts";

const requirements = new Map([
	["goal", ["a", "b"]],
	["a", ["b", "c"]],
	["b", ["c"]],
]);

describe("ways over requirements", () => {
	test("are found, shortest first, or not at all", () => {
		expect(findWay(requirements, "goal", "c")).toEqual(["goal", "a", "c"]);
		expect(findWay(requirements, "c", "goal")).toBeUndefined();
		expect(findWay(requirements, "a", "a")).toEqual(["a"]);
	});

	test("give each badge the level of its longest way to the goal", () => {
		expect(Object.fromEntries(levelsTo(requirements, "goal"))).toEqual({ goal: 0, a: 1, b: 2, c: 3 });
		expect(Object.fromEntries(levelsTo(new Map(), "alone"))).toEqual({ alone: 0 });
	});

	test("do not go round: a cycle is an error, not an endless walk", () => {
		expect(() =>
			levelsTo(
				new Map([
					["goal", ["a"]],
					["a", ["b"]],
					["b", ["a"]],
				]),
				"goal",
			),
		).toThrow(RangeError);
		expect(() =>
			levelsTo(
				new Map([
					["goal", ["a"]],
					["a", ["goal"]],
				]),
				"goal",
			),
		).toThrow(RangeError);
	});
});
