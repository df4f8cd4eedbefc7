import { type DataSource, In } from "typeorm";
import { badInput } from "../../kit/errors.ts";
import { pageOf, pageRequest } from "../../kit/paging.ts";
import { BadgeHit } from "../badge-hit.ts";
import { BadgeSearch, type SearchArguments } from "./badge-search.ts";
import { type Cells, cellsSql, type FacetCells } from "./cells.ts";
import { cursorWriter, readCursor } from "./cursor.ts";
import { withRelated } from "./expand.ts";
import { type CheckedFilter, checkFilter, listedFailures, singleConditions } from "./filter.ts";
import { planSearch } from "./find.ts";
import type { NearWords } from "./near-words.ts";
import { type Plan, planSql } from "./plan.ts";
import { understand } from "./question.ts";
import { prepareMatches } from "./show-matches.ts";
import type { Stems } from "./stems.ts";

/** What a search is made with. */
export interface Searcher {
	database: DataSource;
	stems: Stems;
	nearWords: NearWords;
}

/** A search that has been understood. */
export interface Search {
	plan: Plan;
	filter: CheckedFilter;
	/** What totals and facets are counted from; empty unless asked for with the page. */
	cells: FacetCells;
	/** What was probably meant, when a word was corrected. */
	meant: string | null;
}

/**
 * One page of a search, best match first, and with `counted` what totals and facets are made of, in one query.
 * Throws `BAD_USER_INPUT` for a wrong argument.
 */
export async function searchBadges({ database, stems, nearWords }: Searcher, args: SearchArguments, counted = true): Promise<BadgeSearch> {
	const { manager } = database;
	const request = pageRequest(args, undefined, LARGEST_CURSOR);
	const after = args.after == null ? undefined : readCursor(args.after);
	const filter = checkFilter(args.filter);
	const question = args.query == null ? undefined : await understand(manager, stems, args.query);
	if (after && (after.plan.mode === "LIST") !== (question === undefined))
		throw badInput("after", "is not a cursor of this list: leave it out to start again");
	const planned = await planSearch(database, stems, nearWords, question, filter.retired);
	const plan = after?.plan ?? planned.plan;
	const { rows: found, cells } = await runSearch(database, plan, filter, { size: request.size + 1, after, counted });
	const writeCursor = cursorWriter(plan);
	const { rows, pageInfo } = pageOf(found, request, writeCursor);
	const badges = new Map(
		(await manager.findBy(BadgeHit, { id: In(rows.map(({ badgeId }) => badgeId)) })).map((badge) => [badge.id, badge]),
	);
	await prepareMatches(manager, stems, [...badges.values()], question && withRelated(question, planned.expansions));
	// A badge that was removed between the two queries is left out.
	const edges = rows.flatMap((row) => {
		const node = badges.get(row.badgeId);
		return node ? [{ cursor: writeCursor(row), node }] : [];
	});
	return Object.assign(new BadgeSearch(), {
		edges,
		pageInfo,
		search: { plan, filter, cells, meant: question?.meant ?? null },
	});
}

/** A plan has many words. */
const LARGEST_CURSOR = 8000;

interface Row {
	badgeId: string;
	score: number;
	nameCursor: string;
}

interface PageWanted {
	size: number;
	after?: { score: number; nameCursor: string } | undefined;
	counted: boolean;
}

/** Runs a plan. */
async function runSearch(
	database: DataSource,
	plan: Plan,
	filter: CheckedFilter,
	{ size, after, counted }: PageWanted,
): Promise<{ rows: Row[]; cells: FacetCells }> {
	const parameters: unknown[] = [];
	const put = (value: unknown) => `$${parameters.push(value)}`;
	const { score, where } = planSql(plan, put);
	const single = singleConditions(filter, put);
	const failures = listedFailures(filter, put);
	const retired = filter.retired ? "" : `AND NOT "retired"`;
	const place = after
		? `AND ("score" < ${put(after.score)} OR ("score" = ${put(after.score)} AND "nameCursor" > ${put(after.nameCursor)}))`
		: "";
	const page = (from: string, passes: string) =>
		`SELECT "badgeId", "score", "nameCursor" FROM ${from} WHERE ${passes} ${place} ORDER BY "score" DESC, "nameCursor" LIMIT ${put(size)}`;
	const scored = `SELECT *, ${score} AS "score" FROM "search_document" WHERE ${where} ${retired}`;
	const sql = counted
		? `WITH "matching" AS MATERIALIZED (
			SELECT "badgeId", "nameCursor", "instituteSlug", "requestable", "metabadge", "language", "facets", "score", ${single} AS "single", ${failures} AS "failures" FROM (${scored}) AS "scored"
		), "page" AS (${page(`"matching"`, `"single" AND "failures" = 0`)})
		SELECT (SELECT json_agg("page" ORDER BY "score" DESC, "nameCursor") FROM "page") AS "rows", ${cellsSql(filter)}`
		: `SELECT (SELECT json_agg("page") FROM (${page(`(${scored}) AS "scored"`, `${single} AND ${failures} = 0`)}) AS "page") AS "rows"`;
	const [result] = (await withinDeadline(database, sql, parameters)) as [{ rows: Row[] | null } & Cells];
	return { rows: result.rows ?? [], cells: { ones: result.ones ?? [], listed: result.listed ?? [], institutes: result.institutes ?? [] } };
}

/** What PostgreSQL answers where it gives up a statement (query_canceled). */
const GIVEN_UP = "57014";

async function withinDeadline(database: DataSource, sql: string, parameters: unknown[]): Promise<unknown> {
	try {
		return await database.query(sql, parameters);
	} catch (error) {
		if ((error as { code?: string }).code === GIVEN_UP) throw badInput("query", "takes too long to answer: use fewer words, or rarer ones");
		throw error;
	}
}
