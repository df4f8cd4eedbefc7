import type { DataSource } from "typeorm";
import { badInput } from "../../kit/errors.ts";
import { type PageRequest, pageOf, pageRequest } from "../../kit/paging.ts";
import { BadgeHit } from "../badge-hit.ts";
import { BadgeSearch, BadgeSearchEdge, BadgeSearchOrder, type SearchArguments } from "./badge-search.ts";
import { bestPlaces } from "./best-places.ts";
import { type FacetCells, sift } from "./cells.ts";
import { cursorWriter, type Place, readCursor } from "./cursor.ts";
import { withRelated } from "./expand.ts";
import { type CheckedFilter, checkFilter } from "./filter.ts";
import { planSearch } from "./find.ts";
import { listedIn } from "./in-order.ts";
import { memoryOf } from "./index-memory.ts";
import { matchPlan } from "./match-plan.ts";
import type { NearWords } from "./near-words.ts";
import type { Plan } from "./plan.ts";
import { understand } from "./question.ts";
import { shownBadges } from "./shown-badges.ts";
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
export async function searchBadges(searcher: Searcher, args: SearchArguments, counted = true): Promise<BadgeSearch> {
	const request = pageRequest(args, undefined, LARGEST_CURSOR);
	const asked: Asked = {
		query: args.query ?? undefined,
		order: args.order ?? BadgeSearchOrder.BEST,
		after: args.after == null ? undefined : readCursor(args.after),
		filter: checkFilter(args.filter),
		request,
		counted,
	};
	const memory = memoryOf(searcher.database);
	await memory.loaded();
	// What was committed before is asked for while the answer is made of what is known: it is made anew where that has changed.
	const refreshing = memory.refresh();
	for (let attempt = 1; ; attempt++) {
		const known = memory.version;
		const [answer, refreshed] = await Promise.allSettled([answerFrom(searcher, asked), refreshing]);
		if (refreshed.status === "rejected") throw refreshed.reason;
		if (memory.version !== known && attempt < MOST_ATTEMPTS) continue;
		if (answer.status === "rejected") throw answer.reason;
		return answer.value;
	}
}
/** Others' questions take in changes, too. */
const MOST_ATTEMPTS = 3;

interface Asked {
	query: string | undefined;
	order: BadgeSearchOrder;
	after: (Place & { plan: Plan; order: BadgeSearchOrder }) | undefined;
	filter: CheckedFilter;
	request: PageRequest;
	counted: boolean;
}

async function answerFrom(
	{ database, stems, nearWords }: Searcher,
	{ query, order, after, filter, request, counted }: Asked,
): Promise<BadgeSearch> {
	const { manager } = database;
	const question = query === undefined ? undefined : await understand(manager, stems, query);
	if (after && ((after.plan.mode === "LIST") !== (question === undefined) || after.order !== order))
		throw badInput("after", "is not a cursor of this list: leave it out to start again");
	const planned = await withinDeadline(() => planSearch(database, stems, nearWords, question, filter.retired));
	const plan = after?.plan ?? planned.plan;
	const found = (after ? undefined : planned.matches) ?? (await withinDeadline(() => matchPlan(database, nearWords, plan, filter.retired)));
	const matches = listedIn(order, plan, found);
	const { passing, cells } = sift(matches, filter, counted);
	const places = bestPlaces(matches, passing, request.size + 1, after);
	const writeCursor = cursorWriter(plan, order);
	const { rows, pageInfo } = pageOf(places, request, writeCursor);
	const shown = await shownBadges(
		database,
		stems,
		rows.map(({ slot }) => slot),
	);
	const matcher = question && withRelated(question, planned.expansions);
	// A badge that was removed since it was found is left out.
	const edges = rows.flatMap((row) => {
		const badge = shown.get(row.slot);
		if (!badge) return [];
		const node = Object.assign(new BadgeHit(), badge.row, { finding: { texts: badge.texts, matcher } });
		return [new BadgeSearchEdge(node, () => writeCursor(row))];
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
