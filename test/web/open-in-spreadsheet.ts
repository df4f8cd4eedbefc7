import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { findSpreadsheet } from "../kit/config.ts";

/** A cell as the spreadsheet understood it. */
export interface OpenedCell {
	/** As it is shown; lines of a cell are parted by a line feed. */
	text: string;
	/** OpenDocument's name of its type: `string`, `float`, `date`, … */
	type: string;
	/** Whether the spreadsheet computes it. */
	formula: boolean;
}

const DEADLINE_MS = 60_000;

/**
 * What a double click on the file would have offered a French reader, and taken: semicolon (59) between cells, since the
 * comma is the decimal sign in France and its Excel writes and expects `;`; the quote (34) around texts; UTF-8 (76), which
 * Excel and LibreOffice both take from the mark at the beginning; from the first line (1).
 */
const FRENCH_DEFAULTS = "CSV:59,34,76,1";

/** Opens a CSV file with LibreOffice, and reads back the cells from the document it made of it. */
export async function openInSpreadsheet(csv: Uint8Array): Promise<OpenedCell[][]> {
	const folder = await mkdtemp(path.join(tmpdir(), "hub-spreadsheet-"));
	try {
		await writeFile(path.join(folder, "table.csv"), csv);
		await promisify(execFile)(
			findSpreadsheet() ?? "soffice",
			[
				"--headless",
				// A profile of its own: two of them at once would wait for one another.
				`-env:UserInstallation=${pathToFileURL(path.join(folder, "profile"))}`,
				`--infilter=${FRENCH_DEFAULTS}`,
				"--convert-to",
				"fods",
				"--outdir",
				folder,
				path.join(folder, "table.csv"),
			],
			{ timeout: DEADLINE_MS },
		);
		return readCells(await readFile(path.join(folder, "table.fods"), "utf8"));
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/** The rows of a flat OpenDocument table that has but text, numbers and dates in it. */
function readCells(document: string): OpenedCell[][] {
	const [table = ""] = /<table:table [\s\S]*?<\/table:table>/.exec(document) ?? [];
	return [...table.matchAll(/<table:table-row[^>]*>([\s\S]*?)<\/table:table-row>/g)].map(([, row = ""]) =>
		[...row.matchAll(/<table:table-cell([^>]*?)(?:\/>|>([\s\S]*?)<\/table:table-cell>)/g)].flatMap(([, attributes = "", inner = ""]) => {
			const times = Number(/number-columns-repeated="(\d+)"/.exec(attributes)?.[1] ?? 1);
			const cell: OpenedCell = {
				text: [...inner.matchAll(/<text:p>([\s\S]*?)<\/text:p>|<text:p\/>/g)].map(([, line = ""]) => textOf(line)).join("\n"),
				type: /office:value-type="([^"]+)"/.exec(attributes)?.[1] ?? "none",
				formula: attributes.includes("table:formula="),
			};
			return Array.from({ length: times }, () => cell);
		}),
	);
}

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

const textOf = (xml: string): string =>
	xml
		.replace(/<text:s(?: text:c="(\d+)")?\/>/g, (_whole, count) => " ".repeat(Number(count ?? 1)))
		.replaceAll("<text:tab/>", "\t")
		.replace(/<[^>]*>/g, "")
		.replace(/&(\w+);/g, (whole, name) => ENTITIES[name] ?? whole);
