import { type DataSource, In } from "typeorm";
import { badInput } from "../../kit/errors.ts";
import { pageOf, pageRequest } from "../../kit/paging.ts";
import { BadgeHit } from "../badge-hit.ts";
import { BadgeSearch, type BadgeSearchFilter, type SearchArguments } from "./badge-search.ts";
import { type Question, termQuery, understand } from "./question.ts";
import { prepareMatches } from "./show-matches.ts";
import type { Stems } from "./stems.ts";

/** How a question is answered: with badges that hold all its words, else any of them, else with names that look like it. */
type Mode = "LIST" | "ALL" | "ANY" | "SIMILAR";

/** A search that has been understood. Everything of it that SQL needs, from the parameter $1 on. */
export interface Search {
	/** Common table expressions; the last, `matching`, has a row for each badge found, whether or not it passes the filters. */
	sql: string;
	parameters: unknown[];
}

/** The filters, as columns of `matching` that tell whether a badge passes them. */
export const PASSES = {
	institutes: `"passesInstitutes"`,
	departements: `"passesDepartements"`,
	collectives: `"passesCollectives"`,
	requestable: `"passesRequestable"`,
	metabadge: `"passesMetabadge"`,
} as const;
export const PASSES_ALL = Object.values(PASSES).join(" AND ");

/** Similarity to whole words of a name from which a name looks like what was typed. */
const ALIKE = 0.38;

/** One page of a search, best match first. Throws `BAD_USER_INPUT` for a wrong argument. */
export async function searchBadges(database: DataSource, stems: Stems, args: SearchArguments): Promise<BadgeSearch> {
	const { manager } = database;
	const request = pageRequest(args);
	const after = args.after == null ? undefined : readCursor(args.after);
	const question = args.query == null ? undefined : await understand(manager, stems, args.query);
	const mode = question ? await chooseMode(database, question, args.filter) : "LIST";
	const search = prepare(mode, question, args.filter);
	const place = search.parameters.length;
	const found: { id: string; score: string; nameCursor: string }[] = await database.query(
		`${search.sql} SELECT "id", "score"::text, "nameCursor" FROM "matching" WHERE ${PASSES_ALL}
		${after ? `AND ("score" < $${place + 2}::numeric OR ("score" = $${place + 2}::numeric AND "nameCursor" > $${place + 3}))` : ""}
		ORDER BY "score" DESC, "nameCursor" LIMIT $${place + 1}`,
		[...search.parameters, request.size + 1, ...(after ? [after.score, after.nameCursor] : [])],
	);
	const { rows, pageInfo } = pageOf(found, request, writeCursor);
	const badges = new Map((await manager.findBy(BadgeHit, { id: In(rows.map(({ id }) => id)) })).map((badge) => [badge.id, badge]));
	await prepareMatches(manager, stems, [...badges.values()], question);
	// A badge that was removed between the two queries is left out.
	const edges = rows.flatMap((row) => {
		const node = badges.get(row.id);
		return node ? [{ cursor: writeCursor(row), node }] : [];
	});
	return Object.assign(new BadgeSearch(), { edges, pageInfo, search });
}

/** Independent of the filters, so that choosing one never changes what kind of answer is given. */
async function chooseMode(database: DataSource, { terms }: Question, filter: BadgeSearchFilter | null | undefined): Promise<Mode> {
	if (terms.length === 0) return "SIMILAR";
	const [row] = await database.query(
		`SELECT coalesce(bool_or("words" @@ $1::tsquery), false) AS "all", count(*) > 0 AS "any"
		FROM "search_document" JOIN "badge" ON "id" = "badgeId" WHERE "words" @@ $2::tsquery AND ($3 OR NOT "retired")`,
		[allOf(terms.map((term) => termQuery(term))), anyOf(terms.map((term) => termQuery(term))), filter?.retired ?? false],
	);
	const { all, any } = row as { all: boolean; any: boolean };
	return all ? "ALL" : any ? "ANY" : "SIMILAR";
}

