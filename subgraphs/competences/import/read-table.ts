import { isUtf8 } from "node:buffer";
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { CsvError, parse } from "csv-parse";
import { OperatorError } from "../../kit/errors.ts";

/** What a column may hold. `optional` also takes nothing. */
export interface ColumnRule {
	/** How a value must look; any text when absent. */
	form?: RegExp;
	/** What such a value is, in words: "a ROME code like K1801". */
	is?: string;
	optional?: boolean;
}

export interface TableShape {
	delimiter: "," | "\t";
	columns: Record<string, ColumnRule>;
	/** Published in this encoding although it should be UTF-8: read so when it is not UTF-8. */
	orElse?: "windows-1252";
}

/** One record: the line of the file where it begins, and its values by column. */
export interface TableRow {
	line: number;
	/** The value of a column, without blanks around it. Empty where the file has nothing. */
	get(column: string): string;
}

/** What is wrong with a file, and where. */
export class TableError extends OperatorError {
	constructor(file: string, place: { line?: number; column?: string | number }, problem: string) {
		const where = [place.line !== undefined && `line ${place.line}`, place.column !== undefined && `column ${place.column}`];
		super(`${[path.basename(file), ...where.filter(Boolean)].join(", ")}: ${problem}`);
	}
}

/**
 * Reads a table from a file as a stream: `onRow` is called with each record, once it is known to have every column in
 * the form it must have. `onBytes` is told how much has been read. Throws a {@link TableError}.
 */
export async function readTable(
	file: string,
	shape: TableShape,
	onRow: (row: TableRow) => Promise<void> | undefined,
	{ onBytes, signal }: { onBytes?: (count: number) => void; signal?: AbortSignal } = {},
): Promise<void> {
	const names = Object.keys(shape.columns);
	let places: Map<string, number> | undefined;
	let width = 0;
	let line = 1;
	let waiting: Promise<void> | undefined;
	const parser = parse({
		bom: true,
		delimiter: shape.delimiter,
		quote: shape.delimiter === "," ? '"' : null,
		relax_column_count: true,
		// The publisher leaves blank lines between some records.
		skip_empty_lines: true,
		max_record_size: 1_000_000,
		// Records are taken here, and none is passed on: a stream of objects costs more than the reading.
		on_record(record: string[], { lines }) {
			if (!places) {
				places = placesOf(file, record, names);
				width = record.length;
			} else {
				waiting = onRow(checkedRow(file, line, record, width, places, shape.columns)) ?? waiting;
			}
			line = lines + 1;
			return null;
		},
	});
	parser.resume();
	try {
		await pipeline(
			decoded(file, shape.orElse, onBytes),
			async function* (pieces: AsyncIterable<string>) {
				for await (const piece of pieces) {
					await waiting;
					waiting = undefined;
					yield piece;
				}
			},
			parser,
			{ signal },
		);
		await waiting;
		if (!places) throw new TableError(file, { line: 1 }, "is empty: the names of the columns are expected first");
	} catch (error) {
		if (error instanceof CsvError) throw csvProblem(file, error);
		const { code } = error as NodeJS.ErrnoException;
		if (code === "ENOENT" || code === "EACCES" || code === "EISDIR") throw new OperatorError(`${file} cannot be read: ${code}`);
		throw error;
	}
}

function placesOf(file: string, header: readonly string[], names: readonly string[]): Map<string, number> {
	const places = new Map(header.map((name, index) => [name.trim(), index]));
	const missing = names.filter((name) => !places.has(name));
	if (missing.length > 0)
		throw new TableError(file, { line: 1, column: missing[0] }, `is missing. The columns are to be: ${names.join(", ")}`);
	return places;
}

function checkedRow(
	file: string,
	line: number,
	record: readonly string[],
	width: number,
	places: ReadonlyMap<string, number>,
	columns: Record<string, ColumnRule>,
): TableRow {
	if (record.length !== width) {
		const column = [...places].find(([, place]) => place === record.length)?.[0] ?? record.length;
		throw new TableError(file, { line, column }, `the record has ${record.length} values, and ${width} are expected: is the file cut?`);
	}
	const get = (column: string) => (record[places.get(column) as number] as string).trim();
	for (const column in columns) {
		const { form, is, optional } = columns[column] as ColumnRule;
		const value = get(column);
		if (value === "") {
			if (!optional) throw new TableError(file, { line, column }, `is empty${is ? `: ${is} is expected` : ""}`);
		} else if (form && !form.test(value)) {
			throw new TableError(file, { line, column }, `${JSON.stringify(value.slice(0, 40))} is not ${is ?? "in the form expected"}`);
		}
		if (value.includes("\0")) throw new TableError(file, { line, column }, "holds a null character");
	}
	return { line, get };
}

function csvProblem(file: string, error: CsvError): TableError {
	const line = Number(error.lines ?? 0) || undefined;
	const column = typeof error.column === "number" ? error.column + 1 : error.column === undefined ? undefined : String(error.column);
	if (error.code === "CSV_QUOTE_NOT_CLOSED")
		return new TableError(file, { line, column }, "a quote that is opened is never closed: the file is cut");
	return new TableError(file, { line, column }, error.message.replace(/ on line \d+.*$| at line \d+.*$/, ""));
}

/** The file's text, piece by piece. Throws where it is not UTF-8, and where its last line does not end. */
async function* decoded(
	file: string,
	orElse: TableShape["orElse"],
	onBytes: ((count: number) => void) | undefined,
): AsyncGenerator<string> {
	const other = orElse !== undefined && !isUtf8(await readFile(file));
	const decoder = new TextDecoder(other ? orElse : "utf-8", { fatal: true });
	let lines = 0;
	/** What the line that has not ended holds so far. */
	let open: Buffer = Buffer.alloc(0);
	for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
		let text: string;
		try {
			text = decoder.decode(chunk, { stream: true });
		} catch {
			throw notUtf8(file, lines, Buffer.concat([open, chunk]));
		}
		const end = chunk.lastIndexOf(0x0a);
		open = end === -1 ? Buffer.concat([open, chunk]) : chunk.subarray(end + 1);
		for (let at = chunk.indexOf(0x0a); at !== -1; at = chunk.indexOf(0x0a, at + 1)) lines += 1;
		onBytes?.(chunk.length);
		yield text;
	}
	if (open.length > 0) {
		if (!other && !isUtf8(open)) throw notUtf8(file, lines, open);
		const column = [...new TextDecoder(other ? orElse : "utf-8").decode(open)].length + 1;
		throw new TableError(
			file,
			{ line: lines + 1, column },
			"the last line does not end: the file is cut, or was saved without its last line end",
		);
	}
}

/** Finds the first byte that is not UTF-8. */
function notUtf8(file: string, linesBefore: number, bytes: Buffer): TableError {
	let line = linesBefore + 1;
	for (let start = 0; start < bytes.length; line += 1) {
		const next = bytes.indexOf(0x0a, start);
		const end = next === -1 ? bytes.length : next;
		const one = bytes.subarray(start, end);
		if (!isUtf8(one)) {
			const sound = new TextDecoder("utf-8").decode(one);
			const column = [...sound].indexOf("\ufffd") + 1;
			return new TableError(file, { line, column }, "is not UTF-8: save the file in UTF-8");
		}
		start = end + 1;
	}
	return new TableError(file, { line }, "is not UTF-8: save the file in UTF-8");
}
