import { readFileSync } from "node:fs";
import { z } from "zod";
import { OperatorError } from "./errors.ts";

/**
 * Reads settings once, reports every mistake together, refuses what it does not know.
 */

/** Checks `input` against `schema`. Throws an {@link OperatorError} that lists each wrong setting on its own line. */
export function parseSettings<Schema extends z.ZodType>(schema: Schema, input: unknown, source: string): z.output<Schema> {
	const result = schema.safeParse(input);
	if (result.success) return result.data;
	const problems = result.error.issues.map(describeIssue);
	throw new OperatorError(
		`${source} has ${problems.length === 1 ? "a mistake" : `${problems.length} mistakes`}:\n${problems.map((line) => `  - ${line}`).join("\n")}`,
	);
}

/** One line per issue: the path of the setting, then what is wrong with it. */
export function describeIssue(issue: z.core.$ZodIssue): string {
	const path = issue.path.map(String).join(".");
	if (issue.code === "unrecognized_keys") {
		const keys = issue.keys.map((key) => `"${key}"`).join(", ");
		return `${path === "" ? "" : `${path}: `}unknown ${issue.keys.length === 1 ? "key" : "keys"} ${keys}`;
	}
	return path === "" ? issue.message : `${path}: ${issue.message}`;
}

/** Reads a JSON file of settings. Throws an {@link OperatorError} that names the file, and the line of a syntax error. */
export function readJsonFile(file: string): unknown {
	let text: string;
	try {
		text = readFileSync(file, "utf8");
	} catch (error) {
		const code = (error as NodeJS.ErrnoException).code;
		throw new OperatorError(`${file} cannot be read: ${code === "ENOENT" ? "there is no such file" : code}`);
	}
	return parseJson(text, file);
}

/** Parses JSON. Throws an {@link OperatorError} with the line and column of the mistake. */
export function parseJson(text: string, source: string): unknown {
	try {
		return JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
	} catch (error) {
		const message = (error as SyntaxError).message;
		const position = Number(/at position (\d+)/.exec(message)?.[1] ?? text.length);
		const before = text.slice(0, position).split("\n");
		const line = before.length;
		const column = (before.at(-1)?.length ?? 0) + 1;
		throw new OperatorError(
			`${source} is not valid JSON, line ${line}, column ${column}: ${message.replace(/ \(line.*$/, "").replace(/ in JSON at position \d+/, "")}`,
		);
	}
}

/** The level of the logs: `HUB_LOG`, by default `warn` so that the addresses stay readable. */
const environmentSchema = z.object({
	PORT: z.coerce.number("must be a port number").int().min(0).max(65_535).default(4000),
	HUB_HOST: z.string().min(1).default("127.0.0.1"),
	HUB_DATA: z.string().min(1).default(".data"),
	HUB_LOG: z.enum(["silent", "fatal", "error", "warn", "info", "debug", "trace"]).default("warn"),
	NODE_ENV: z.string().optional(),
	HUB_PUBLIC_URL: z.url({ protocol: /^https?$/, error: "must be an address like https://badges.example.org" }).optional(),
	DATABASE_URL: z
		.url({ protocol: /^postgres(ql)?$/, error: "must be an address like postgres://user:password@host:5432/database" })
		.optional(),
});

export interface Environment {
	/** Port of the pages and of GraphQL. `PORT`, 4000. */
	port: number;
	/** Address to listen on. `HUB_HOST`, 127.0.0.1. */
	host: string;
	/** Folder of everything that is kept. `HUB_DATA`, `.data`. */
	dataFolder: string;
	/** `HUB_LOG`, `warn`. */
	logLevel: string;
	/** Address by which people reach the pages, where it is not `http://host:port`. `HUB_PUBLIC_URL`. */
	publicUrl: string | undefined;
	/** Whether nothing that only serves development may run. `NODE_ENV` is `production`. */
	isProduction: boolean;
	/** A PostgreSQL server to use instead of the embedded one. `DATABASE_URL`. */
	databaseUrl: string | undefined;
}

