import { Arg, Args, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from "type-graphql";
import { IsNull } from "typeorm";
import { AlignedBadge } from "./aligned-badge.ts";
import { Competency } from "./competency.ts";
import type { CompetencesContext } from "./context.ts";
import { Domain } from "./domain.ts";
import { countJobs, JobConnection, JobsArguments, listJobs } from "./job.list.ts";
import { Job, JobCompetency, JobReference } from "./job.ts";
import { Referential } from "./referential.ts";

@Resolver(() => Job)
export class JobResolver {
	@Query(() => Job, { nullable: true })
	job(@Arg("code", () => ID) code: string, @Ctx() { jobs }: CompetencesContext) {
		return jobs.load(code.trim().toUpperCase());
	}

	@Query(() => JobConnection, { description: "Jobs whose label or appellation holds the words; all of them, by label, without `query`." })
	jobs(@Args(() => JobsArguments) args: JobsArguments, @Ctx() { database }: CompetencesContext) {
		return listJobs(database, args);
	}

	@FieldResolver(() => [JobCompetency])
	competencies(@Root() { code }: Job, @Ctx() { linksOfJob }: CompetencesContext) {
		return linksOfJob.load(code);
	}

	@FieldResolver(() => [Job], { description: "Jobs to which people go from this one, the nearest first." })
	async nearJobs(@Root() { code }: Job, @Ctx() { nearJobs }: CompetencesContext) {
		return (await nearJobs.load(code)).map(({ near }) => near);
	}

	@FieldResolver(() => Domain, { nullable: true, description: "The domain of which `domain` is the label." })
	inDomain(@Root() { domainCode }: Job, @Ctx() { domains }: CompetencesContext) {
		return domainCode === null ? null : domains.load(domainCode);
	}

	@FieldResolver(() => Job, { nullable: true, description: "The job whose variant this one is." })
	parent(@Root() { parentCode }: Job, @Ctx() { jobs }: CompetencesContext) {
		return parentCode === null ? null : jobs.load(parentCode);
	}

	@FieldResolver(() => Job, { nullable: true, description: "The job that takes its place, of a job that was retired, where ROME says so." })
	successor(@Root() { successorCode }: Job, @Ctx() { jobs }: CompetencesContext) {
		return successorCode === null ? null : jobs.load(successorCode);
	}

	@FieldResolver(() => [AlignedBadge], { description: "Badge classes whose issuer says they correspond to this job." })
	async badgeClasses(@Root() { code }: Job, @Ctx() { badgesOfJob }: CompetencesContext) {
		return (await badgesOfJob.load(code)).map(AlignedBadge.of);
	}
}

@Resolver(() => JobConnection)
export class JobConnectionResolver {
	@FieldResolver(() => Int)
	totalCount(@Root() connection: JobConnection, @Ctx() { database }: CompetencesContext) {
		return countJobs(database, connection);
	}
}

@Resolver(() => Competency)
export class CompetencyResolver {
	@Query(() => Competency, { nullable: true })
	competency(@Arg("code", () => ID) code: string, @Ctx() { competencies }: CompetencesContext) {
		return competencies.load(code.trim());
	}

	@FieldResolver(() => [JobReference])
	async jobs(@Root() { code }: Competency, @Ctx() { linksOfCompetency }: CompetencesContext) {
		return (await linksOfCompetency.load(code)).map(({ job, core }) => Object.assign(new JobReference(), { job, core }));
	}

	@FieldResolver(() => [AlignedBadge])
	async badgeClasses(@Root() { code }: Competency, @Ctx() { badgesOfCompetency }: CompetencesContext) {
		return (await badgesOfCompetency.load(code)).map(AlignedBadge.of);
	}
}

@Resolver(() => Referential)
export class ReferentialResolver {
	@Query(() => Referential, { description: "Where the jobs and competencies come from." })
	async referential(@Ctx() { database }: CompetencesContext) {
		return await database.manager.findOneBy(Referential, { kind: "ROME" });
	}

	@Query(() => [Referential], { description: "Every referential that is loaded." })
	referentials(@Ctx() { database }: CompetencesContext) {
		return database.manager.find(Referential, { order: { kind: "ASC" } });
	}

	@FieldResolver(() => Int, { description: "Jobs in force; 0 of anything but ROME." })
	jobCount(@Root() { kind }: Referential, @Ctx() { database }: CompetencesContext) {
		return kind !== "ROME" ? 0 : database.manager.countBy(Job, { retiredIn: IsNull() });
	}

	@FieldResolver(() => Int, { description: "Competencies in force; 0 of anything but ROME." })
	competencyCount(@Root() { kind }: Referential, @Ctx() { database }: CompetencesContext) {
		return kind !== "ROME" ? 0 : database.manager.countBy(Competency, { retiredIn: IsNull() });
	}
}
