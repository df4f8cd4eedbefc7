import type { LoaderFunctionArgs } from "react-router";
import { graphql } from "../graphql.ts";
import { type Hub, openHub } from "../hub-client.ts";
import { type Claims, readClaims } from "./claims.ts";
import { tokenOf } from "./session.ts";

/** A steward at work: whom the hub is asked for, and what their token says of them. */
export interface StewardSession {
	hub: Hub;
	claims: Claims;
}

/** The session of a request; null without one. */
export function sessionOf(args: Pick<LoaderFunctionArgs, "context" | "request">): StewardSession | null {
	const token = tokenOf(args.request);
	const claims = token === undefined ? null : readClaims(token);
	return token === undefined || claims === null ? null : { hub: openHub(args, token), claims };
}

const Nothing_Query = graphql(`
	query Nothing_Query {
		__typename
	}
`);

/** What a token is good for by the router's word: null for a good one, else the code by which it is refused. */
export async function refusalOf(hub: Hub): Promise<string | null> {
	const { data, errors } = await hub.ask(Nothing_Query, {});
	return data === null ? (errors[0]?.extensions?.code ?? "UNREACHABLE") : null;
}

/** The code by which a change was refused as a whole: the router's own for a lacking scope is said as what it means. */
export function refusalIn(errors: readonly { extensions?: { code?: string } }[]): string {
	const code = errors[0]?.extensions?.code ?? "UNREACHABLE";
	return code === "UNAUTHORIZED_FIELD_OR_TYPE" ? "FORBIDDEN" : code;
}
