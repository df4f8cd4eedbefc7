import type { LoaderFunctionArgs } from "react-router";
import { openHub } from "../hub-client.ts";
import { localeOf } from "../i18n/locale.ts";
import { csvResponse } from "../search/csv.ts";
import { readGapQuestion } from "./gap-address.ts";
import { gapRows } from "./gap-rows.ts";
import { readGap } from "./read-gap.ts";

/** The two columns of `/ecart` with the same address, as one table. */
export async function loader(args: LoaderFunctionArgs) {
	const { gap } = await readGap(openHub(args), readGapQuestion(args.url.searchParams));
	return csvResponse(gapRows(gap, localeOf(args.url.pathname)), `ecart-${gap.job.code}`);
}
