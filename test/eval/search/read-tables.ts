import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { OperatorError } from "../../../subgraphs/kit/errors.ts";

/** Reads the tables that an evaluation is made of. They are public data that do not belong to the project: see the options of `npm run eval`. */

export interface Judgment {
	query: string;
	targetType: string;
	targetId: string;
	/** 0 to 3. */
	grade: number;
}

export interface EvaluatedBadge {
	id: string;
	title: string;
	description: string;
	issuer: string;
}

/** Tab-separated values with a heading. Throws an {@link OperatorError} for a missing file or column. */
export function readTsv(file: string, columns: readonly string[]): Record<string, string>[] {
	const [heading, ...lines] = readText(file).split(/\r?\n/);
	const names = (heading ?? "").split("\t");
	needColumns(file, names, columns);
	return lines.filter((line) => line !== "").map((line) => record(names, line.split("\t")));
}

/** Comma-separated values with a heading, quoted as in RFC 4180. Throws as {@link readTsv} does. */
export function readCsv(folder: string, name: string, columns: readonly string[]): Record<string, string>[] {
	const file = path.join(folder, name);
	const rows = parseCsv(readText(file));
	const names = rows.shift() ?? [];
	needColumns(file, names, columns);
	return rows.map((row) => record(names, row));
}

function parseCsv(text: string): string[][] {
	const rows: string[][] = [];
	let row: string[] = [];
	for (const match of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
		if (match[0] === "") break;
		row.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? "");
		if (match[3] === ",") continue;
		rows.push(row);
		row = [];
	}
	return rows;
}

function readText(file: string): string {
	if (!existsSync(file)) throw new OperatorError(`There is no ${file}: nothing can be evaluated. Give its place with an option.`);
	return readFileSync(file, "utf8").replace(/^\uFEFF/, "");
}

function needColumns(file: string, names: readonly string[], columns: readonly string[]): void {
	const missing = columns.filter((column) => !names.includes(column));
	if (missing.length > 0) throw new OperatorError(`${file} has no column ${missing.join(", ")}.`);
}

function record(names: readonly string[], values: readonly string[]): Record<string, string> {
	return Object.fromEntries(names.map((name, index) => [name, values[index] ?? ""]));
}
