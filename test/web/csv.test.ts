import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toCsv } from "../../web/app/forms/csv.ts";

describe("a list as CSV", () => {
	it("opens as UTF-8 in French spreadsheets", () => {
		expect(
			toCsv([
				["Badge", "Établissement"],
				["Être à l’écoute", "CFA"],
			]),
		).toBe("\uFEFFBadge;Établissement\r\nÊtre à l’écoute;CFA\r\n");
	});

	it("quotes separators, quotes and line ends", () => {
		expect(toCsv([['dit "oui"', "a;b", "a\nb", "a,b"]])).toBe('\uFEFF"dit ""oui""";"a;b";"a\nb";"a,b"\r\n');
	});

	it("never hands a formula to a spreadsheet", () => {
		const signs = ["=", "+", "-", "@", "\t=", " =", "＝"];
		for (const sign of signs) {
			const [line = ""] = toCsv([[`${sign}1+cmd|' /C calc'!A0`]])
				.slice(1)
				.split("\r\n");
			expect(line.replace(/^"/, "")).toMatch(/^'/);
		}
	});

	it("keeps every cell in its place", () => {
		fc.assert(
			fc.property(fc.array(fc.array(fc.string(), { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 }), (rows) => {
				const read = parseCsv(toCsv(rows).slice(1));
				expect(read.map((row) => row.length)).toEqual(rows.map((row) => row.length));
				expect(read.map((row) => row.map(unguarded))).toEqual(rows.map((row) => row.map(unguarded)));
			}),
		);
	});
});

const unguarded = (cell: string): string => cell.replace(/^'/, "");

/** A reader of RFC 4180, written apart from the writer. */
function parseCsv(text: string): string[][] {
	const rows: string[][] = [];
	let row: string[] = [];
	let cell = "";
	let quoted = false;
	for (let at = 0; at < text.length; at++) {
		const char = text[at];
		if (quoted && char === '"' && text[at + 1] === '"') cell += text[++at];
		else if (char === '"') quoted = !quoted;
		else if (!quoted && char === ";") {
			row.push(cell);
			cell = "";
		} else if (!quoted && char === "\r" && text[at + 1] === "\n") {
			rows.push([...row, cell]);
			row = [];
			cell = "";
			at++;
		} else cell += char;
	}
	return rows;
}
