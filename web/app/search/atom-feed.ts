import { element, type Xml, xmlDocument } from "../forms/xml.ts";
import { FEED_TYPE } from "./feed-type.ts";

/** A feed as RFC 4287 has it. Addresses are whole ones. */
export interface Feed {
	/** The feed's own address: also its id, as it stays the same for the same search. */
	self: string;
	/** The page of which this is the feed. */
	alternate: string;
	language: string;
	title: string;
	subtitle: string;
	author: { name: string; uri: string };
	/** In the order of the feed. */
	entries: readonly FeedEntry[];
}

export interface FeedEntry {
	/** Stays the same whatever changes, in every language. */
	id: string;
	/** The page of the entry. */
	address: string;
	title: string;
	summary: string;
	/** Language of the title and summary. */
	language: string;
	/** Instants as the hub writes them: RFC 3339. */
	published: string;
	updated: string;
	author: { name: string; uri: string };
	categories: readonly string[];
}

/** §4.2.15: a feed says when it changed. One without entries never did: the beginning of time, the same at each reading. */
const NEVER = "1970-01-01T00:00:00.000Z";

/** When the feed, or any entry of it, last changed. */
export const changedAt = ({ entries }: Pick<Feed, "entries">): string => entries.map(({ updated }) => updated).reduce(later, NEVER);

/** The later of two instants written as the hub writes them: they sort as texts. */
export const later = (one: string, other: string): string => (one > other ? one : other);

/** Writes the feed. Nothing in it can end its element: see `element`. */
export function writeFeed(feed: Feed): string {
	return xmlDocument(
		element(
			"feed",
			{ xmlns: "http://www.w3.org/2005/Atom", "xml:lang": feed.language },
			element("id", {}, feed.self),
			element("title", {}, feed.title),
			element("subtitle", {}, feed.subtitle),
			element("updated", {}, changedAt(feed)),
			element("link", { rel: "self", type: FEED_TYPE, href: feed.self }),
			element("link", { rel: "alternate", type: "text/html", hreflang: feed.language, href: feed.alternate }),
			writeAuthor(feed.author),
			...feed.entries.map(writeEntry),
		),
	);
}

const writeEntry = ({ id, address, title, summary, language, published, updated, author, categories }: FeedEntry): Xml =>
	element(
		"entry",
		{ "xml:lang": language },
		element("id", {}, id),
		element("title", {}, title),
		element("link", { rel: "alternate", type: "text/html", href: address }),
		element("published", {}, published),
		element("updated", {}, updated),
		writeAuthor(author),
		...categories.map((term) => element("category", { term })),
		element("summary", {}, summary),
	);

const writeAuthor = ({ name, uri }: Feed["author"]): Xml => element("author", {}, element("name", {}, name), element("uri", {}, uri));
