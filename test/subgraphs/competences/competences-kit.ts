import { createPrivateKey } from "node:crypto";
import { exportJWK } from "jose";
import type { DataSource } from "typeorm";
import { nameCursor } from "../../../schema/cursor.ts";
import { openCompetencesDatabase } from "../../../subgraphs/competences/database.ts";
import { startCompetences } from "../../../subgraphs/competences/server.ts";
import { saveUnderstood } from "../../../subgraphs/competences/understand-badges.ts";
import type { DatabaseAddress } from "../../../subgraphs/kit/database-address.ts";
import { digestOfBody, ROUTER_TOKEN_HEADER } from "../../../subgraphs/kit/router-token/format.ts";
import { routerSigner } from "../../../subgraphs/kit/router-token/signer.ts";
import { freshSchemas } from "../../kit/database.ts";
import { makeKey, startJwks } from "../../kit/jwks-server.ts";
import { type Answer, log } from "../network/test-hub.ts";

/** A badge class as a test invents it. */
export interface InventedBadge {
	id: string;
	name: string;
	description?: string;
	tags?: string[];
	alignments?: { targetName: string; targetCode?: string; targetFramework?: string; targetUrl?: string }[];
}

/** The subgraph of jobs and competencies by itself, with the extract that ships, and badges that a test invents. */
export interface LoneCompetences {
	database: DataSource;
	/** Asks as the router does, for a caller or for nobody. */
	ask(query: string, variables?: object, caller?: { subject: string; scopes: string[] } | "unsigned"): Promise<Answer>;
	/** Keeps badges as if they had been harvested. */
	keep(collectives: readonly string[], badges: readonly InventedBadge[]): Promise<void>;
	stop(): Promise<void>;
}

export const ISSUER = "https://login.example";

export async function startLoneCompetences(): Promise<LoneCompetences> {
	const address = (await freshSchemas(["competences"])).get("competences") as DatabaseAddress;
	const key = await makeKey("one");
	const jwks = await startJwks(key);
	const signer = routerSigner({
		issuer: "router",
		key: createPrivateKey({ key: (await exportJWK(key.privateKey)) as never, format: "jwk" }),
		kid: "one",
	});
	const server = await startCompetences({
		database: address,
		// Nobody answers there: what is known of badges, each test says.
		directoryUrl: "http://127.0.0.1:9/graphql",
		port: 0,
		host: "127.0.0.1",
		access: { publicReads: true, router: { keys: { url: jwks.url } } },
		log,
	});
	const database = await openCompetencesDatabase(address, 2);
	return {
		database,
		async ask(query, variables = {}, caller) {
			const body = JSON.stringify({ query, variables });
			const who =
				caller === undefined || caller === "unsigned"
					? undefined
					: { issuer: ISSUER, subject: caller.subject, scopes: new Set(caller.scopes) };
			const signed = caller === "unsigned" ? undefined : { [ROUTER_TOKEN_HEADER]: signer.sign("competences", digestOfBody(body), who) };
			const response = await fetch(server.url, { method: "POST", headers: { "content-type": "application/json", ...signed }, body });
			return (await response.json()) as Answer;
		},
		async keep(collectives, badges) {
			for (const { id, name, description = "", tags = [], alignments = [] } of badges) {
				const slug = id.split(":")[0] as string;
				await database.query(
					`INSERT INTO harvested_member ("slug", "collectives") VALUES ($1, $2) ON CONFLICT ("slug") DO UPDATE SET "collectives" = excluded."collectives"`,
					[slug, collectives],
				);
				const raw = alignments.map((one) => ({
					targetUrl: null,
					targetFramework: null,
					targetCode: null,
					targetDescription: null,
					...one,
				}));
				await database.query(
					`INSERT INTO badge ("id", "slug", "name", "nameCursor", "description", "tags", "alignments") VALUES ($1, $2, $3, $4, $5, $6, $7)`,
					[id, slug, name, nameCursor(name, id), description, tags, JSON.stringify(raw)],
				);
				await saveUnderstood(database.manager, [{ id, alignments: raw }]);
			}
		},
		async stop() {
			await database.destroy();
			await server.stop();
			await jwks.stop();
		},
	};
}
