import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from "type-graphql";
import { In } from "typeorm";
import { badInput } from "../../kit/errors.ts";
import type { CompetencesContext } from "../context.ts";
import { Job } from "../job.ts";
import { Activity, Agreement, Opco, OpcoJob } from "./opco.ts";

const MOST_JOBS = 2000;

@Resolver(() => Opco)
export class OpcoResolver {
	@Query(() => [Opco], { description: "The skills operators, by name." })
	opcos(@Ctx() { database }: CompetencesContext) {
		return database.manager.find(Opco, { order: { name: "ASC", code: "ASC" } });
	}

	@Query(() => Opco, { nullable: true })
	opco(@Arg("code", () => ID) code: string, @Ctx() { database }: CompetencesContext) {
		return /^[a-z0-9-]{1,40}$/i.test(code) ? database.manager.findOneBy(Opco, { code: code.toLowerCase() }) : null;
	}

	@FieldResolver(() => [Agreement], { description: "By IDCC." })
	agreements(@Root() { code }: Opco, @Ctx() { agreementsOfOpco }: CompetencesContext) {
		return agreementsOfOpco.load(code);
	}

	@FieldResolver(() => [Activity], { description: "By NAF code. Indicative: the agreement decides." })
	activities(@Root() { code }: Opco, @Ctx() { activitiesOfOpco }: CompetencesContext) {
		return activitiesOfOpco.load(code);
	}

	@FieldResolver(() => [OpcoJob], {
		description:
			"Jobs in the NAF divisions of this OPCO, those that are most its own first. An approximation: there is no official table of OPCOs and jobs.",
	})
	async jobs(
		@Root() { code }: Opco,
		@Arg("first", () => Int, { defaultValue: 100, description: "At most 2000." }) first: number,
		@Ctx() { database: { manager } }: CompetencesContext,
	) {
		if (first < 0 || first > MOST_JOBS) throw badInput("first", `must be between 0 and ${MOST_JOBS}, and is ${first}`);
		const rows: { code: string; divisions: string[]; share: number; opcoCount: number }[] = await manager.query(JOBS_SQL, [code, first]);
		const jobs = new Map((await manager.findBy(Job, { code: In(rows.map((row) => row.code)) })).map((job) => [job.code, job]));
		return rows.map(({ code: jobCode, ...rest }) => Object.assign(new OpcoJob(), rest, { job: jobs.get(jobCode) }));
	}
}

const JOBS_SQL = `
	WITH division AS (SELECT DISTINCT ltrim(left(naf, 2), '0') AS code, "opcoCode" FROM activity),
	place AS (SELECT "jobCode", code FROM job_in_group WHERE kind = 'NAF' AND code <> '0')
	SELECT job.code, array_agg(place.code ORDER BY place.code) FILTER (WHERE own.code IS NOT NULL) AS divisions,
		(count(own.code)::float8 / count(*)) AS share,
		(SELECT count(DISTINCT division."opcoCode") FROM division JOIN place AS other ON other.code = division.code WHERE other."jobCode" = job.code)::int AS "opcoCount"
	FROM job JOIN place ON place."jobCode" = job.code LEFT JOIN division AS own ON own.code = place.code AND own."opcoCode" = $1
	WHERE job."retiredIn" IS NULL
	GROUP BY job.code, job."labelCursor" HAVING count(own.code) > 0
	ORDER BY share DESC, "opcoCount", job."labelCursor" LIMIT $2`;
