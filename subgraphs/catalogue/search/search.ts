import { type DataSource, In } from "typeorm";
import { badInput } from "../../kit/errors.ts";
import { pageOf, pageRequest } from "../../kit/paging.ts";
import { BadgeHit } from "../badge-hit.ts";
import { BadgeSearch, type SearchArguments } from "./badge-search.ts";
import { bestPlaces } from "./best-places.ts";
import { type FacetCells, sift } from "./cells.ts";
import { cursorWriter, readCursor } from "./cursor.ts";
import { withRelated } from "./expand.ts";
import { type CheckedFilter, checkFilter } from "./filter.ts";
import { planSearch } from "./find.ts";
import { memoryOf } from "./index-memory.ts";
import { matchPlan } from "./match-plan.ts";
import type { NearWords } from "./near-words.ts";
import type { Plan } from "./plan.ts";
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
 * One page of a search, best match first, and with `counted` what totals and facets are made of.
 * Throws `BAD_USER_INPUT` for a wrong argument.
 */
export async function searchBadges({ database, stems, nearWords }: Searcher, args: SearchArguments, counted = true): Promise<BadgeSearch> {
	const { manager } = database;
	const request = pageRequest(args, undefined, LARGEST_CURSOR);
	const after = args.after == null ? undefined : readCursor(args.after);
	const filter = checkFilter(args.filter);
	await memoryOf(database).refresh();
	const question = args.query == null ? undefined : await understand(manager, stems, args.query);
	if (after && (after.plan.mode === "LIST") !== (question === undefined))
		throw badInput("after", "is not a cursor of this list: leave it out to start again");
	const planned = await withinDeadline(() => planSearch(database, stems, nearWords, question, filter.retired));
	const plan = after?.plan ?? planned.plan;
	const matches = (after ? undefined : planned.matches) ?? (await withinDeadline(() => matchPlan(database, plan, filter.retired)));
	const { passing, cells } = sift(matches, filter, counted);
	const found = bestPlaces(matches, passing, request.size + 1, after);
	const writeCursor = cursorWriter(plan);
	const { rows, pageInfo } = pageOf(found, request, writeCursor);
	const badges = new Map(
		(await manager.findBy(BadgeHit, { id: In(rows.map(({ badgeId }) => badgeId)) })).map((badge) => [badge.id, badge]),
	);
	await prepareMatches(manager, stems, [...badges.values()], question && withRelated(question, planned.expansions));
	// A badge that was removed since it was found is left out.
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

/** What PostgreSQL answers where it gives up a statement (query_canceled). */
const GIVEN_UP = "57014";

async function withinDeadline<Answer>(work: () => Promise<Answer>): Promise<Answer> {
	try {
		return await work();
	} catch (error) {
		if ((error as { code?: string }).code === GIVEN_UP) throw badInput("query", "takes too long to answer: use fewer words, or rarer ones");
		throw error;
	}
}
