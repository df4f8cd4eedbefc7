import type { LoaderFunctionArgs } from "react-router";
import { openHub } from "../hub-client.ts";
import { readGapQuestion } from "./gap-address.ts";
import { readGap } from "./read-gap.ts";

/** `/ecart` with the same address for programs, under the names of the hub's GraphQL. */
export async function loader(args: LoaderFunctionArgs) {
	const answer = await readGap(openHub(args), readGapQuestion(args.url.searchParams));
	return Response.json(answer, { headers: { "Cache-Control": "no-cache" } });
}
