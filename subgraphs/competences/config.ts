import { z } from "zod";
import { parseSettings, readEnvironment } from "../kit/config.ts";

/** Settings of the subgraph of jobs and competencies when it runs alone, from the environment. */
const settingsSchema = z.object({
	/** The database that holds, or will hold, the schema `competences`. */
	DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: "must be an address like postgres://user:password@host:5432/database" }),
	/** GraphQL endpoint of the network subgraph. */
	DIRECTORY_URL: z.url({ protocol: /^https?$/, error: "must be an address like http://127.0.0.1:4001/graphql" }),
	PORT: z.coerce.number("must be a port number").int().min(0).max(65_535).default(4003),
	HUB_HOST: z.string().min(1).default("127.0.0.1"),
});

export interface CompetencesSettings {
	databaseUrl: string;
	directoryUrl: string;
	/** `PORT`, 4003. */
	port: number;
	/** `HUB_HOST`, 127.0.0.1. */
	host: string;
	logLevel: string;
}

/** Reads the environment. Throws an `OperatorError` that lists every mistake. */
export function readCompetencesSettings(variables: Record<string, string | undefined> = process.env): CompetencesSettings {
	const given = Object.fromEntries(Object.keys(settingsSchema.shape).flatMap((key) => (variables[key] ? [[key, variables[key]]] : [])));
	const settings = parseSettings(settingsSchema, given, "The environment");
	return {
		databaseUrl: settings.DATABASE_URL,
		directoryUrl: settings.DIRECTORY_URL,
		port: settings.PORT,
		host: settings.HUB_HOST,
		logLevel: readEnvironment(variables).logLevel,
	};
}
