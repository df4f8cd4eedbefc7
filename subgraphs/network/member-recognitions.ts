import DataLoader from "dataloader";
import type { EntityManager } from "typeorm";
import { Recognition } from "./recognition.ts";
import { recognitionsInForce } from "./recognition-service.ts";

/** What is in force between members, read for all the members that one request asks for together. */

/** The newest of a member; every one of them where `first` is null. */
interface Newest {
	slug: string;
	first: number | null;
}

/** Which end of a recognition the member is: who recognises, or who is recognised. */
type End = "bySlug" | "memberSlug";

export interface MemberRecognitions {
	/** Newest first: by a member. */
	newestBy: DataLoader<Newest, Recognition[]>;
	/** Of a member, or of what is its. */
	newestOf: DataLoader<Newest, Recognition[]>;
	countBy: DataLoader<string, number>;
	countOf: DataLoader<string, number>;
	/** Slugs of those that it recognises and that recognise it, or something of it: the newest such pair first. */
	mutual: DataLoader<string, string[]>;
}

export function memberRecognitions(manager: EntityManager): MemberRecognitions {
	return {
		newestBy: newest(manager, "bySlug"),
		newestOf: newest(manager, "memberSlug"),
		countBy: counts(manager, "bySlug"),
		countOf: counts(manager, "memberSlug"),
		mutual: mutual(manager),
	};
}

function newest(manager: EntityManager, end: End): DataLoader<Newest, Recognition[]> {
	return new DataLoader<Newest, Recognition[], string>(
		async (asked) => {
			// A member that is asked for twice is read once, for the greater of both.
			const limits = new Map<string, number | null>();
			for (const { slug, first } of asked) {
				const known = limits.get(slug);
				limits.set(slug, first === null || known === null ? null : Math.max(first, known ?? 0));
			}
			const ofOne = recognitionsInForce(manager).andWhere(`recognition."${end}" = asked.slug`).select("recognition.id", "id");
			// Of each member no more rows are read than are wanted. As an array, found once: a join is planned badly where the
			// tables' statistics are old.
			const chosen = `SELECT newest.id FROM unnest(:slugs::text[], :limits::integer[]) AS asked (slug, most)
				CROSS JOIN LATERAL (${ofOne.getQuery()} LIMIT asked.most) AS newest`;
			const rows = await manager
				.createQueryBuilder(Recognition, "recognition")
				.where(`recognition.id = ANY (ARRAY(${chosen}))`)
				.setParameters({ ...ofOne.getParameters(), slugs: [...limits.keys()], limits: [...limits.values()] })
				.orderBy("recognition.since", "DESC")
				.addOrderBy("recognition.id")
				.getMany();
			const bySlug = new Map<string, Recognition[]>([...limits.keys()].map((slug) => [slug, []]));
			for (const row of rows) bySlug.get(row[end])?.push(row);
			return asked.map(({ slug, first }) => (bySlug.get(slug) ?? []).slice(0, first ?? undefined));
		},
		{ cacheKeyFn: ({ slug, first }) => `${slug} ${first}` },
	);
}

function counts(manager: EntityManager, end: End): DataLoader<string, number> {
	return new DataLoader<string, number>(async (slugs) => {
		const rows = await recognitionsInForce(manager)
			.andWhere(`recognition."${end}" = ANY (:slugs)`, { slugs: [...slugs] })
			.select(`recognition."${end}"`, "slug")
			.addSelect("count(*)::integer", "count")
			.groupBy(`recognition."${end}"`)
			.orderBy()
			.getRawMany<{ slug: string; count: number }>();
		const bySlug = new Map(rows.map(({ slug, count }) => [slug, count]));
		return slugs.map((slug) => bySlug.get(slug) ?? 0);
	});
}

interface Pair {
	by: string;
	of: string;
	since: Date;
}

/** A pair is as old as the younger of its two directions. */
function mutual(manager: EntityManager): DataLoader<string, string[]> {
	const pairs = (end: End, slugs: readonly string[]) =>
		recognitionsInForce(manager)
			.andWhere(`recognition."${end}" = ANY (:slugs)`, { slugs: [...slugs] })
			.select(`recognition."bySlug"`, "by")
			.addSelect(`recognition."memberSlug"`, "of")
			.addSelect("min(recognition.since)", "since")
			.groupBy(`recognition."bySlug"`)
			.addGroupBy(`recognition."memberSlug"`)
			.orderBy()
			.getRawMany<Pair>();
	return new DataLoader<string, string[]>(async (slugs) => {
		const [said, back] = await Promise.all([pairs("bySlug", slugs), pairs("memberSlug", slugs)]);
		const answered = new Map(back.map(({ by, of, since }) => [`${of} ${by}`, since.getTime()]));
		const bySlug = new Map<string, { other: string; since: number }[]>(slugs.map((slug) => [slug, []]));
		for (const { by, of, since } of said) {
			const answeredAt = answered.get(`${by} ${of}`);
			if (answeredAt !== undefined) bySlug.get(by)?.push({ other: of, since: Math.max(since.getTime(), answeredAt) });
		}
		const newestFirst = (a: { other: string; since: number }, b: typeof a) => b.since - a.since || (a.other < b.other ? -1 : 1);
		return slugs.map((slug) => (bySlug.get(slug) ?? []).sort(newestFirst).map(({ other }) => other));
	});
}
