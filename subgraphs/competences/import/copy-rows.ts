import { once } from "node:events";
import { finished } from "node:stream/promises";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";

export type CopyValue = string | number | boolean | null | readonly string[];

/** Writes rows into a table by COPY. One at a time on a connection. */
export interface RowCopy {
	write(values: readonly CopyValue[]): Promise<void> | undefined;
	/** Resolves when the server has them all. */
	end(): Promise<void>;
	/** Ends it with nothing written. */
	abort(): Promise<void>;
}

const CHUNK = 65_536;

/** Starts a COPY. Column names are the caller's own, never read from a file. */
export function copyRows(client: pg.ClientBase, table: string, columns: readonly string[]): RowCopy {
	const stream = client.query(copyFrom(`COPY ${table} (${columns.map((name) => `"${name}"`).join(", ")}) FROM STDIN`));
	let failure: unknown;
	stream.once("error", (error) => {
		failure = error;
	});
	let buffer = "";
	return {
		write(values) {
			for (let index = 0; index < values.length; index += 1) buffer += `${index === 0 ? "" : "\t"}${encode(values[index] as CopyValue)}`;
			buffer += "\n";
			if (buffer.length < CHUNK) return undefined;
			if (failure) throw failure;
			const chunk = buffer;
			buffer = "";
			return stream.write(chunk) ? undefined : once(stream, "drain").then(() => undefined);
		},
		async end() {
			if (failure) throw failure;
			stream.end(buffer);
			await finished(stream);
		},
		async abort() {
			stream.destroy(new Error("the copy is given up"));
			await finished(stream).catch(() => undefined);
		},
	};
}

/** PostgreSQL's text format of COPY. */
function encode(value: CopyValue): string {
	if (value === null) return "\\N";
	if (typeof value === "boolean") return value ? "t" : "f";
	if (typeof value === "number") return String(value);
	if (typeof value === "string") return escaped(value);
	return escaped(`{${value.map((one) => `"${one.replace(/["\\]/g, "\\$&")}"`).join(",")}}`);
}

const SPECIAL = /[\\\n\r\t]/;
const ESCAPES: Record<string, string> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function escaped(text: string): string {
	return SPECIAL.test(text) ? text.replace(/[\\\n\r\t]/g, (character) => ESCAPES[character] as string) : text;
}
