import { answerForms } from "../forms/answer-forms.ts";
import { describeJob, describeList } from "../forms/schema-org.ts";
import { graphql, type ResultOf, type VariablesOf } from "../graphql.ts";
import type { Hub } from "../hub-client.ts";
import { textsOf } from "../i18n/locale.ts";
import { jobPath } from "../ui/paths.ts";
import { jobsPath, readJobsQuestion } from "./jobs-address.ts";

const PAGE = 100;
/** ROME has some 1 600 jobs. */
const MOST = 5000;

const JobList_Query = graphql(`
	query JobList_Query($query: String, $first: Int!, $after: String) {
		referential {
			source
			version
			licence
		}
		jobs(query: $query, first: $first, after: $after) {
			totalCount
			nodes {
				code
				label
				domain
			}
			pageInfo {
				hasNextPage
				endCursor
			}
		}
	}
`);

type Answer = ResultOf<typeof JobList_Query>;

const HEADINGS = { fr: ["Code métier", "Métier", "Domaine", "Page"], en: ["Job code", "Job", "Domain", "Page"] };

/** The list of `/metiers` with the same address, whole. */
export const loader = answerForms({
	async read(hub, { url }) {
		const { words } = readJobsQuestion(url.searchParams);
		return { words, ...(await readJobs(hub, words)) };
	},
	cut: ({ jobs, total }) => (total > jobs.length ? { listed: jobs.length, total } : null),
	name: () => "metiers",
	rows: ({ jobs }, { locale, address }) => [
		HEADINGS[locale],
		...jobs.map(({ code, label, domain }) => [code, label, domain, address(jobPath(code))]),
	],
	json: ({ jobs, total, referential }) => ({ totalCount: total, jobs, referential }),
	describe: ({ words, jobs, total }, { locale, origin, address }) => [
		describeList(
			textsOf(locale).jobs.title,
			address(jobsPath(words)),
			jobs.map((job) => describeJob(origin, job)),
			total,
		),
	],
});

async function readJobs(hub: Hub, words: string) {
	const jobs = new Map<string, Answer["jobs"]["nodes"][number]>();
	let last: Answer;
	let after: string | null = null;
	do {
		const variables: VariablesOf<typeof JobList_Query> = { query: words || null, first: PAGE, after };
		last = await hub.need(JobList_Query, variables);
		for (const job of last.jobs.nodes) jobs.set(job.code, job);
		after = last.jobs.pageInfo.hasNextPage ? last.jobs.pageInfo.endCursor : null;
	} while (after !== null && jobs.size < MOST);
	return { jobs: [...jobs.values()], total: last.jobs.totalCount, referential: last.referential };
}
