/**
 * Rows as French spreadsheets open them: UTF-8 with its mark, `;` between cells, CRLF (RFC 4180 otherwise).
 * A cell that a spreadsheet would take for a formula is preceded by an apostrophe.
 */
export function toCsv(rows: readonly (readonly string[])[]): string {
	return `\uFEFF${rows.map((row) => row.map(cell).join(";")).join("\r\n")}\r\n`;
}

function cell(value: string): string {
	// Tab and carriage return too: spreadsheets skip them before looking for the sign.
	const guarded = /^[\t\r\n ]*[=+\-@＝＋－＠]|^[\t\r]/.test(value) ? `'${value}` : value;
	return /[";\r\n,\t]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
