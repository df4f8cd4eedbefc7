import { describe, expect, it } from "vitest";
import { changedAt, type Feed, type FeedEntry, writeFeed } from "../../web/app/search/atom-feed.ts";

const entry: FeedEntry = {
	id: "https://hub.example/badges/a:1",
	address: "https://hub.example/en/badges/a:1",
	title: "Accueillir <b>",
	summary: "Accueille\u0000 un public & le guide.",
	language: "fr",
	published: "2026-01-02T03:04:05.000Z",
	updated: "2026-02-02T03:04:05.000Z",
	author: { name: "Centre A", uri: "https://hub.example/en/etablissements/a" },
	categories: ["accueil"],
};

const feed: Feed = {
	self: "https://hub.example/en/badges.atom?q=accueil&metabadge=1",
	alternate: "https://hub.example/en/badges?q=accueil&metabadge=1",
	language: "en",
	title: "Badges for “accueil”",
	subtitle: "The newest.",
	author: { name: "Crossroads", uri: "https://hub.example/en" },
	entries: [entry],
};

describe("the feed of a search", () => {
	it("has what RFC 4287 asks of a feed and of an entry", () => {
		expect(writeFeed(feed).replaceAll("><", ">\n<")).toMatchInlineSnapshot(`
			"<?xml version="1.0" encoding="UTF-8"?>
			<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
			<id>https://hub.example/en/badges.atom?q=accueil&amp;metabadge=1</id>
			<title>Badges for “accueil”</title>
			<subtitle>The newest.</subtitle>
			<updated>2026-02-02T03:04:05.000Z</updated>
			<link rel="self" type="application/atom+xml" href="https://hub.example/en/badges.atom?q=accueil&amp;metabadge=1"/>
			<link rel="alternate" type="text/html" hreflang="en" href="https://hub.example/en/badges?q=accueil&amp;metabadge=1"/>
			<author>
			<name>Crossroads</name>
			<uri>https://hub.example/en</uri>
			</author>
			<entry xml:lang="fr">
			<id>https://hub.example/badges/a:1</id>
			<title>Accueillir &lt;b&gt;</title>
			<link rel="alternate" type="text/html" href="https://hub.example/en/badges/a:1"/>
			<published>2026-01-02T03:04:05.000Z</published>
			<updated>2026-02-02T03:04:05.000Z</updated>
			<author>
			<name>Centre A</name>
			<uri>https://hub.example/en/etablissements/a</uri>
			</author>
			<category term="accueil"/>
			<summary>Accueille un public &amp; le guide.</summary>
			</entry>
			</feed>
			"
		`);
	});

	it("changed when its last entry did, and an empty one never", () => {
		const older = { ...entry, updated: "2025-02-02T03:04:05.000Z" };
		expect(changedAt({ entries: [older, entry, older] })).toBe(entry.updated);
		expect(writeFeed({ ...feed, entries: [] })).toContain("<updated>1970-01-01T00:00:00.000Z</updated>");
	});
});
