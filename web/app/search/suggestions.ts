import type { LoaderFunctionArgs } from "react-router";
import { graphql, type ResultOf } from "../graphql.ts";
import { openHub } from "../hub-client.ts";
import { localeOf, localised } from "../i18n/locale.ts";
import { badgePath, competencyPath, institutePath, jobPath } from "../ui/paths.ts";
import { typedWords } from "./typed-words.ts";

const Suggestions_Query = graphql(`
	query Suggestions_Query($text: String!, $first: Int!) {
		suggestions(text: $text, first: $first) {
			kind
			id
			label
		}
	}
`);

const OF_EACH = 4;
/** What the hub accepts. */
const LONGEST = 100;

type Kind = ResultOf<typeof Suggestions_Query>["suggestions"][number]["kind"];

/** Something that a person who types may be looking for. */
export interface Choice {
	kind: Kind;
	id: string;
	label: string;
	/** Its page, in the language of the request. */
	path: string;
}

const PATHS: Record<Kind, (id: string) => string> = {
	BADGE: badgePath,
	COMPETENCY: competencyPath,
	JOB: jobPath,
	INSTITUTE: institutePath,
};

/** `/suggestions?q=…`: choices by kind, for the search field. Empty while the hub cannot be read: typing goes on all the same. */
export async function loader(args: LoaderFunctionArgs) {
	const { searchParams, pathname } = args.url;
	const locale = localeOf(pathname);
	const text = typedWords(searchParams.get("q") ?? "", LONGEST);
	const answer = text === "" ? null : await openHub(args).ask(Suggestions_Query, { text, first: OF_EACH });
	const choices: Choice[] = (answer?.data?.suggestions ?? []).map((one) => ({ ...one, path: localised(locale, PATHS[one.kind](one.id)) }));
	// What is typed twice within a minute, letters taken back, is not asked twice.
	return Response.json(choices, { headers: { "Cache-Control": answer?.data ? "private, max-age=60" : "no-store" } });
}
