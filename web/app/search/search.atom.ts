import type { LoaderFunctionArgs } from "react-router";
import { sayCompleteness } from "../forms/completeness.ts";
import { validated } from "../forms/validated.ts";
import { openHub } from "../hub-client.ts";
import { publicOrigin } from "../hub-context.ts";
import { localeOf, localised, textsOf } from "../i18n/locale.ts";
import { badgePath, institutePath } from "../ui/paths.ts";
import { changedAt, type Feed, later, writeFeed } from "./atom-feed.ts";
import { FEED_TYPE } from "./feed-type.ts";
import { type ListedBadge, readList } from "./read-list.ts";
import { parseSearch, type SearchState, savedPath } from "./search-params.ts";

const ENTRIES = 50;

/** The newest badges that a search finds: `/badges.atom?…` with the question of the page. */
export async function loader(args: LoaderFunctionArgs) {
	const { request, url } = args;
	const hub = openHub(args);
	const locale = localeOf(url.pathname);
	const t = textsOf(locale);
	// The address in its one form: the same search is the same feed, however it was written and its page is ordered.
	const state: SearchState = { ...parseSearch(url.searchParams), order: "BEST" };
	const origin = publicOrigin(hub.settings, request);
	const address = (path: string) => origin + localised(locale, path);
	const { badges } = await readList(hub, { ...state, order: "NEWEST" }, ENTRIES);
	const lacking = sayCompleteness({ ...(await hub.absence()), cut: null }, locale);
	const feed: Feed = {
		self: address(savedPath(state, "/badges.atom")),
		alternate: address(savedPath(state)),
		language: locale,
		title: `${state.words ? t.search.titleFor(state.words) : t.search.title} – ${t.site.name}`,
		subtitle: [t.follow.subtitle, lacking].filter(Boolean).join(" "),
		author: { name: t.site.name, uri: address("/") },
		entries: newest(badges).map(({ badge, dated }) => ({
			id: origin + badgePath(badge.id),
			address: address(badgePath(badge.id)),
			title: badge.name,
			summary: dated.description,
			language: dated.language,
			published: dated.createdAt,
			updated: dated.updatedAt,
			author: { name: badge.instituteName, uri: address(institutePath(badge.instituteSlug)) },
			categories: badge.tags,
		})),
	};
	// A badge may be old and new here, as those of a member that joins: what the catalogue learned counts as well.
	const learned = badges.map(({ harvestedAt }) => harvestedAt).reduce(later, changedAt(feed));
	const headers = { "Content-Type": `${FEED_TYPE}; charset=utf-8`, "Content-Language": locale };
	return validated(request, writeFeed(feed), headers, new Date(learned));
}

/** The badges that were created last, of those whose institute says when; the same order for the same instant. */
function newest(badges: readonly ListedBadge[]) {
	return badges
		.flatMap((badge) => (badge.badgeClass ? [{ badge, dated: badge.badgeClass }] : []))
		.toSorted((a, b) => b.dated.createdAt.localeCompare(a.dated.createdAt) || a.badge.id.localeCompare(b.badge.id));
}
