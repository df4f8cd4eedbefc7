import type { DataSource } from "typeorm";
import { z } from "zod";
import type { Log } from "../kit/log.ts";
import { askEndpoint } from "../network/ask-endpoint.ts";
import { type KeptReading, keepReading } from "./keep-reading.ts";
import { refreshFacets } from "./search/refresh-facets.ts";
import type { Stems } from "./search/stems.ts";
import { storeThesaurus, type Thesaurus } from "./search/thesaurus.ts";

const READ_VERSION = "{ referential { source version jobCount competencyCount } }";
const READ_JOBS = `query Thesaurus($after: String) {
	jobs(first: 50, after: $after) {
		pageInfo { hasNextPage endCursor }
		nodes { code label domain appellations definition access competencies { core competency { code label definition kind } } }
	}
}`;

const pageSchema = z.object({
	jobs: z.object({
		pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
		nodes: z.array(
			z.object({
				code: z.string(),
				label: z.string(),
				domain: z.string(),
				appellations: z.array(z.string()),
				definition: z.string().nullable(),
				access: z.string().nullable(),
				competencies: z.array(
					z.object({
						core: z.boolean(),
						competency: z.object({ code: z.string(), label: z.string(), definition: z.string().nullable(), kind: z.string() }),
					}),
				),
			}),
		),
	}),
});

/**
 * Keeps the search's thesaurus as the subgraph of competencies at `url` has its referential: a copy, over GraphQL, as
 * the two may run on different machines and neither reads the other's tables. Competencies that no job asks for are
 * not in it.
 */
export function keepThesaurus(database: DataSource, stems: Stems, url: string, log: Log): KeptReading {
	let current: string | undefined;
	return keepReading({
		what: "the thesaurus",
		log,
		async read(signal) {
			const version = JSON.stringify(await askEndpoint({ endpoint: url, query: READ_VERSION, signal }));
			if (version === current) return;
			const thesaurus = await readThesaurus(url, signal);
			if (await storeThesaurus(database, stems, thesaurus)) {
				await refreshFacets(database);
				log.info({ jobs: thesaurus.jobs.length, competencies: thesaurus.competencies.length }, "the thesaurus is new");
			}
			current = version;
		},
	});
}

async function readThesaurus(url: string, signal: AbortSignal): Promise<Thesaurus> {
	const jobs: Thesaurus["jobs"][number][] = [];
	const competencies = new Map<string, Thesaurus["competencies"][number]>();
	let after: string | null = null;
	do {
		const page: z.output<typeof pageSchema> = pageSchema.parse(
			await askEndpoint({
				endpoint: url,
				query: READ_JOBS,
				variables: { after },
				largestAnswer: 16 * 1024 * 1024,
				deadline: 60_000,
				signal,
			}),
		);
		for (const { competencies: asked, ...job } of page.jobs.nodes) {
			jobs.push({ ...job, competencies: asked.map(({ core, competency: { code } }) => ({ code, core })) });
			for (const { competency } of asked) {
				const { code, label, definition, kind } = competency;
				competencies.set(code, { code, label, definition, isSoftSkill: kind === "SOFT_SKILL" });
			}
		}
		after = page.jobs.pageInfo.hasNextPage ? page.jobs.pageInfo.endCursor : null;
	} while (after !== null);
	return { jobs, competencies: [...competencies.values()] };
}
