import type { formatTexts as french } from "./formats-fr.ts";

export const formatTexts: typeof french = {
	formats: {
		title: "Formats and interfaces of the trust network",
		lead: "What this hub publishes for programs: who is a member, who recognises whom, by which signed statements, and how to verify it without believing us.",
		intro: "Each example is a real request to this hub: copy it into a terminal.",
		answer: "The answer:",
		empty: "This hub has nothing yet that would answer this example.",
		contents: "On this page",
		sections: {
			entities: {
				title: "Entities",
				text: [
					"OpenID Federation 1.0: the hub is the trust anchor, each collective an intermediate (at the same addresses, below /federation/collectives/<id>), each institute a leaf. An entity is called by its address.",
					"Entity types: federation_entity for all; open_badge_issuer, this network’s own, for institutes that issue badges.",
				],
			},
			federation: {
				title: "OpenID Federation 1.0",
				text: [
					'Answers are signed JWTs, each with a type (typ) of its own. Errors follow the standard: { "error", "error_description" }, with invalid_request, invalid_client, not_found or invalid_trust_anchor.',
					"The marks qualiopi and metabadge-operator are the network’s (trust_mark_owners), which may charge a collective with giving them: such marks bear delegation, a JWT trust-mark-delegation+jwt signed by the anchor, and fall with the statement that delegates them.",
				],
			},
			trqp: {
				title: "TRQP v2: questions to the trust registry",
				text: [
					"ToIP Trust Registry Query Protocol v2, by POST. entity_id and authority_id: a DID, an entity’s address, or the name that statements give it (a member’s identifier, collective/<id>). action: issue, recognise or operate-metabadge. resource: the identifier of a badge, or *.",
					"context.time asks about a time in the past, in UTC. Problems are those of RFC 7807.",
				],
			},
			registry: {
				title: "List of issuers by did:key",
				text: ["The list format that the DCC’s verifiers and wallets read: for each DID, the name, place and page of the institute."],
			},
			log: {
				title: "The log of statements",
				text: [
					"Every statement (membership, affiliation, recognition, revocation, key, mark, delegation) is a JWT kept verbatim in a log that is only appended to. Each entry holds the hash of the one before; the hub signs the head (checkpoint).",
					"Types of the JWTs: network-membership+jwt, network-affiliation+jwt, network-recognition+jwt, network-revocation+jwt, network-key+jwt, network-mark+jwt, network-delegation+jwt, and network-checkpoint+jwt for the head. All have iss, sub, aud (the name of the network), iat; exp and jti are optional.",
					"To verify all of it from outside: npm run verify-network, with one public key of the anchor, its first or a later one: each is named in the log by the one before.",
				],
			},
			pathways: {
				title: "Pathways and metabadges",
				text: [
					"pathwayDocument gives the rules of a metabadge in CTDL (Credential Engine), as CLR associations (1EdTech), or as a milestone of Open Badge Factory. lost tells what the format cannot say: COUNTS, GROUPS, CONDITIONS, COMPETENCIES, UNKNOWN_BADGES; empty when a reader can have the whole of it.",
				],
			},
			graphql: {
				title: "GraphQL",
				text: [
					"All that these pages show comes from /graphql: recognisers, trustPath, egoNetwork, networkOverview, recognitionPage, suspensionImpact, statement (with its verification), and networkAt for a time in the past. subscription { networkChanged } tells of each change; mutation { publishStatement } publishes a statement that its author signed, with no other token.",
				],
			},
		},
		examples: {
			configuration: {
				title: "The anchor’s configuration",
				means: "JWT entity-statement+jwt: its keys, its endpoints, and who issues which marks.",
			},
			fetch: {
				title: "What the anchor states of an entity",
				means: "JWT entity-statement+jwt signed by the anchor, about (sub) the entity, with the keys that it knows of it.",
			},
			list: { title: "The entities just below", means: "A JSON array of entities’ addresses, filtered by type." },
			collection: {
				title: "All entities, with their names",
				means: "JSON: entities, each with entity_id, entity_types, ui_infos and its marks.",
			},
			resolve: {
				title: "A trust chain, resolved",
				means: "JWT resolve-response+jwt: metadata after policies were applied, and trust_chain, the chain that was verified.",
			},
			markList: {
				title: "Who bears a mark",
				means: "A JSON array of entities’ addresses. Qualiopi is declared by the institute, not verified.",
			},
			historicalKeys: {
				title: "Former keys",
				means: "JWT jwk-set+jwt: retired keys, with exp, and revoked for compromised ones. Empty while nothing has changed.",
			},
			collectiveConfiguration: { title: "A collective’s configuration", means: "Like the anchor’s; authority_hints names who is above." },
			authorization: {
				title: "May this member issue badges under the network’s authority?",
				means: "authorized: true or false, time_evaluated, and message, which says why.",
			},
			recognition: {
				title: "Does a member recognise another, at this time?",
				means:
					"recognized: true or false, by the statements that held at time_requested. With the resource *, the whole institute must be recognised.",
			},
			registry: { title: "The list", means: "JSON: meta with its dates, registry with a member for each DID." },
			log: {
				title: "The first two entries",
				means: "JSON: network, entries (sequence, id, token, recordedAt, previous, hash), and next for what follows.",
			},
			checkpoint: { title: "The signed head", means: "JWT network-checkpoint+jwt: the size of the log and the hash of its last entry." },
			statement: { title: "One statement", means: "The JWT as its author signed it." },
			ctdl: { title: "A metabadge in CTDL", means: "document is JSON-LD: a ceterms:Pathway, its components, its conditions." },
			clr: { title: "The same in CLR", means: "document is JSON of Achievements and Associations." },
			openBadgeFactory: { title: "The same for Open Badge Factory", means: "document is the JSON of a badge with what earns it." },
			at: { title: "The network at a time", means: "data.networkAt: recognitions in force then, by signed statements alone." },
		},
		own: {
			title: "This hub’s own terms",
			text: "In CTDL documents the prefix hub stands for this page. A reader that does not know them reads the rest.",
			terms: {
				distinctIssuers: "whole number: the badges that count for this condition must come from at least so many different issuers.",
				recognisedOnly: "true: only a badge counts that a member of the network recognises, or its institute.",
				notOlderThanDays: "whole number: only a badge counts that was earned at most so many days ago.",
			},
		},
	},
};
