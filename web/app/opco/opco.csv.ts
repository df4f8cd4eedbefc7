import type { LoaderFunctionArgs } from "react-router";
import { openHub } from "../hub-client.ts";
import { localeOf } from "../i18n/locale.ts";
import { csvResponse } from "../search/csv.ts";
import { coverageRows } from "./coverage-rows.ts";
import { readCoverage } from "./read-coverage.ts";

/** The table of `/opco/<code>`, whole: every job, every competency. */
export async function loader(args: LoaderFunctionArgs) {
	const coverage = await readCoverage(openHub(args), args.params.code ?? "");
	return csvResponse(coverageRows(coverage, localeOf(args.url.pathname)), `opco-${coverage.opco.code}`);
}
