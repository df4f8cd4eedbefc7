import type { ObjectLiteral, SelectQueryBuilder } from "typeorm";
import { type PageArguments, type PageInfo, pageOf, pageRequest } from "./paging.ts";

/**
 * Reads one page of a query in the order of a column that holds each row's place, which is its cursor too. Throws
 * `BAD_USER_INPUT` for a wrong argument.
 */
export async function readPage<Row extends ObjectLiteral>(
	query: SelectQueryBuilder<Row>,
	args: PageArguments,
	column: keyof Row & string,
): Promise<{ edges: { cursor: string; node: Row }[]; nodes: Row[]; pageInfo: PageInfo }> {
	const request = pageRequest(args);
	const place = `${query.alias}.${column}`;
	if (request.after !== undefined) query.andWhere(`${place} > :after`, { after: request.after });
	if (request.before !== undefined) query.andWhere(`${place} < :before`, { before: request.before });
	query.orderBy(place, request.backward ? "DESC" : "ASC").take(request.size + 1);
	const { rows, pageInfo } = pageOf(await query.getMany(), request, (row) => row[column] as string);
	return { edges: rows.map((node) => ({ cursor: node[column] as string, node })), nodes: rows, pageInfo };
}
