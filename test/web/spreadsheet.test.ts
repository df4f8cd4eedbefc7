import { describe, expect, it } from "vitest";
import { toCsv } from "../../web/app/forms/csv.ts";
import { findSpreadsheet, IS_SPREADSHEET_NEEDED } from "../kit/config.ts";
import { openInSpreadsheet } from "./open-in-spreadsheet.ts";

const withoutSpreadsheet = findSpreadsheet() === undefined && !IS_SPREADSHEET_NEEDED;
const open = (csv: string) => openInSpreadsheet(new TextEncoder().encode(csv));
const SLOW = 90_000;

describe.skipIf(withoutSpreadsheet)("a CSV file in a spreadsheet", () => {
	it("keeps every accent and every column", { timeout: SLOW }, async () => {
		const rows = [
			["Badge", "Établissement", "Extrait", "Demandable"],
			["Être à l’écoute – « cœur » & Œuvre €", "CFA d'Agen ; pôle Nord", 'Il dit "oui",\npuis s’en va', "oui"],
			["Ça, où ? Même île", "", "a;b,c\td", "non"],
		];
		const opened = await open(toCsv(rows));
		expect(opened.map((row) => row.map(({ text }) => text))).toEqual(rows);
	});

	it("shows a formula as the text it was, and computes none", { timeout: SLOW }, async () => {
		const formulas = ["=1+1", '=HYPERLINK("http://exemple.invalid";"clic")', "+1+1", "-1+1", "@SUM(1)", " =1+1", "=cmd|'/C calc'!A0"];
		const opened = await open(toCsv(formulas.map((formula) => ["Badge", formula])));
		expect(opened.map(([, cell]) => cell)).toEqual(formulas.map((formula) => ({ text: `'${formula}`, type: "string", formula: false })));
	});

	it("would compute it if nothing stood before it", { timeout: SLOW }, async () => {
		expect(await open("\uFEFFBadge;=1+1\r\n")).toEqual([[expect.anything(), { text: "2", type: "float", formula: true }]]);
	});
});
