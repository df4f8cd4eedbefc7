import { describe, expect, it } from "vitest";
import { toCsv } from "../../web/app/forms/csv.ts";
import { readGapQuestion } from "../../web/app/gap/gap-address.ts";
import { gapRows } from "../../web/app/gap/gap-rows.ts";
import { coverageRows } from "../../web/app/opco/coverage-rows.ts";
import { heatOf } from "../../web/app/opco/heat.ts";

const job = { code: "G1602", label: "Cuisinier / Cuisinière" };
const formula = { id: "centre:b1", name: '=HYPERLINK("http://exemple.invalid")' };
const plain = { id: "centre:b2", name: "Dresser; servir" };
const hole = { code: "100", label: "Être à l'écoute", kind: "SOFT_SKILL" as const };
const known = { code: "200", label: "Dresser des assiettes", kind: "KNOW_HOW" as const };

const row = {
	job,
	coreTotal: 1,
	coreCovered: 0,
	emergingTotal: 1,
	emergingCovered: 0,
	total: 2,
	covered: 1,
	badgeCount: 2,
	cells: [
		{ core: true, emerging: true, badgeCount: 0, competency: hole, badges: [] },
		{ core: false, emerging: false, badgeCount: 2, competency: known, badges: [formula, plain] },
	],
};

describe("an OPCO's coverage as a spreadsheet", () => {
	const rows = coverageRows({ opco: { code: "akto", name: "AKTO" }, rows: [row] }, "fr");

	it("has a row for each competency of each job, in the order given", () => {
		expect(rows.slice(1)).toEqual([
			["AKTO", "G1602", job.label, "100", hole.label, "Savoir-être", "oui", "oui", "0", "", ""],
			[
				"AKTO",
				"G1602",
				job.label,
				"200",
				known.label,
				"Savoir-faire",
				"non",
				"non",
				"2",
				`${formula.name} | ${plain.name}`,
				"centre:b1 | centre:b2",
			],
		]);
		expect(rows.map(({ length }) => length)).toEqual([11, 11, 11]);
	});

	it("hands no badge's name over as a formula", () => {
		const [, , second = ""] = toCsv(rows).split("\r\n");
		expect(second).toContain(`;"'=HYPERLINK(""http://exemple.invalid"") | Dresser; servir";centre:b1 | centre:b2`);
	});

	it("speaks English to those who read it", () => {
		const [headings = [], first = []] = coverageRows({ opco: { code: "akto", name: "AKTO" }, rows: [row] }, "en");
		expect([headings[8], first[5], first[6]]).toEqual(["Number of badges", "Soft skill", "yes"]);
	});
});

describe("a gap as a spreadsheet", () => {
	it("has what is missing, with the badge advised, and then what is covered", () => {
		const rows = gapRows(
			{
				job,
				coreTotal: 2,
				coreCovered: 1,
				missing: [{ core: true, emerging: false, competency: known, badges: [formula, plain] }],
				covered: [{ core: true, emerging: false, competency: hole, badges: [plain] }],
				shortest: { method: "EXACT", bound: 1, atLeast: 1, badges: [formula], uncoverable: [] },
				unknown: [],
			},
			"fr",
		);
		const both = `${formula.name} | ${plain.name}`;
		expect(rows.slice(1)).toEqual([
			["G1602", job.label, "200", known.label, "Savoir-faire", "oui", "non", "non", both, "centre:b1 | centre:b2", formula.name],
			["G1602", job.label, "100", hole.label, "Savoir-être", "oui", "non", "oui", plain.name, "centre:b2", ""],
		]);
		expect(toCsv(rows)).toContain(`;"'=HYPERLINK`);
	});
});

describe("the address of a gap", () => {
	const read = (query: string) => readGapQuestion(new URLSearchParams(query));

	it("is read as far as it is understood", () => {
		expect(read("metier=+k1801+&acquis=a:b&acquis=a:b&acquis=%3D1&acquis=c:d")).toEqual({ job: "K1801", held: ["a:b", "c:d"] });
		expect(read("")).toEqual({ job: "", held: [] });
	});

	it("holds no more badges than the hub accepts", () => {
		const many = Array.from({ length: 300 }, (_, index) => `acquis=a:b${index}`).join("&");
		expect(read(many).held).toHaveLength(200);
	});
});

describe("the heat map", () => {
	it("has one shade for a hole and darker ones for more badges", () => {
		expect([0, 1, 2, 3, 4, 5, 40].map(heatOf)).toEqual(["none", "low", "some", "many", "many", "most", "most"]);
	});
});