/** Reads the environment. Only this file does. */
export function readEnvironment(variables: Record<string, string | undefined> = process.env): Environment {
	const known = given(variables, Object.keys(environmentSchema.shape));
	const settings = parseSettings(environmentSchema, known, "The environment");
	return {
		port: settings.PORT,
		host: settings.HUB_HOST,
		dataFolder: settings.HUB_DATA,
		logLevel: settings.HUB_LOG,
		publicUrl: settings.HUB_PUBLIC_URL?.replace(/\/+$/, ""),
		databaseUrl: settings.DATABASE_URL,
		isProduction: settings.NODE_ENV === "production",
	};
}

const partShape = {
	/** The database that holds, or will hold, this part's schema. */
	DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: "must be an address like postgres://user:password@host:5432/database" }),
	HUB_HOST: z.string().min(1).default("127.0.0.1"),
	ROUTER_KEYS: z.string().optional(),
	PUBLIC_READS: z.enum(["yes", "no"], { error: "must be `yes` or `no`" }).default("no"),
};
const PART_NAMES = ["DATABASE_URL", "HUB_HOST", "PORT", "PUBLIC_READS", "ROUTER_KEYS"];
const DIRECTORY_URL = z.url({ protocol: /^https?$/, error: "must be an address like http://127.0.0.1:4001/graphql" });

/** Settings of one of the hub's subgraphs when it runs alone. */
export interface PartSettings {
	databaseUrl: string;
	port: number;
	host: string;
	logLevel: string;
	/** The router whose requests are answered: the address of its set of keys, or a file. `ROUTER_KEYS`. */
	routerKeys: string | undefined;
	/** Whether queries that no router signed are answered. `PUBLIC_READS`, `no`. */
	publicReads: boolean;
}

/** Reads the environment of a subgraph that runs alone: `DATABASE_URL`, `PORT`, `HUB_HOST`, `HUB_LOG`, `ROUTER_KEYS`, `PUBLIC_READS`. Throws an {@link OperatorError}. */
export function readPartSettings(defaultPort: number, variables: Record<string, string | undefined> = process.env): PartSettings {
	const port = z.coerce.number("must be a port number").int().min(0).max(65_535).default(defaultPort);
	const settings = parseSettings(
		z.object({ ...partShape, PORT: port }).refine(({ PUBLIC_READS, ROUTER_KEYS }) => PUBLIC_READS === "yes" || ROUTER_KEYS !== undefined, {
			path: ["ROUTER_KEYS"],
			error: "nobody would be answered: give the address of the router's keys, or set PUBLIC_READS to `yes`",
		}),
		given(variables, PART_NAMES),
		"The environment",
	);
	return {
		databaseUrl: settings.DATABASE_URL,
		port: settings.PORT,
		host: settings.HUB_HOST,
		logLevel: readEnvironment(variables).logLevel,
		routerKeys: settings.ROUTER_KEYS,
		publicReads: settings.PUBLIC_READS === "yes",
	};
}

/** The same for one that follows the directory of the network subgraph: `DIRECTORY_URL`. */
export function readHarvesterSettings(
	defaultPort: number,
	variables: Record<string, string | undefined> = process.env,
): PartSettings & { directoryUrl: string } {
	const port = z.coerce.number("must be a port number").int().min(0).max(65_535).default(defaultPort);
	const schema = z.object({ ...partShape, PORT: port, DIRECTORY_URL });
	const settings = parseSettings(schema, given(variables, [...PART_NAMES, "DIRECTORY_URL"]), "The environment");
	return { ...readPartSettings(defaultPort, variables), directoryUrl: settings.DIRECTORY_URL };
}

/** The same for the catalogue: `COMPETENCES_URL`, where the thesaurus of its search comes from. */
export function readCatalogueSettings(
	defaultPort: number,
	variables: Record<string, string | undefined> = process.env,
): PartSettings & { directoryUrl: string; competencesUrl?: string } {
	const url = z.url({ protocol: /^https?$/, error: "must be an address like http://127.0.0.1:4003/graphql" }).optional();
	const { COMPETENCES_URL } = parseSettings(z.object({ COMPETENCES_URL: url }), given(variables, ["COMPETENCES_URL"]), "The environment");
	return { ...readHarvesterSettings(defaultPort, variables), ...(COMPETENCES_URL !== undefined && { competencesUrl: COMPETENCES_URL }) };
}

/** The variables that are set, and not to nothing. */
function given(variables: Record<string, string | undefined>, names: readonly string[]): Record<string, string> {
	return Object.fromEntries(names.flatMap((name) => (variables[name] ? [[name, variables[name]]] : [])));
}
