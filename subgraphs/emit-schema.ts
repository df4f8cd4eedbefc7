import "reflect-metadata";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { CompositionError, composeSupergraph } from "../schema/compose.ts";
import { diffSchemas } from "../schema/diff.ts";
import { catalogueSchema } from "./catalogue/schema.ts";
import { competencesSchema } from "./competences/schema.ts";
import { instituteSchema } from "./institute/schema.ts";
import { OperatorError } from "./kit/errors.ts";
import { printSubgraphSchema } from "./kit/federated-schema.ts";
import { run } from "./kit/run.ts";
import { networkSchema } from "./network/schema.ts";

/**
 * `npm run schema` prints every subgraph's schema from its classes, composes them, and writes the files in `schema/`.
 * `-- --check` writes nothing, and fails when the files are not what the classes say. A change that would break
 * clients is refused unless `-- --allow-breaking`.
 */

const FOLDER = path.resolve(import.meta.dirname, "../schema");

/** The files as the classes make them: path below `schema/` → text. */
export async function emitSchemas(): Promise<Map<string, string>> {
	const printed = {
		institute: printSubgraphSchema(await instituteSchema()),
		network: printSubgraphSchema(await networkSchema()),
		catalogue: printSubgraphSchema(await catalogueSchema()),
		competences: printSubgraphSchema(await competencesSchema()),
	};
	const { institute: _reference, ...subgraphs } = printed;
	const contract = readFileSync(path.join(FOLDER, "member.graphql"), "utf8");
	const { supergraph, api } = composeSupergraph(contract, new Map(Object.entries(subgraphs)));
	return new Map([
		...Object.entries(printed).map(([name, sdl]) => [`subgraphs/${name}.graphql`, `${sdl.trim()}\n`] as const),
		["supergraph.graphql", supergraph],
		["api.graphql", api],
	]);
}

/** The files that are not as the classes make them. */
export function findDrift(emitted: ReadonlyMap<string, string>): string[] {
	return [...emitted].filter(([file, text]) => readIfPresent(file) !== text).map(([file]) => `schema/${file}`);
}

function readIfPresent(file: string): string | undefined {
	const full = path.join(FOLDER, file);
	return existsSync(full) ? readFileSync(full, "utf8") : undefined;
}

async function main(words: readonly string[]): Promise<void> {
	const unknown = words.find((word) => word !== "--check" && word !== "--allow-breaking");
	if (unknown !== undefined) throw new OperatorError(`Unknown option ${JSON.stringify(unknown)}: use --check or --allow-breaking.`);
	const emitted = await emitSchemas().catch((error: unknown) => {
		throw error instanceof CompositionError ? new OperatorError(`The subgraphs do not compose:\n${error.message}`) : error;
	});
	const drift = findDrift(emitted);
	const before = readIfPresent("api.graphql");
	const { breaking, dangerous } =
		before === undefined ? { breaking: [], dangerous: [] } : diffSchemas(before, emitted.get("api.graphql") as string);
	for (const { description } of dangerous) process.stdout.write(`dangerous: ${description}\n`);
	for (const { description } of breaking) process.stdout.write(`breaking: ${description}\n`);
	if (drift.length === 0) {
		process.stdout.write("The schema files are as the classes say.\n");
		return;
	}
	if (words.includes("--check")) throw new OperatorError(`Not as the classes say: ${drift.join(", ")}. Run: npm run schema`);
	if (breaking.length > 0 && !words.includes("--allow-breaking")) {
		throw new OperatorError("Nothing was written: the change would break clients. If that is meant: npm run schema -- --allow-breaking");
	}
	mkdirSync(path.join(FOLDER, "subgraphs"), { recursive: true });
	for (const [file, text] of emitted) writeFileSync(path.join(FOLDER, file), text);
	process.stdout.write(`Written: ${drift.join(", ")}\n`);
}

if (process.argv[1] === import.meta.filename) {
	await run(async () => {
		await main(process.argv.slice(2));
		return undefined;
	});
}
