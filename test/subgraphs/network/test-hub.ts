import path from "node:path";
import { type InstituteProfile, instituteProfileSchema } from "../../../subgraphs/institute/config.ts";
import { type RunningInstitute, startInstitute } from "../../../subgraphs/institute/server.ts";
import { readJsonFile } from "../../../subgraphs/kit/config.ts";
import type { DatabaseAddress } from "../../../subgraphs/kit/database-address.ts";
import { createLog } from "../../../subgraphs/kit/log.ts";
import { freshDatabase, freshSchemas } from "../../kit/database.ts";

/** The schemas of a hub, and demonstration institutes on databases of their own. */
export interface TestHub {
	network: DatabaseAddress;
	catalogue: DatabaseAddress;
	competences: DatabaseAddress;
	/** Starts an institute of the demonstration. */
	institute(slug: string): Promise<RunningInstitute>;
	stopInstitute(institute: RunningInstitute): Promise<void>;
	/** Stops the institutes that still run. */
	stop(): Promise<void>;
}

export const MANAGEMENT_KEY = "a key long enough";
export const log = createLog("test", "silent");
export const DEMONSTRATION = path.resolve(import.meta.dirname, "../../../subgraphs/demonstration");

export async function startTestHub(): Promise<TestHub> {
	const schemas = await freshSchemas(["network", "catalogue", "competences"]);
	const running = new Set<RunningInstitute>();
	return {
		network: schemas.get("network") as DatabaseAddress,
		catalogue: schemas.get("catalogue") as DatabaseAddress,
		competences: schemas.get("competences") as DatabaseAddress,
		async institute(slug) {
			const folder = path.join(DEMONSTRATION, "institutes", slug);
			const profile: InstituteProfile = instituteProfileSchema.parse(readJsonFile(path.join(folder, "institute.json")));
			const institute = await startInstitute({
				profile,
				database: await freshDatabase(),
				badges: path.join(folder, "badges.json"),
				folder,
				port: 0,
				host: "127.0.0.1",
				access: { publicReads: true },
				managementKey: MANAGEMENT_KEY,
				log,
			});
			running.add(institute);
			return institute;
		},
		async stopInstitute(institute) {
			running.delete(institute);
			await institute.stop();
		},
		async stop() {
			for (const one of running) await one.stop();
		},
	};
}

export interface Answer {
	// biome-ignore lint/suspicious/noExplicitAny: answers have the shape that each test asked for.
	data?: any;
	errors?: { message: string; path?: (string | number)[]; extensions?: { code?: string; field?: string } }[];
}

/** Asks a GraphQL endpoint. */
export async function ask(
	url: string,
	query: string,
	variables: Record<string, unknown> = {},
	headers: Record<string, string> = {},
): Promise<Answer> {
	const response = await fetch(url, {
		method: "POST",
		headers: { "content-type": "application/json", ...headers },
		body: JSON.stringify({ query, variables }),
	});
	return (await response.json()) as Answer;
}
