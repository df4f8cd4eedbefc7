import type DataLoader from "dataloader";
import { type DataSource, In } from "typeorm";
import { isGlobalId } from "../../schema/global-id.ts";
import { loadByKey, loadListByKey } from "../kit/loader.ts";
import { BadgeCompetency, BadgeJob } from "./aligned-badge.ts";
import { Competency } from "./competency.ts";
import { Job, JobCompetency } from "./job.ts";

/** What the resolvers of jobs and competencies know. Each loader makes one query for all that a request asks for. */
export interface CompetencesContext {
	database: DataSource;
	jobs: DataLoader<string, Job | null>;
	competencies: DataLoader<string, Competency | null>;
	/** With their competencies, or their jobs: those at the heart first, then by label. */
	linksOfJob: DataLoader<string, JobCompetency[]>;
	linksOfCompetency: DataLoader<string, JobCompetency[]>;
	/** With their badges, by name. */
	badgesOfJob: DataLoader<string, BadgeJob[]>;
	badgesOfCompetency: DataLoader<string, BadgeCompetency[]>;
	/** With their jobs, or their competencies, by label. */
	jobsOfBadge: DataLoader<string, BadgeJob[]>;
	competenciesOfBadge: DataLoader<string, BadgeCompetency[]>;
}

export function competencesContext(database: DataSource): CompetencesContext {
	const { manager } = database;
	return {
		database,
		jobs: loadByKey(
			(codes) => manager.findBy(Job, { code: In(codes.filter(isCode)) }),
			({ code }) => code,
		),
		competencies: loadByKey(
			(codes) => manager.findBy(Competency, { code: In(codes.filter(isCode)) }),
			({ code }) => code,
		),
		linksOfJob: loadListByKey(
			(codes) =>
				manager.find(JobCompetency, {
					where: { jobCode: In(codes) },
					relations: { competency: true },
					order: { core: "DESC", competency: { label: "ASC", code: "ASC" } },
				}),
			({ jobCode }) => jobCode,
		),
		linksOfCompetency: loadListByKey(
			(codes) =>
				manager.find(JobCompetency, {
					where: { competencyCode: In(codes) },
					relations: { job: true },
					order: { core: "DESC", job: { labelCursor: "ASC" } },
				}),
			({ competencyCode }) => competencyCode,
		),
		badgesOfJob: loadListByKey(
			(codes) =>
				manager.find(BadgeJob, { where: { jobCode: In(codes) }, relations: { badge: true }, order: { badge: { nameCursor: "ASC" } } }),
			({ jobCode }) => jobCode,
		),
		badgesOfCompetency: loadListByKey(
			(codes) =>
				manager.find(BadgeCompetency, {
					where: { competencyCode: In(codes) },
					relations: { badge: true },
					order: { badge: { nameCursor: "ASC" } },
				}),
			({ competencyCode }) => competencyCode,
		),
		jobsOfBadge: loadListByKey(
			(ids) =>
				manager.find(BadgeJob, {
					where: { badgeId: In(ids.filter(isGlobalId)) },
					relations: { job: true },
					order: { job: { labelCursor: "ASC" } },
				}),
			({ badgeId }) => badgeId,
		),
		competenciesOfBadge: loadListByKey(
			(ids) =>
				manager.find(BadgeCompetency, {
					where: { badgeId: In(ids.filter(isGlobalId)) },
					relations: { competency: true },
					order: { competency: { label: "ASC", code: "ASC" } },
				}),
			({ badgeId }) => badgeId,
		),
	};
}

function isCode(code: string): boolean {
	return /^[A-Z0-9]{1,12}$/.test(code);
}
