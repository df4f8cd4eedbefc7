import type { DataSource } from "typeorm";
import { In } from "typeorm";
import { badInput } from "../../kit/errors.ts";
import { pageOf, pageRequest } from "../../kit/paging.ts";
import { AlignedBadge, AlignmentProvenance } from "../aligned-badge.ts";
import { Competency } from "../competency.ts";
import { Job } from "../job.ts";
import { Coverage, CoverageCell, CoverageRow, CoverageTotals } from "./coverage.ts";

export interface CoverageScope {
	/** Jobs of the branches of this OPCO: see {@link JOBS_OF_OPCO}. */
	opco?: string | null;
	/** Jobs of this domain: `K`, or `K18` within it. */
	domain?: string | null;
	/** Badge classes of this collective's members. Without `opco` and `domain`: the jobs that these badges touch. */
	collective?: string | null;
}

/**
 * No official table says which jobs are an OPCO's. ROME names the NAF divisions of each job, and NAF codes are mapped
 * to OPCOs: a job counts for every OPCO that has a NAF code in one of its divisions. `$1` is the OPCO's code.
 */
const JOBS_OF_OPCO = `
	SELECT place."jobCode" FROM job_in_group AS place
	WHERE place.kind = 'NAF' AND place.code IN (SELECT DISTINCT ltrim(left(naf, 2), '0') FROM activity WHERE "opcoCode" = $1)`;

const LARGEST_PAGE = 200;

interface RowFacts {
	code: string;
	coreTotal: number;
	coreCovered: number;
	emergingTotal: number;
	emergingCovered: number;
	total: number;
	covered: number;
	badgeCount: number;
	labelCursor: string;
}

/** The matrix of a scope. Throws `BAD_USER_INPUT` for a scope or page that is wrong; null for an OPCO or domain that is not known. */
export async function findCoverage(
	{ manager }: DataSource,
	scope: CoverageScope,
	page: { first?: number | null; after?: string | null },
): Promise<Coverage | null> {
	const [opco, domain, collective] = [scope.opco ?? null, scope.domain?.toUpperCase() ?? null, scope.collective ?? null];
	if (opco === null && domain === null && collective === null)
		throw badInput("opco", "give at least one of `opco`, `domain` and `collective`");
	for (const [name, value] of Object.entries({ opco, domain, collective }))
		if (value !== null && !/^[A-Za-z0-9-]{1,63}$/.test(value)) throw badInput(name, "is a code of letters, digits and `-`");
	const request = pageRequest({ first: page.first, after: page.after }, LARGEST_PAGE);
	const [known] = await manager.query(
		`SELECT ($1::text IS NULL OR EXISTS (SELECT FROM opco WHERE code = $1)) AND ($2::text IS NULL OR EXISTS (SELECT FROM domain WHERE code = $2)) AS known`,
		[opco, domain],
	);
	if (!known.known) return null;
	const facts: (RowFacts & { competencies?: never })[] = await manager.query(`${SCOPED} ${ROWS}`, [opco, domain, collective]);
	const [totals] = await manager.query(`${SCOPED} ${TOTALS}`, [opco, domain, collective]);
	const ordered = facts.sort(holesFirst);
	const start = request.after === undefined ? 0 : ordered.findIndex((one) => one.code === readCursor(request.after as string)) + 1;
	if (request.after !== undefined && start === 0) throw badInput("after", "is not a cursor of this list: leave it out to start again");
	const { rows, pageInfo } = pageOf(ordered.slice(start, start + request.size + 1), request, ({ code }) =>
		Buffer.from(code).toString("base64url"),
	);
	const jobs = new Map((await manager.findBy(Job, { code: In(rows.map(({ code }) => code)) })).map((job) => [job.code, job]));
	return Object.assign(new Coverage(), {
		opco,
		domain,
		collective,
		rows: rows.map(({ code, labelCursor: _place, ...counts }) =>
			Object.assign(new CoverageRow(), counts, { job: jobs.get(code), collective }),
		),
		pageInfo,
		totals: Object.assign(new CoverageTotals(), totals),
	});
}

function readCursor(cursor: string): string {
	return Buffer.from(cursor, "base64url").toString("utf8");
}

function holesFirst(left: RowFacts, right: RowFacts): number {
	const part = ({ coreCovered, coreTotal }: RowFacts) => (coreTotal === 0 ? 1 : coreCovered / coreTotal);
	return part(left) - part(right) || right.coreTotal - left.coreTotal || (left.labelCursor < right.labelCursor ? -1 : 1);
}

