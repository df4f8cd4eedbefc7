import { CsvError } from "csv-parse";
import { parse } from "csv-parse/sync";
import { MappingStatus, MappingTarget } from "./mapping.ts";
import type { MappingProposal } from "./mapping-service.ts";

/** Columns of mappings as a table: either `badge`, or what the alignment holds. */
const COLUMNS = ["badge", "targetName", "targetCode", "targetFramework", "targetUrl", "kind", "code", "status", "note"] as const;
type Row = Record<(typeof COLUMNS)[number], string>;

/**
 * Rows as French spreadsheets open them: UTF-8 with its mark, `;`, CRLF. A cell that a spreadsheet would take for a
 * formula is preceded by an apostrophe, which reading takes away again.
 */
export function writeMappings(rows: readonly (MappingProposal & { status: MappingStatus; note: string | null })[]): string {
	const lines = rows.map(({ badgeId, raw, targetKind, targetCode, status, note }) => [
		badgeId ?? "",
		raw?.targetName ?? "",
		raw?.targetCode ?? "",
		raw?.targetFramework ?? "",
		raw?.targetUrl ?? "",
		targetKind,
		targetCode,
		status,
		note ?? "",
	]);
	return `\uFEFF${[[...COLUMNS], ...lines].map((line) => line.map(cell).join(";")).join("\r\n")}\r\n`;
}

const FORMULA = /^[\t\r\n ]*[=+\-@＝＋－＠']|^[\t\r]/;

function cell(value: string): string {
	const guarded = FORMULA.test(value) ? `'${value}` : value;
	return /[";\r\n,\t]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

export interface ReadMapping {
	line: number;
	proposal: MappingProposal;
	status: MappingStatus;
	note: string | null;
}

/** What is wrong with a table of mappings, and where. */
export interface WrongCell {
	line: number;
	column: string;
	problem: string;
}

/** Reads a table of mappings: with `;`, `,` or tabs between the cells. All of it is right, or the first mistake is told. */
export function readMappings(text: string): ReadMapping[] | WrongCell {
	let records: { record: Row; info: { lines: number } }[];
	try {
		records = parse(text, { bom: true, columns: true, delimiter: [";", ",", "\t"], info: true, skip_empty_lines: true }) as never;
	} catch (error) {
		if (!(error instanceof CsvError)) throw error;
		return { line: Number(error.lines ?? 1), column: "", problem: error.message.split(" on line ")[0] ?? error.message };
	}
	const [first] = records;
	const missing = first && (["kind", "code"] as const).find((name) => !(name in first.record));
	if (missing) return { line: 1, column: missing, problem: `is missing. The columns are: ${COLUMNS.join(", ")}` };
	const read: ReadMapping[] = [];
	for (const { record, info } of records) {
		const get = (name: keyof Row) => (record[name] ?? "").replace(/^'(?=[\t\r\n ]*[=+\-@＝＋－＠'])/, "").trim();
		const [kind, status] = [get("kind").toUpperCase(), get("status").toUpperCase() || "PROPOSED"];
		const at = (column: string, problem: string): WrongCell => ({ line: info.lines, column, problem });
		if (!(kind in MappingTarget)) return at("kind", `is ${JSON.stringify(kind.slice(0, 40))}: JOB or COMPETENCY is expected`);
		if (!(status in MappingStatus)) return at("status", "is PROPOSED, ACCEPTED or REJECTED");
		if (get("code") === "") return at("code", "is empty");
		if ((get("badge") === "") === (get("targetName") === "" && get("targetCode") === "" && get("targetUrl") === ""))
			return at("badge", "give either a badge, or what the alignment holds (targetName, targetCode, targetUrl)");
		const or = (name: keyof Row) => (get(name) === "" ? null : get(name));
		const raw =
			get("badge") === ""
				? {
						targetName: get("targetName"),
						targetCode: or("targetCode"),
						targetFramework: or("targetFramework"),
						targetUrl: or("targetUrl"),
					}
				: null;
		const proposal = { badgeId: or("badge"), raw, targetKind: kind as MappingTarget, targetCode: get("code").toUpperCase() };
		read.push({ line: info.lines, proposal, status: status as MappingStatus, note: or("note") });
	}
	return read;
}
