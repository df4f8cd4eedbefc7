import { type AuditCase, rows, saved } from "../case.ts";
import { THREE } from "./region.ts";

const CHANGES = "subscription { badgeClassChanged { id badgeClass { name } } }";
const ALL = ["alpha", "beta", "gamma"];
const event = (id: string, name: string) => ({ data: { badgeClassChanged: { id, badgeClass: { name } } } });

export const SUBSCRIPTIONS: AuditCase[] = [
	{
		id: "6fd1",
		title: "A stream carries the events of every member, and ends at all of them with its client",
		members: THREE,
		steps: [
			{ subscribe: CHANGES, as: "s", streams: ALL },
			{ announce: "beta", id: "beta:forger" },
			{ events: "s", expect: [event("beta:forger", "Forger")] },
			{ announce: "alpha", id: "alpha:ecouter" },
			{ events: "s", expect: [event("beta:forger", "Forger"), event("alpha:ecouter", "Écouter")] },
			{ announce: "gamma", id: "gamma:lire" },
			{ events: "s", expect: [event("beta:forger", "Forger"), event("alpha:ecouter", "Écouter"), event("gamma:lire", "Lire")] },
			{ unsubscribe: "s", streams: ALL },
		],
	},
	{
		id: "8a67",
		title: "A stream outlives the loss of a member, and takes it up where it was lost: nothing is missed or repeated",
		members: THREE,
		steps: [
			{ subscribe: CHANGES, as: "s", streams: ALL },
			{ announce: "beta", id: "beta:forger" },
			{ events: "s", expect: [event("beta:forger", "Forger")] },
			{ stop: "beta" },
			{ announce: "beta", id: "beta:zinguer" },
			{ announce: "alpha", id: "alpha:ecouter" },
			{ events: "s", expect: [event("beta:forger", "Forger"), event("alpha:ecouter", "Écouter")] },
			{ start: "beta" },
			{ events: "s", expect: [event("beta:forger", "Forger"), event("alpha:ecouter", "Écouter"), event("beta:zinguer", "Zinguer")] },
		],
	},
	{
		id: "df00",
		title: "A client that comes back with the position of its last event gets what it missed, of every member it had heard of",
		members: THREE,
		steps: [
			{ subscribe: "subscription { badgeClassChanged { id position } }", as: "before", streams: ALL },
			{ announce: "alpha", id: "alpha:ecouter" },
			{ events: "before", expect: [{ data: { badgeClassChanged: { id: "alpha:ecouter", position: { $any: "text" } } } }] },
			{ announce: "beta", id: "beta:forger" },
			{
				events: "before",
				expect: ["alpha:ecouter", "beta:forger"].map((id) => ({ data: { badgeClassChanged: { id, position: { $any: "text" } } } })),
			},
			{ unsubscribe: "before", streams: ALL },
			{ announce: "alpha", id: "alpha:reparer" },
			{
				subscribe: "subscription ($since: String) { badgeClassChanged(since: $since) { id } }",
				variables: { since: saved("before.1", "badgeClassChanged.position") },
				as: "after",
				streams: ALL,
			},
			{ events: "after", expect: [{ data: { badgeClassChanged: { id: "alpha:reparer" } } }] },
			{ announce: "beta", id: "beta:zinguer" },
			{ events: "after", expect: ["alpha:reparer", "beta:zinguer"].map((id) => ({ data: { badgeClassChanged: { id } } })) },
		],
	},
	{
		id: "cbb3",
		title: "A position that is none of this stream is refused",
		members: THREE,
		steps: [
			{ subscribe: 'subscription { badgeClassChanged(since: "yesterday") { id } }', as: "s" },
			{
				events: "s",
				expect: [{ data: null, errors: [{ code: "BAD_USER_INPUT", path: ["badgeClassChanged"], details: { field: "since" } }] }],
			},
		],
	},
	{
		id: "5ed3",
		title: "Events hold what other subgraphs say of their rows",
		members: THREE,
		steps: [
			{
				subscribe: "subscription { change: badgeClassChanged { kind badgeClass { title: name note issuer { name } } } }",
				as: "s",
				streams: ALL,
			},
			{ announce: "gamma", id: "gamma:oeuvrer" },
			{
				events: "s",
				expect: [
					{
						data: {
							change: {
								kind: "SAVED",
								badgeClass: { title: "Œuvrer", note: "Note on gamma:oeuvrer", issuer: { name: "Issuer of gamma" } },
							},
						},
					},
				],
			},
		],
	},
	{
		id: "605b",
		title: "A member that joins while a stream is open is heard on it, and one that leaves no longer",
		members: THREE,
		steps: [
			{ subscribe: CHANGES, as: "s", streams: ALL },
			{ join: "delta", rows: rows("delta", { mesurer: "Mesurer" }) },
			{ followed: ["delta"] },
			{ announce: "delta", id: "delta:mesurer" },
			{ events: "s", expect: [event("delta:mesurer", "Mesurer")] },
			{ leave: "alpha" },
			{ announce: "gamma", id: "gamma:lire" },
			{ events: "s", expect: [event("delta:mesurer", "Mesurer"), event("gamma:lire", "Lire")] },
		],
	},
	{
		id: "17d3",
		title: "A row under another member's prefix is dropped from an event, and told",
		members: THREE,
		steps: [
			{ lie: "beta", about: { "beta:forger": { id: "alpha:ecouter" } } },
			{ subscribe: "subscription { badgeClassChanged { kind badgeClass { id name } } }", as: "s", streams: ALL },
			{ announce: "beta", id: "beta:forger" },
			{
				events: "s",
				expect: [
					{
						data: { badgeClassChanged: { kind: "SAVED", badgeClass: null } },
						errors: [
							{ code: "FOREIGN_ROW", path: ["badgeClassChanged", "badgeClass"], details: { institute: "beta", id: "alpha:ecouter" } },
						],
					},
				],
			},
		],
	},
	{
		id: "89de",
		title: "Two clients of one stream each get every event",
		members: THREE,
		steps: [
			{ subscribe: CHANGES, as: "one", streams: ALL },
			{ subscribe: CHANGES, as: "two", streams: ALL },
			{ announce: "beta", id: "beta:forger" },
			{ events: "one", expect: [event("beta:forger", "Forger")] },
			{ events: "two", expect: [event("beta:forger", "Forger")] },
		],
	},
];
