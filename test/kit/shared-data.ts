import { existsSync } from "node:fs";
import path from "node:path";

/** A folder of public data beside the project; undefined where it is absent, with a line that says what is skipped for it. */
export function sharedData(folder: string, skipped: string): string | undefined {
	const full = path.resolve(import.meta.dirname, "../../../shared/data", folder);
	if (existsSync(full)) return full;
	process.stderr.write(`${skipped}: skipped, as there is no ${full}\n`);
	return undefined;
}
