import { ArgsType, Field, ID, Int, ObjectType } from "type-graphql";
import type { DataSource, SelectQueryBuilder } from "typeorm";
import { fold } from "../../schema/global-id.ts";
import { badInput } from "../kit/errors.ts";
import { PageInfo, pageOf, pageRequest } from "../kit/paging.ts";
import { Job } from "./job.ts";

@ArgsType()
export class JobsArguments {
	@Field(() => String, { nullable: true }) query?: string | null;
	@Field(() => ID, { nullable: true, description: "Code of a domain: `K`, or `K18`." }) domain?: string | null;
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
	domain: string | undefined;
}

const LONGEST_QUERY = 300;

/** One page of the jobs, by label. Throws `BAD_USER_INPUT` for a wrong argument. */
export async function listJobs(database: DataSource, args: JobsArguments): Promise<JobConnection> {
	const request = pageRequest(args);
	const words = wordsOf(args.query);
	const domain = domainOf(args.domain);
	const query = matching(database, words, domain);
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
		domain,
	});
}

export async function countJobs(database: DataSource, { words, domain }: JobConnection): Promise<number> {
	return matching(database, words, domain).getCount();
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

function domainOf(code: string | null | undefined): string | undefined {
	if (code == null) return undefined;
	const domain = code.trim().toUpperCase();
	if (!/^[A-N](\d\d)?$/.test(domain)) throw badInput("domain", "is a code like `K` or `K18`");
	return domain;
}

/** A word without the mark of the plural: what is left is found in the singular and in the plural. */
function singular(word: string): string {
	return word.length < 5 ? word : word.replace(/(?<=a)ux$|[sx]$/, "");
}

/** Jobs of which one label holds all the words: words taken from several labels would mean nothing. */
function matching(database: DataSource, words: readonly string[] | undefined, domain: string | undefined): SelectQueryBuilder<Job> {
	const query = database.manager.createQueryBuilder(Job, "job").where(`job."retiredIn" IS NULL`);
	if (domain !== undefined) query.andWhere(`(job."domainCode" = :domain OR left(job."domainCode", 1) = :domain)`, { domain });
	if (words?.length === 0) return query.andWhere("FALSE");
	// Folded words hold letters and digits only: nothing to escape for LIKE.
	if (words)
		query.andWhere(`EXISTS (SELECT FROM unnest(job."foldedLabels") AS label WHERE label LIKE ALL (:patterns))`, {
			patterns: words.map((word) => `%${singular(word)}%`),
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
