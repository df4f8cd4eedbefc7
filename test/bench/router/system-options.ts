import { readFileSync } from "node:fs";

/** What a system under test is told: a file, because the command line is too short for two hundred members. */
export interface SystemOptions {
	supergraph: string;
	subgraphs: Record<string, string>;
	members: Record<string, string>;
}

export function readOptions(): SystemOptions {
	return JSON.parse(readFileSync(process.argv[2] as string, "utf8")) as SystemOptions;
}
