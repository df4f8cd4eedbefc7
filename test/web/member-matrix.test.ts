import { describe, expect, it } from "vitest";
import { COLUMN, HEAD, LABELS, layoutMatrix, ROW } from "../../web/app/network/member-matrix.ts";

const member = (slug: string, group = "a") => ({ slug, name: `Centre ${slug}`, group });
const link = (from: string, to: string, isWhole = true) => ({ from, to, isWhole, recognitionCount: 1 });
/** The row and column, from 1, of each square of a path. */
const squares = (path: string) =>
	[...path.matchAll(/M([\d.]+) ([\d.]+)h([\d.]+)/g)].map(([, x, y, size]) => {
		const middle = Number(size) / 2;
		return `${(Number(y) + middle - HEAD - ROW / 2) / ROW + 1} ${(Number(x) + middle - LABELS - COLUMN / 2) / COLUMN + 1}`;
	});

describe("the network as a matrix", () => {
	it("has a square where the row's member recognises the column's, of a form that tells which kind", () => {
		const { cells } = layoutMatrix(
			["m1", "m2", "m3"].map((slug) => member(slug)),
			[link("m1", "m2"), link("m2", "m1", false), link("m1", "m3"), link("m3", "m2", false), link("m1", "m1"), link("m1", "elsewhere")],
		);
		expect([cells.whole, cells.part, cells.mutualWhole, cells.mutualPart].map(squares)).toEqual([["1 3"], ["3 2"], ["1 2"], ["2 1"]]);
		const sizeOf = (path: string) => Number(path.match(/h([\d.]+)/)?.[1]);
		expect(sizeOf(cells.mutualWhole)).toBeGreaterThan(sizeOf(cells.whole));
		expect(sizeOf(cells.mutualWhole)).toBeLessThan(COLUMN);
	});

	it("is in the order of collectives and slugs, whoever comes first and whoever recognises whom", () => {
		const members = [member("m3", "b"), member("m1", "b"), member("m2", "a"), member("m4", "a")];
		const { rows, width, height } = layoutMatrix(members, [link("m3", "m2")]);
		expect(rows.map(({ slug, place, first }) => [slug, place, first])).toEqual([
			["m2", 1, false],
			["m4", 2, false],
			["m1", 3, true],
			["m3", 4, false],
		]);
		const again = layoutMatrix(members.toReversed(), [link("m1", "m4"), link("m4", "m1")]);
		expect(again.rows).toEqual(rows);
		expect([width, height]).toEqual([LABELS + 4 * COLUMN, HEAD + 4 * ROW]);
	});

	it("shortens a name to the room that there is", () => {
		const [row] = layoutMatrix([{ ...member("m1"), name: "Maison intercommunale des compétences du Doubs" }], []).rows;
		expect(row?.label.length).toBeLessThanOrEqual(26);
		expect(row?.label.endsWith("…")).toBe(true);
	});
});
