import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CoverSet, coverWith, harmonic } from "../../../subgraphs/competences/gap/set-cover.ts";

const CODES = ["a", "b", "c", "d", "e", "f", "g", "h"];
const sets = fc
	.array(fc.subarray(CODES), { maxLength: 9 })
	.map((lists) => lists.map((covers, index): CoverSet => ({ id: `badge-${index}`, covers })));

/** The size of the smallest family that covers all that can be covered, by trying every one. */
function bruteForce(wanted: readonly string[], all: readonly CoverSet[]): number {
	const target = new Set(wanted.filter((code) => all.some(({ covers }) => covers.includes(code))));
	let best = Number.POSITIVE_INFINITY;
	for (let family = 0; family < 1 << all.length; family += 1) {
		const chosen = all.filter((_, index) => family & (1 << index));
		if (chosen.length < best && [...target].every((code) => chosen.some(({ covers }) => covers.includes(code)))) best = chosen.length;
	}
	return best;
}

const coveredBy = (ids: readonly string[], all: readonly CoverSet[]) =>
	new Set(ids.flatMap((id) => all.find((one) => one.id === id)?.covers ?? []));

describe("the shortest set of badges", () => {
	it("is as short as any, covers all that can be covered, and says what cannot", () => {
		fc.assert(
			fc.property(fc.subarray(CODES), sets, (wanted, all) => {
				const cover = coverWith(wanted, all);
				expect(cover).toMatchObject({ method: "EXACT", bound: 1 });
				expect(cover.chosen).toHaveLength(bruteForce(wanted, all));
				expect(cover.atLeast).toBe(cover.chosen.length);
				const covered = coveredBy(cover.chosen, all);
				expect([...cover.uncoverable].sort()).toEqual(wanted.filter((code) => !all.some(({ covers }) => covers.includes(code))).sort());
				for (const code of wanted) expect(covered.has(code)).toBe(!cover.uncoverable.includes(code));
			}),
			{ numRuns: 500 },
		);
	});

	it("does not depend on the order in which badges are known", () => {
		fc.assert(
			fc.property(sets, fc.infiniteStream(fc.nat()), (all, keys) => {
				const shuffled = all.map((set) => [keys.next().value as number, set] as const).sort(([left], [right]) => left - right);
				expect(
					coverWith(
						CODES,
						shuffled.map(([, set]) => set),
					),
				).toEqual(coverWith(CODES, all));
			}),
		);
	});

	it("is greedy where the exact search is too long, and no longer than its bound says", () => {
		fc.assert(
			fc.property(fc.subarray(CODES), sets, (wanted, all) => {
				const cover = coverWith(wanted, all, 0);
				const shortest = bruteForce(wanted, all);
				const largest = Math.max(0, ...all.map(({ covers }) => covers.filter((code) => wanted.includes(code)).length));
				if (cover.method === "GREEDY") expect(cover.bound).toBe(harmonic(largest));
				expect(cover.chosen.length).toBeLessThanOrEqual(cover.bound * shortest);
				expect(cover.atLeast).toBeLessThanOrEqual(shortest);
			}),
			{ numRuns: 500 },
		);
	});

	it("is told as greedy where greed is fooled: the bound is needed", () => {
		// Two badges cover everything; greed takes the four that are a little larger in their turn.
		const all = [
			{ id: "left", covers: ["1", "2", "3", "4", "5", "6", "7"] },
			{ id: "right", covers: ["a", "b", "c", "d", "e", "f", "g"] },
			{ id: "x", covers: ["1", "2", "3", "4", "a", "b", "c", "d"] },
			{ id: "y", covers: ["5", "6", "e", "f"] },
			{ id: "z", covers: ["7", "g"] },
		];
		const wanted = [...new Set(all.flatMap(({ covers }) => covers))];
		expect(coverWith(wanted, all, 0)).toMatchObject({ chosen: ["x", "y", "z"], method: "GREEDY", bound: harmonic(8), atLeast: 2 });
		expect(coverWith(wanted, all)).toMatchObject({ chosen: ["left", "right"], method: "EXACT", bound: 1, atLeast: 2 });
	});

	it("of nothing is nothing", () => {
		expect(coverWith([], [{ id: "a", covers: ["x"] }])).toEqual({ chosen: [], uncoverable: [], method: "EXACT", bound: 1, atLeast: 0 });
		expect(coverWith(["x"], [])).toEqual({ chosen: [], uncoverable: ["x"], method: "EXACT", bound: 1, atLeast: 0 });
	});
});