/** Badge classes that count, and the jobs of the scope with their competencies. */
const SCOPED = `
	WITH counted AS (
		SELECT badge.id FROM badge JOIN harvested_member AS member ON member.slug = badge.slug WHERE $3::text IS NULL OR $3 = ANY (member.collectives)
	), recognised AS (
		SELECT given."competencyCode", given."badgeId" FROM badge_competency AS given JOIN counted ON counted.id = given."badgeId"
	), jobs AS (
		SELECT job.code, job."labelCursor" FROM job
		WHERE job."retiredIn" IS NULL
		AND ($1::text IS NULL OR job.code IN (${JOBS_OF_OPCO}))
		AND ($2::text IS NULL OR job."domainCode" = $2 OR left(job."domainCode", 1) = $2)
		AND ($1 IS NOT NULL OR $2 IS NOT NULL
			OR job.code IN (SELECT "jobCode" FROM badge_job JOIN counted ON counted.id = badge_job."badgeId")
			OR job.code IN (SELECT link."jobCode" FROM job_competency AS link JOIN recognised USING ("competencyCode") WHERE link.core))
	), covering AS (
		SELECT "competencyCode", count(*) AS badges FROM recognised GROUP BY "competencyCode"
	), cells AS (
		SELECT link."jobCode", link."competencyCode", link.core, link.emerging, covering.badges
		FROM job_competency AS link JOIN jobs ON jobs.code = link."jobCode" LEFT JOIN covering USING ("competencyCode")
	)`;

const ROWS = `
	SELECT jobs.code, jobs."labelCursor",
		count(*) FILTER (WHERE cells.core)::int AS "coreTotal",
		count(*) FILTER (WHERE cells.core AND badges IS NOT NULL)::int AS "coreCovered",
		count(*) FILTER (WHERE cells.emerging)::int AS "emergingTotal",
		count(*) FILTER (WHERE cells.emerging AND badges IS NOT NULL)::int AS "emergingCovered",
		count(cells."competencyCode")::int AS total,
		count(badges)::int AS covered,
		coalesce(max(of_job.badges_of_job), 0)::int AS "badgeCount"
	FROM jobs LEFT JOIN cells ON cells."jobCode" = jobs.code
	LEFT JOIN (
		SELECT cells."jobCode", count(DISTINCT recognised."badgeId") AS badges_of_job FROM cells JOIN recognised USING ("competencyCode") GROUP BY cells."jobCode"
	) AS of_job ON of_job."jobCode" = jobs.code
	GROUP BY jobs.code, jobs."labelCursor"`;

const TOTALS = `
	SELECT (SELECT count(*) FROM jobs)::int AS jobs,
		((SELECT count(*) FROM jobs) - count(DISTINCT "jobCode") FILTER (WHERE core AND badges IS NOT NULL))::int AS "jobsWithoutBadge",
		count(DISTINCT "competencyCode") FILTER (WHERE core)::int AS "coreTotal",
		count(DISTINCT "competencyCode") FILTER (WHERE core AND badges IS NOT NULL)::int AS "coreCovered",
		count(DISTINCT "competencyCode")::int AS competencies,
		count(DISTINCT "competencyCode") FILTER (WHERE badges IS NOT NULL)::int AS "competenciesCovered",
		(SELECT count(DISTINCT "badgeId") FROM recognised WHERE "competencyCode" IN (SELECT "competencyCode" FROM cells))::int AS badges
	FROM cells`;

/** A row, as the loader of its cells knows it. */
export interface CellsOf {
	jobCode: string;
	collective: string | null;
}

/** The cells of many rows, in one query for each collective: holes first, the core before the rest. */
export async function findCells({ manager }: DataSource, asked: readonly CellsOf[]): Promise<CoverageCell[][]> {
	const found = new Map<string, CoverageCell[]>();
	for (const collective of new Set(asked.map((one) => one.collective))) {
		const codes = asked.filter((one) => one.collective === collective).map(({ jobCode }) => jobCode);
		const rows: (Competency & {
			jobCode: string;
			core: boolean;
			emerging: boolean;
			badges: { id: string; name: string; provenance: AlignmentProvenance; confidence: number }[];
		})[] = await manager.query(
			`SELECT link."jobCode", link.core, link.emerging, competency.*, coalesce(given.badges, '[]') AS badges
				FROM job_competency AS link JOIN competency ON competency.code = link."competencyCode"
				LEFT JOIN (
					SELECT one."competencyCode", json_agg(json_build_object('id', badge.id, 'name', badge.name, 'provenance', one.provenance, 'confidence', one.confidence)
						ORDER BY badge."nameCursor") AS badges
					FROM badge_competency AS one JOIN badge ON badge.id = one."badgeId" JOIN harvested_member AS member ON member.slug = badge.slug
					WHERE one."competencyCode" IN (SELECT "competencyCode" FROM job_competency WHERE "jobCode" = ANY ($1))
					AND ($2::text IS NULL OR $2 = ANY (member.collectives)) GROUP BY one."competencyCode"
				) AS given ON given."competencyCode" = link."competencyCode"
				WHERE link."jobCode" = ANY ($1)
				ORDER BY link.core DESC, link.emerging DESC, given.badges IS NOT NULL, competency.label, competency.code`,
			[codes, collective],
		);
		for (const { jobCode, core, emerging, badges, ...competency } of rows) {
			const cell = Object.assign(new CoverageCell(), {
				competency: Object.assign(new Competency(), competency),
				core,
				emerging,
				badgeCount: badges.length,
				badges: badges.map((one) => Object.assign(new AlignedBadge(), one)),
			});
			const key = `${collective} ${jobCode}`;
			found.set(key, [...(found.get(key) ?? []), cell]);
		}
	}
	return asked.map(({ collective, jobCode }) => found.get(`${collective} ${jobCode}`) ?? []);
}
