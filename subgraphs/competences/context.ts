import DataLoader from "dataloader";
import { type DataSource, In } from "typeorm";
import { isGlobalId } from "../../schema/global-id.ts";
import type { Caller } from "../kit/caller.ts";
import { loadByKey, loadListByKey } from "../kit/loader.ts";
import { Badge, BadgeCompetency, BadgeJob } from "./aligned-badge.ts";
import { Competency } from "./competency.ts";
import type { CoverageCell } from "./coverage/coverage.ts";
import { type CellsOf, findCells } from "./coverage/find-coverage.ts";
import { AlignmentReading } from "./curation/curation.ts";
import { MappingEvent } from "./curation/mapping.ts";
import { Domain } from "./domain.ts";
import { Job, JobCompetency, NearJob } from "./job.ts";
import { Activity, Agreement } from "./opco/opco.ts";
import { understandBadges } from "./understand-badges.ts";

/** What the resolvers of jobs and competencies know. Each loader makes one query for all that a request asks for. */
export interface CompetencesContext {
	database: DataSource;
	/** Who asks, where the router has verified them. */
	caller?: Caller;
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
	/** The nearest first. */
	nearJobs: DataLoader<string, NearJob[]>;
	domains: DataLoader<string, Domain | null>;
	domainsIn: DataLoader<string, Domain[]>;
	/** Of jobs in force. */
	jobCountOfDomain: DataLoader<string, number>;
	agreementsOfOpco: DataLoader<string, Agreement[]>;
	activitiesOfOpco: DataLoader<string, Activity[]>;
	/** The last step first. */
	historyOfMapping: DataLoader<string, MappingEvent[]>;
	/** What a badge class's alignments were understood to mean; null for one that is not known. */
	readingsOfBadge: DataLoader<string, AlignmentReading[] | null>;
	coverageCells: DataLoader<CellsOf, CoverageCell[], string>;
}

export function competencesContext(database: DataSource): CompetencesContext {
	const { manager } = database;
	return {
		database,
		nearJobs: loadListByKey(
			(codes) =>
				manager.find(NearJob, { where: { jobCode: In(codes) }, relations: { near: true }, order: { rank: "ASC", nearCode: "ASC" } }),
			({ jobCode }) => jobCode,
		),
		domains: loadByKey(
			(codes) => manager.findBy(Domain, { code: In(codes.filter(isCode)) }),
			({ code }) => code,
		),
		domainsIn: loadListByKey(
			(codes) => manager.find(Domain, { where: { parentCode: In(codes) }, order: { code: "ASC" } }),
			({ parentCode }) => parentCode as string,
		),
		jobCountOfDomain: new DataLoader(async (codes) => {
			const rows: { code: string; count: number }[] = await manager.query(
				`SELECT asked.code, count(job.code)::int AS count FROM unnest($1::text[]) AS asked (code)
				LEFT JOIN job ON job."retiredIn" IS NULL AND (job."domainCode" = asked.code OR left(job."domainCode", 1) = asked.code) GROUP BY asked.code`,
				[codes],
			);
			const counts = new Map(rows.map(({ code, count }) => [code, count]));
			return codes.map((code) => counts.get(code) ?? 0);
		}),
		agreementsOfOpco: loadListByKey(
			(codes) => manager.find(Agreement, { where: { opcoCode: In(codes) }, order: { idcc: "ASC" } }),
			({ opcoCode }) => opcoCode,
		),
		activitiesOfOpco: loadListByKey(
			(codes) => manager.find(Activity, { where: { opcoCode: In(codes) }, order: { naf: "ASC" } }),
			({ opcoCode }) => opcoCode,
		),
		historyOfMapping: loadListByKey(
			(ids) => manager.find(MappingEvent, { where: { mappingId: In(ids) }, order: { id: "DESC" } }),
			({ mappingId }) => mappingId,
		),
		readingsOfBadge: new DataLoader(async (ids) => {
			const badges = await manager.findBy(Badge, { id: In(ids.filter(isGlobalId)) });
			const read = new Map((await understandBadges(manager, badges)).map(({ id, readings }) => [id, readings]));
			return ids.map(
				(id) => read.get(id)?.map(({ raw, understanding }) => Object.assign(new AlignmentReading(), { raw, ...understanding })) ?? null,
			);
		}),
		coverageCells: new DataLoader((asked) => findCells(database, asked), {
			cacheKeyFn: ({ jobCode, collective }) => `${collective} ${jobCode}`,
		}),
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
