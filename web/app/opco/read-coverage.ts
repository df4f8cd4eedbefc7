import { graphql, type ResultOf, type VariablesOf } from "../graphql.ts";
import { type Hub, notFound } from "../hub-client.ts";
import { isOpcoCode } from "./opco-code.ts";

const PAGE = 50;
/** ROME has some 1 600 jobs: no OPCO has more than 2 000. */
const MAX_PAGES = 40;

const WholeCoverage_Query = graphql(`
	query WholeCoverage_Query($code: ID!, $first: Int!, $after: String) {
		referential {
			source
			version
			licence
		}
		opco(code: $code) {
			code
			name
		}
		coverage(opco: $code, first: $first, after: $after) {
			totals {
				jobs
				jobsWithoutBadge
				coreTotal
				coreCovered
				competencies
				competenciesCovered
				badges
			}
			rows {
				coreTotal
				coreCovered
				emergingTotal
				emergingCovered
				total
				covered
				badgeCount
				job {
					code
					label
				}
				cells {
					core
					emerging
					badgeCount
					competency {
						code
						label
						kind
					}
					badges {
						id
						name
					}
				}
			}
			pageInfo {
				hasNextPage
				endCursor
			}
		}
	}
`);

type Answer = ResultOf<typeof WholeCoverage_Query>;
type Matrix = NonNullable<Answer["coverage"]>;

export interface WholeCoverage {
	referential: Answer["referential"];
	opco: NonNullable<Answer["opco"]>;
	totals: Matrix["totals"];
	/** Holes first; each job once, even when badges came while the pages were read. */
	rows: Matrix["rows"];
}

/** An OPCO's coverage, every page. Throws the 404 answer for an OPCO that is none, the 503 one when the hub cannot be read. */
export async function readCoverage(hub: Pick<Hub, "need">, code: string): Promise<WholeCoverage> {
	if (!isOpcoCode(code)) throw notFound();
	const rows = new Map<string, Matrix["rows"][number]>();
	let after: string | null = null;
	let head: Omit<WholeCoverage, "rows"> | undefined;
	for (let page = 0; page < MAX_PAGES; page++) {
		const variables: VariablesOf<typeof WholeCoverage_Query> = { code, first: PAGE, after };
		const { referential, opco, coverage }: Answer = await hub.need(WholeCoverage_Query, variables);
		if (!opco || !coverage) throw notFound();
		head ??= { referential, opco, totals: coverage.totals };
		for (const row of coverage.rows) if (!rows.has(row.job.code)) rows.set(row.job.code, row);
		after = coverage.pageInfo.endCursor;
		if (!coverage.pageInfo.hasNextPage || after === null) break;
	}
	if (!head) throw notFound();
	return { ...head, rows: [...rows.values()] };
}
