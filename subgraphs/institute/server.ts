import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { GraphQLSchema } from "graphql";
import type { DataSource } from "typeorm";
import type { SubgraphAccess } from "../kit/access.ts";
import { openDatabase } from "../kit/database.ts";
import type { DatabaseAddress } from "../kit/database-address.ts";
import { openEvents } from "../kit/events.ts";
import type { Log } from "../kit/log.ts";
import { type RunningServer, serveSubgraph } from "../kit/serve.ts";
import { BadgeClass } from "./badge-class.ts";
import { Change } from "./change.ts";
import { ChangeFeed } from "./change-feed.ts";
import type { InstituteProfile } from "./config.ts";
import { instituteContext } from "./context.ts";
import { type FederationSettings, serveEntityConfiguration } from "./entity-configuration.ts";
import { fileAddress, serveFiles } from "./files.ts";
import { Institute } from "./institute.ts";
import { Issuer } from "./issuer.ts";
import { type LoadReport, loadBadges } from "./load-badges.ts";
import { Badges1767225600001 } from "./migrations/0001-badges.ts";
import { ExactMatches1767225600002 } from "./migrations/0002-exact-matches.ts";
import { readBadgeFile } from "./open-badges-file.ts";
import { instituteSchema } from "./schema.ts";

export interface InstituteOptions {
	profile: InstituteProfile;
	database: DatabaseAddress;
	/** File of badges to load at start. */
	badges?: string;
	/** Folder of the images that the profile and the badges name. */
	folder: string;
	port: number;
	host: string;
	publicUrl?: string;
	/** To whom it answers. Whoever has the management key is answered in any case. */
	access: SubgraphAccess;
	managementKey?: string;
	/** Its keys and those above it in the network. Without, it makes no statements. */
	federation?: FederationSettings;
	/** The schema, where several institutes run in one process: it is the same for all. */
	schema?: GraphQLSchema;
	log: Log;
}

export interface RunningInstitute extends RunningServer {
	/** What the badge file gave; undefined without one, or when it could not be read. */
	report: LoadReport | undefined;
	/** Why the file, or entries of it, were left out. */
	problems: string[];
	stop(): Promise<void>;
}

/** Starts one institute's subgraph on its own database. A wrong badge file never keeps it from serving what it has. */
export async function startInstitute(options: InstituteOptions): Promise<RunningInstitute> {
	const { profile, log } = options;
	const database = await openDatabase({
		address: options.database,
		schema: "public",
		entities: [BadgeClass, Issuer, Change],
		migrations: [Badges1767225600001, ExactMatches1767225600002],
		poolSize: 4,
	});
	const events = await openEvents(options.database, log);
	try {
		const { report, problems } = await loadFile(database, options);
		const feed = await ChangeFeed.open(database, events);
		// Known once the port is: images are served by this very server.
		let fileUrl = fileAddress(options.publicUrl ?? "");
		let entity = "";
		const institute = presentation(profile);
		const isOwner = ({ authorization }: IncomingHttpHeaders) => isManager(authorization, options.managementKey);
		const server = await serveSubgraph({
			name: profile.slug,
			access: options.access,
			isOwner,
			schema: options.schema ?? (await instituteSchema()),
			log,
			port: options.port,
			host: options.host,
			context: ({ headers }) => instituteContext({ institute, database, feed, fileUrl }, isOwner(headers)),
			isReady: () =>
				database.query("SELECT 1").then(
					() => true,
					() => false,
				),
			routes: (app) => {
				serveFiles(app, options.folder);
				if (options.federation) serveEntityConfiguration(app, options.federation, profile, () => entity);
			},
		});
		entity = (options.publicUrl ?? server.origin).replace(/\/+$/, "");
		fileUrl = fileAddress(options.publicUrl ?? server.origin);
		institute.logo = fileUrl(profile.logo ?? null);
		return {
			...server,
			report,
			problems,
			async stop() {
				await server.stop();
				await events.stop();
				await database.destroy();
			},
		};
	} catch (error) {
		await events.stop();
		await database.destroy();
		throw error;
	}
}

async function loadFile(
	database: DataSource,
	{ badges, profile, log }: InstituteOptions,
): Promise<{ report: LoadReport | undefined; problems: string[] }> {
	if (badges === undefined) return { report: undefined, problems: [] };
	try {
		const file = readBadgeFile(badges);
		const report = file.entries.length === 0 && file.problems.length > 0 ? undefined : await loadBadges(database, profile, file);
		log.info({ report, problems: file.problems.length }, "badge file read");
		return { report, problems: file.problems };
	} catch (error) {
		// What was loaded before stays, and is served.
		log.error({ error: (error as Error).message }, "badge file not read");
		return { report: undefined, problems: [(error as Error).message] };
	}
}

function presentation(profile: InstituteProfile): Institute {
	return Object.assign(new Institute(), {
		slug: profile.slug,
		name: profile.name,
		description: profile.description ?? null,
		website: profile.website ?? null,
		email: profile.email ?? null,
		logo: null,
	});
}

/** Compares digests: the time taken tells nothing of the key. */
function isManager(authorization: string | undefined, managementKey: string | undefined): boolean {
	if (managementKey === undefined || !authorization?.startsWith("Bearer ")) return false;
	const digest = (text: string) => createHash("sha256").update(text).digest();
	return timingSafeEqual(digest(authorization.slice("Bearer ".length)), digest(managementKey));
}