function prepare(mode: Mode, question: Question | undefined, filter: BadgeSearchFilter | null | undefined): Search {
	const parameters: unknown[] = [];
	const put = (value: unknown) => `$${parameters.push(value)}`;
	const { score, where } = matchOf(mode, question, put);
	const either = (values: readonly string[] | null | undefined, condition: (parameter: string) => string) =>
		// An empty list is a filter of which nothing has been chosen. No value holds a null byte, which PostgreSQL refuses.
		values == null || values.length === 0
			? "TRUE"
			: condition(`${put(values.map((value) => value.replaceAll("\u0000", "\ufffd")))}::text[]`);
	const same = (column: string, value: boolean | null | undefined) => (value == null ? "TRUE" : `${column} = ${put(value)}`);
	const sql = `WITH "matching" AS MATERIALIZED (
		SELECT badge."id", badge."nameCursor", badge."instituteSlug", harvest."name" AS "instituteName", harvest."departements", harvest."collectives", badge."requestable", badge."metabadge",
			${score} AS "score",
			${either(filter?.institutes, (slugs) => `badge."instituteSlug" = ANY (${slugs})`)} AS ${PASSES.institutes},
			${either(filter?.departements, (codes) => `harvest."departements" && ${codes}`)} AS ${PASSES.departements},
			${either(filter?.collectives, (ids) => `harvest."collectives" && ${ids}`)} AS ${PASSES.collectives},
			${same(`badge."requestable"`, filter?.requestable)} AS ${PASSES.requestable},
			${same(`badge."metabadge"`, filter?.metabadge)} AS ${PASSES.metabadge}
		FROM "badge" JOIN "harvest" USING ("instituteSlug") JOIN "search_document" document ON document."badgeId" = badge."id"
		WHERE ${where}${filter?.retired ? "" : ` AND NOT badge."retired"`}
	)`;
	return { sql, parameters };
}

/**
 * What is found, and how well it matches. Words of the name count most by far, then those of tags, issuer and
 * institute, then those of the texts; among equals, the name that holds little else.
 */
function matchOf(mode: Mode, question: Question | undefined, put: (value: unknown) => string): { score: string; where: string } {
	if (mode === "LIST" || !question) return { score: "0::numeric", where: "TRUE" };
	const folded = put(question.folded);
	if (mode === "SIMILAR") {
		const alike = `strict_word_similarity(${folded}, document."foldedName")`;
		return { score: `round((${alike} + similarity(${folded}, document."foldedName"))::numeric, 5)`, where: `${alike} >= ${ALIKE}` };
	}
	const { terms } = question;
	const queries = terms.map((term) => termQuery(term));
	const query = put(mode === "ALL" ? allOf(queries) : anyOf(queries));
	const share = (wanted: string[]) =>
		`(SELECT count(*) FROM unnest(${put(wanted)}::tsquery[]) AS term WHERE document."words" @@ term)::float / ${terms.length}`;
	const parts = [
		...(mode === "ANY" ? [`4 * ${share(queries)}`] : []),
		`3 * ${share(terms.map((term) => termQuery(term, "A")))}`,
		share(terms.map((term) => termQuery(term, "AB"))),
		`ts_rank('{0.05, 0.15, 0.4, 1}', document."words", ${query}::tsquery)`,
		`similarity(${folded}, document."foldedName")`,
	];
	return { score: `round((${parts.join(" + ")})::numeric, 5)`, where: `document."words" @@ ${query}::tsquery` };
}

function allOf(queries: readonly string[]): string {
	return queries.map((query) => `(${query})`).join(" & ");
}

function anyOf(queries: readonly string[]): string {
	return queries.map((query) => `(${query})`).join(" | ");
}

function writeCursor({ score, nameCursor }: { score: string; nameCursor: string }): string {
	return Buffer.from(JSON.stringify([score, nameCursor])).toString("base64url");
}

function readCursor(cursor: string): { score: string; nameCursor: string } {
	try {
		const parts: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
		if (Array.isArray(parts) && parts.length === 2) {
			const [score, nameCursor] = parts as unknown[];
			if (
				typeof score === "string" &&
				/^\d{1,6}(\.\d{1,10})?$/.test(score) &&
				typeof nameCursor === "string" &&
				!nameCursor.includes("\u0000")
			)
				return { score, nameCursor };
		}
	} catch {
		// said below
	}
	throw badInput("after", "is not a cursor of this list: leave it out to start again");
}
