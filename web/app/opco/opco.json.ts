import type { LoaderFunctionArgs } from "react-router";
import { openHub } from "../hub-client.ts";
import { readCoverage } from "./read-coverage.ts";

/** The table of `/opco/<code>` for programs, whole, under the names of the hub's GraphQL. */
export async function loader(args: LoaderFunctionArgs) {
	const coverage = await readCoverage(openHub(args), args.params.code ?? "");
	return Response.json(coverage, { headers: { "Cache-Control": "no-cache" } });
}
