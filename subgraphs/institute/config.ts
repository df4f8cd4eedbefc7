import path from "node:path";
import { z } from "zod";
import { isSlug } from "../../schema/global-id.ts";
import type { SubgraphAccess } from "../kit/access.ts";
import { routerAccessSchema } from "../kit/access-settings.ts";
import { parseSettings, readEnvironment, readJsonFile } from "../kit/config.ts";

/** Settings of one institute's subgraph: a JSON file. Paths in it start from the file's own folder. */
const webAddress = z.url({ protocol: /^https?$/, error: "must be an http(s) address" });

const profileShape = {
	/** The institute's name in every id. */
	slug: z.string().refine(isSlug, "must be a slug: lower-case letters, digits and inner hyphens, at most 63"),
	name: z.string().trim().min(1, "must not be empty").max(200),
	description: z.string().max(5000).nullish(),
	website: webAddress.nullish(),
	email: z.email("must be an e-mail address").nullish(),
	/** Address of the logo, or a file beside this one, under `images/` or next to it. */
	logo: z.string().min(1).nullish(),
	/** Language of the badges that do not say theirs. */
	language: z
		.string()
		.regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/, "must be a language tag like `fr`")
		.default("fr"),
};

const fileSchema = z
	.strictObject({
		...profileShape,
		/** File of Open Badges 3.0 Achievements or 2.0 BadgeClasses; read again at each start. */
		badges: z.string().min(1).optional(),
		/** 0 for any free port. */
		port: z.int().min(0).max(65_535).default(4100),
		host: z.string().min(1).default("127.0.0.1"),
		/** Address by which others reach this server, when it is not `http://host:port`. */
		publicUrl: webAddress.optional(),
		/** `postgres://…`; an embedded server in `dataFolder` when absent. */
		database: z
			.url({ protocol: /^postgres(ql)?$/, error: "must be an address like postgres://user:password@host:5432/database" })
			.optional(),
		/** Where the embedded server keeps its data; `institutes/<slug>` of the hub's data folder when absent. */
		dataFolder: z.string().min(1).optional(),
		/** Whoever sends it as `Authorization: Bearer` may change badge classes. Nobody may when absent. */
		managementKey: z.string().min(16, "must have at least 16 characters").optional(),
		/** Entity identifiers of those above it in the network: `https://hub.example.org/federation/collectives/…`, or the hub. */
		authorities: z.array(webAddress).max(20).default([]),
		/** The file of its signing keys, made at the first start; `identity/signing-keys.json` in the data folder when absent. */
		signingKeys: z.string().min(1).optional(),
		/** Whether anyone may read what the institute serves. */
		publicReads: z.boolean().default(false),
		/** The router that may ask for more, in the name of its callers. */
		router: routerAccessSchema.optional(),
	})
	.refine(({ publicReads, router }) => publicReads || router !== undefined, {
		path: ["publicReads"],
		error: 'nobody could read anything: set it to true, or name the router whose requests are answered ("router": { "keys": … })',
	});

export const instituteProfileSchema = z.object(profileShape);
export type InstituteProfile = z.output<typeof instituteProfileSchema>;
export type InstituteConfig = Omit<z.output<typeof fileSchema>, "publicReads" | "router" | "signingKeys"> & { access: SubgraphAccess } & {
	folder: string;
	/** The file of its signing keys. */
	signingKeys: string;
	logLevel: string;
	dataFolder: string;
};

/** Reads `file` and the environment. Throws an `OperatorError` that lists every mistake. */
export function readInstituteConfig(file: string): InstituteConfig {
	const { publicReads, router, ...settings } = parseSettings(fileSchema, readJsonFile(file), file);
	const environment = readEnvironment();
	const folder = path.dirname(path.resolve(file));
	const dataFolder =
		settings.dataFolder === undefined
			? path.resolve(environment.dataFolder, "institutes", settings.slug)
			: path.resolve(folder, settings.dataFolder);
	return {
		...settings,
		access: { publicReads, ...(router && { router }) },
		database: settings.database ?? environment.databaseUrl,
		signingKeys:
			settings.signingKeys === undefined
				? path.join(dataFolder, "identity", "signing-keys.json")
				: path.resolve(folder, settings.signingKeys),
		badges: settings.badges === undefined ? undefined : path.resolve(folder, settings.badges),
		dataFolder,
		folder,
		logLevel: environment.logLevel,
	};
}
