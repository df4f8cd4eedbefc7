import { type DataSource, In } from "typeorm";
import { isGlobalId } from "../../../schema/global-id.ts";
import { badInput } from "../../kit/errors.ts";
import { AlignedBadge, Badge, BadgeCompetency } from "../aligned-badge.ts";
import { Job, JobCompetency } from "../job.ts";
import { CoverMethod, Gap, GapCompetency, ShortestCover } from "./gap.ts";
import { coverWith } from "./set-cover.ts";

const MOST_HELD = 200;

/** What a holder of badges has and lacks for a job; null when there is no such job. Throws `BAD_USER_INPUT`. */
export async function findGap({ manager }: DataSource, code: string, holding: readonly string[]): Promise<Gap | null> {
	if (holding.length > MOST_HELD) throw badInput("holding", `must have at most ${MOST_HELD} ids, and has ${holding.length}`);
	const wrong = holding.find((id) => !isGlobalId(id));
	if (wrong !== undefined) throw badInput("holding", "must have ids of badge classes, like `institut:organiser`");
	const job = /^[A-N]\d{4}$/.test(code) ? await manager.findOneBy(Job, { code }) : null;
	if (!job) return null;
	const links = await manager.find(JobCompetency, { where: { jobCode: code }, relations: { competency: true } });
	const recognised = await manager.find(BadgeCompetency, {
		where: { competencyCode: In(links.map(({ competencyCode }) => competencyCode)) },
		relations: { badge: true },
		order: { badge: { nameCursor: "ASC" } },
	});
	const known = new Set((await manager.find(Badge, { where: { id: In([...holding]) }, select: { id: true } })).map(({ id }) => id));
	const held = new Set(holding);
	const of = new Map<string, BadgeCompetency[]>();
	for (const one of recognised) of.set(one.competencyCode, [...(of.get(one.competencyCode) ?? []), one]);
	const covered: GapCompetency[] = [];
	const missing: GapCompetency[] = [];
	for (const { competency, core, emerging } of links.sort(coreFirst)) {
		const badges = of.get(competency.code) ?? [];
		const has = badges.filter(({ badgeId }) => held.has(badgeId));
		const row = { competency, core, emerging, badges: (has.length > 0 ? has : badges).map(AlignedBadge.of) };
		(has.length > 0 ? covered : missing).push(Object.assign(new GapCompetency(), row));
	}
	return Object.assign(new Gap(), {
		job,
		covered,
		missing,
		coreTotal: links.filter(({ core }) => core).length,
		coreCovered: covered.filter(({ core }) => core).length,
		shortest: shortestCover(missing.filter(({ core }) => core)),
		unknown: [...held].filter((id) => !known.has(id)),
	});
}

function shortestCover(missing: readonly GapCompetency[]): ShortestCover {
	const badges = new Map<string, AlignedBadge>();
	const covers = new Map<string, string[]>();
	for (const { competency, badges: covering } of missing)
		for (const badge of covering) {
			badges.set(badge.id, badge);
			covers.set(badge.id, [...(covers.get(badge.id) ?? []), competency.code]);
		}
	const competencies = new Map(missing.map(({ competency }) => [competency.code, competency]));
	const cover = coverWith(
		[...competencies.keys()],
		[...covers].map(([id, codes]) => ({ id, covers: codes })),
	);
	return Object.assign(new ShortestCover(), {
		badges: cover.chosen.map((id) => badges.get(id)),
		uncoverable: cover.uncoverable.map((code) => competencies.get(code)),
		method: CoverMethod[cover.method],
		bound: cover.bound,
		atLeast: cover.atLeast,
	});
}

function coreFirst(left: JobCompetency, right: JobCompetency): number {
	return (
		Number(right.core) - Number(left.core) ||
		Number(right.emerging) - Number(left.emerging) ||
		left.competency.label.localeCompare(right.competency.label, "fr") ||
		(left.competencyCode < right.competencyCode ? -1 : 1)
	);
}
