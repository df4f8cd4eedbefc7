import { auditServer } from "graphql-http";
import type { Verdict } from "./verdict.ts";

/** What each level of the specification asks for: what is only recommended to do if one likes is reported, not required. */
const REQUIRED = new Set(["MUST", "SHOULD"]);

/** The audits of `graphql-http`: whether the router speaks GraphQL over HTTP as its specification says. */
export async function auditGraphqlOverHttp(url: string): Promise<Verdict[]> {
	const results = await auditServer({ url });
	return results.map((result) => ({
		id: result.id.toLowerCase(),
		subject: "GraphQL over HTTP",
		title: result.name,
		required: REQUIRED.has(result.name.split(" ")[0] as string),
		...(result.status === "ok" ? {} : { problem: result.reason }),
	}));
}
