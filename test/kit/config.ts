import { existsSync } from "node:fs";

/** The browser of the end-to-end tests: `CHROMIUM_PATH`, else Debian's. Undefined where there is none. */
export function findChromium(): string | undefined {
	const file = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";
	return existsSync(file) ? file : undefined;
}

/** The spreadsheet that opens what is downloaded: `SOFFICE_PATH`, else Debian's LibreOffice. Undefined where there is none. */
export function findSpreadsheet(): string | undefined {
	const file = process.env.SOFFICE_PATH ?? "/usr/bin/soffice";
	return existsSync(file) ? file : undefined;
}

/** In CI a missing browser or spreadsheet is a failure; elsewhere the tests that need it are skipped, with a line that says so. */
export const IS_CI = process.env.CI !== undefined && process.env.CI !== "" && process.env.CI !== "false";

/** A missing spreadsheet is one too, unless it is known that none can be had: `SKIP_SPREADSHEET=yes`. */
export const IS_SPREADSHEET_NEEDED = IS_CI && process.env.SKIP_SPREADSHEET !== "yes";

/** Whether tests write the tables that they compare with anew, for a person to read the difference: `UPDATE_TABLES=yes`. */
export const UPDATE_TABLES = process.env.UPDATE_TABLES === "yes";

/** What a program that a test runs needs of this process's environment. */
export function programEnvironment(): Record<string, string> {
	return { PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "/tmp" };
}
