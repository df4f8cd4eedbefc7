import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { instituteProfileSchema } from "../institute/config.ts";
import { instituteSchema } from "../institute/schema.ts";
import { type RunningInstitute, startInstitute } from "../institute/server.ts";
import type { SubgraphAccess } from "../kit/access.ts";
import { parseSettings, readJsonFile } from "../kit/config.ts";
import type { DatabaseAddress } from "../kit/database-address.ts";
import { keepKeys } from "../kit/key-file.ts";
import { createLog } from "../kit/log.ts";
import { provisionDatabase } from "../kit/provision.ts";
import { together } from "../kit/together.ts";

/** The folder of the demonstration region. */
export const DEMONSTRATION_FOLDER = import.meta.dirname;

export interface DemonstrationInstitutes {
	/** Slug → the institute's GraphQL address. */
	endpoints: Map<string, string>;
	/** Slug → the running institute. */
	running: Map<string, RunningInstitute>;
	stop(): Promise<void>;
}

export interface DemonstrationOptions {
	slugs: readonly string[];
	/** An address that may create databases: each institute gets its own. */
	admin: DatabaseAddress;
	/** Put before the names of their databases. */
	databasePrefix?: string;
	/** Where each institute's management key is kept; made at the first start. */
	keyFolder: string;
	host: string;
	/** Slug → entity identifiers of those above it in the network. */
	authorities?: ReadonlyMap<string, readonly string[]>;
	/** To whom the institutes answer. */
	access: SubgraphAccess;
	logLevel: string;
}

/** Starts the demonstration's institutes: each its own server and its own database, as real ones would be. */
export async function startDemonstrationInstitutes(options: DemonstrationOptions): Promise<DemonstrationInstitutes> {
	const schema = await instituteSchema();
	const running = new Map<string, RunningInstitute>();
	const stop = async () => {
		await Promise.all([...running.values()].map((institute) => institute.stop()));
	};
	try {
		const databases = new Map<string, DatabaseAddress>();
		// One after the other: PostgreSQL copies its template for each, and lets nobody else do so meanwhile.
		for (const slug of options.slugs) databases.set(slug, await provisionDatabase(options.admin, `${options.databasePrefix ?? ""}${slug}`));
		await together(
			options.slugs.map(async (slug) => {
				const folder = path.join(DEMONSTRATION_FOLDER, "institutes", slug);
				const file = path.join(folder, "institute.json");
				const institute = await startInstitute({
					profile: parseSettings(instituteProfileSchema, readJsonFile(file), file),
					database: databases.get(slug) as DatabaseAddress,
					badges: path.join(folder, "badges.json"),
					folder,
					port: 0,
					host: options.host,
					access: options.access,
					managementKey: managementKey(options.keyFolder, slug),
					federation: {
						keys: () => keepKeys(signingKeyFile(options.keyFolder, slug)),
						authorities: options.authorities?.get(slug) ?? [],
					},
					schema,
					log: createLog(slug, options.logLevel),
				});
				running.set(slug, institute);
			}),
		);
		return { endpoints: new Map([...running].map(([slug, { url }]) => [slug, url])), running, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

/** Where an institute of the demonstration keeps the keys that its statements are signed with. */
export function signingKeyFile(folder: string, slug: string): string {
	return path.join(folder, `${slug}.signing-keys.json`);
}

/** The key of an institute, from its file; nobody but this user can read it. */
function managementKey(folder: string, slug: string): string {
	const file = path.join(folder, `${slug}.key`);
	if (!existsSync(file)) {
		mkdirSync(folder, { recursive: true, mode: 0o700 });
		writeFileSync(file, `${randomBytes(24).toString("base64url")}\n`, { mode: 0o600 });
	}
	return readFileSync(file, "utf8").trim();
}
