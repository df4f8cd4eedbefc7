import { ArgsType, Field, Int, ObjectType } from "type-graphql";
import type { DataSource, SelectQueryBuilder } from "typeorm";
import { fold } from "../../schema/global-id.ts";
import { badInput } from "../kit/errors.ts";
import { PageInfo, pageOf, pageRequest } from "../kit/paging.ts";
import { Job } from "./job.ts";

@ArgsType()
export class JobsArguments {
	@Field(() => String, { nullable: true }) query?: string | null;
	@Field(() => Int, { defaultValue: 20 }) first: number;
	@Field(() => String, { nullable: true }) after?: string | null;
}

@ObjectType({ simpleResolvers: true })
export class JobEdge {
	@Field(() => String) cursor: string;
	@Field(() => Job) node: Job;
}

/** The field `totalCount` is resolved: it is counted only when asked for. */
@ObjectType({ simpleResolvers: true })
export class JobConnection {
	@Field(() => [JobEdge]) edges: JobEdge[];
	@Field(() => [Job]) nodes: Job[];
	@Field(() => PageInfo) pageInfo: PageInfo;
	/** Folded words, all of which are asked for; undefined to list every job. */
	words: string[] | undefined;
}

const LONGEST_QUERY = 300;

/** One page of the jobs, by label. Throws `BAD_USER_INPUT` for a wrong argument. */
export async function listJobs(database: DataSource, args: JobsArguments): Promise<JobConnection> {
	const request = pageRequest(args);
	const words = wordsOf(args.query);
	const query = matching(database, words);
	if (args.after != null) query.andWhere(`job."labelCursor" > :after`, { after: readCursor(args.after) });
	const found = await query
		.orderBy(`job."labelCursor"`)
		.limit(request.size + 1)
		.getMany();
	const { rows, pageInfo } = pageOf(found, request, cursorOf);
	return Object.assign(new JobConnection(), {
		edges: rows.map((node) => ({ cursor: cursorOf(node), node })),
		nodes: rows,
		pageInfo,
		words,
	});
}

export async function countJobs(database: DataSource, { words }: JobConnection): Promise<number> {
	return matching(database, words).getCount();
}

function wordsOf(query: string | null | undefined): string[] | undefined {
	if (query == null) return undefined;
	if ([...query].length > LONGEST_QUERY) throw badInput("query", `must have at most ${LONGEST_QUERY} characters`);
	const text = query.replace(/[\u0000-\u001f\u007f-\u009f]/g, " ");
	if (text.trim() === "") throw badInput("query", "is blank: leave it out to list every job");
	return fold(text)
		.split("_")
		.filter((word) => word !== "");
}

/** Jobs of which one label holds all the words: words taken from several labels would mean nothing. */
function matching(database: DataSource, words: readonly string[] | undefined): SelectQueryBuilder<Job> {
	const query = database.manager.createQueryBuilder(Job, "job").where("TRUE");
	if (words?.length === 0) return query.andWhere("FALSE");
	// Folded words hold letters and digits only: nothing to escape for LIKE.
	if (words)
		query.andWhere(`EXISTS (SELECT FROM unnest(job."foldedLabels") AS label WHERE label LIKE ALL (:patterns))`, {
			patterns: words.map((word) => `%${word}%`),
		});
	return query;
}

function cursorOf({ labelCursor }: Job): string {
	return Buffer.from(labelCursor).toString("base64url");
}

function readCursor(cursor: string): string {
	const place = Buffer.from(cursor, "base64url").toString("utf8");
	// Made by `nameCursor`: a folded label, a space, a code.
	if (!/^[\p{L}\p{N}_]* [A-Z0-9]+$/u.test(place)) throw badInput("after", "is not a cursor of this list: leave it out to start again");
	return place;
}
