/** The page of formats, in French: the shape that each other language must fill. */
export const formatTexts = {
	formats: {
		title: "Formats et interfaces du réseau de confiance",
		lead: "Ce que ce carrefour publie pour les programmes : qui est membre, qui reconnaît qui, par quelles déclarations signées, et comment le vérifier sans nous croire.",
		intro: "Chaque exemple est une vraie requête à ce carrefour : copiez-la dans un terminal.",
		answer: "La réponse :",
		empty: "Ce carrefour n’a encore rien qui réponde à cet exemple.",
		contents: "Sur cette page",
		sections: {
			entities: {
				title: "Les entités",
				text: [
					"OpenID Federation 1.0 : le carrefour est l’ancre de confiance, chaque collectif un intermédiaire (aux mêmes adresses, sous /federation/collectives/<id>), chaque établissement une feuille. Une entité s’appelle par son adresse.",
					"Types d’entité : federation_entity pour toutes ; open_badge_issuer, propre à ce réseau, pour les établissements qui délivrent des badges.",
				],
			},
			federation: {
				title: "OpenID Federation 1.0",
				text: [
					'Les réponses sont des JWT signés, chacun d’un type (typ) propre. Les erreurs suivent la norme : { "error", "error_description" }, avec invalid_request, invalid_client, not_found ou invalid_trust_anchor.',
					"Les marques qualiopi et metabadge-operator sont au réseau (trust_mark_owners), qui peut charger un collectif de les délivrer : ces marques portent alors delegation, un JWT trust-mark-delegation+jwt signé par l’ancre, et tombent avec la déclaration qui les délègue.",
				],
			},
			trqp: {
				title: "TRQP v2 : questions au registre de confiance",
				text: [
					"ToIP Trust Registry Query Protocol v2, par POST. entity_id et authority_id : un DID, une adresse d’entité, ou le nom que les déclarations lui donnent (l’identifiant d’un membre, collective/<id>). action : issue, recognise ou operate-metabadge. resource : l’identifiant d’un badge, ou *.",
					"context.time demande l’état à un instant passé, en UTC. Les problèmes sont ceux du RFC 7807.",
				],
			},
			registry: {
				title: "Liste des émetteurs par did:key",
				text: [
					"Le format de liste que lisent les vérificateurs et portefeuilles du DCC : à chaque DID, le nom, le lieu et la page de l’établissement.",
				],
			},
			log: {
				title: "Le journal des déclarations",
				text: [
					"Toute déclaration (adhésion, appartenance, reconnaissance, révocation, clé, marque, délégation) est un JWT gardé mot pour mot dans un journal où l’on ne fait qu’ajouter. Chaque entrée porte l’empreinte de la précédente ; le carrefour signe la tête (checkpoint).",
					"Types des JWT : network-membership+jwt, network-affiliation+jwt, network-recognition+jwt, network-revocation+jwt, network-key+jwt, network-mark+jwt, network-delegation+jwt, et network-checkpoint+jwt pour la tête. Tous ont iss, sub, aud (le nom du réseau), iat ; exp et jti sont facultatifs.",
					"Pour tout vérifier de l’extérieur : npm run verify-network, avec une seule clé publique de l’ancre, la première ou une suivante : chaque clé de l’ancre est nommée dans le journal par celle d’avant.",
				],
			},
			pathways: {
				title: "Parcours et métabadges",
				text: [
					"pathwayDocument donne les règles d’un métabadge en CTDL (Credential Engine), en associations CLR (1EdTech), ou en jalon (milestone) d’Open Badge Factory. lost dit ce que le format ne sait pas dire : COUNTS, GROUPS, CONDITIONS, COMPETENCIES, UNKNOWN_BADGES ; vide quand un lecteur peut tout avoir.",
				],
			},
			graphql: {
				title: "GraphQL",
				text: [
					"Tout ce que montrent ces pages vient de /graphql : recognisers, trustPath, egoNetwork, networkOverview, recognitionPage, suspensionImpact, statement (avec sa vérification), et networkAt pour un instant passé. subscription { networkChanged } signale chaque changement ; mutation { publishStatement } publie une déclaration signée par son auteur, sans autre jeton.",
				],
			},
		},
		examples: {
			configuration: {
				title: "La configuration de l’ancre",
				means: "JWT entity-statement+jwt : ses clés, ses points d’accès, et qui délivre quelles marques.",
			},
			fetch: {
				title: "Ce que l’ancre déclare d’une entité",
				means: "JWT entity-statement+jwt signé par l’ancre, au sujet (sub) de l’entité, avec les clés qu’elle lui connaît.",
			},
			list: { title: "Les entités juste en dessous", means: "Un tableau JSON d’adresses d’entités, filtré par type." },
			collection: {
				title: "Toutes les entités, avec leurs noms",
				means: "JSON : entities, chacune avec entity_id, entity_types, ui_infos et ses marques.",
			},
			resolve: {
				title: "Une chaîne de confiance, résolue",
				means: "JWT resolve-response+jwt : metadata après application des politiques, et trust_chain, la chaîne vérifiée.",
			},
			markList: {
				title: "Qui porte une marque",
				means: "Un tableau JSON d’adresses d’entités. Qualiopi y est déclarée par l’établissement, non vérifiée.",
			},
			historicalKeys: {
				title: "Les anciennes clés",
				means: "JWT jwk-set+jwt : clés retirées, avec exp, et revoked pour les compromises. Vide tant que rien n’a changé.",
			},
			collectiveConfiguration: {
				title: "La configuration d’un collectif",
				means: "Comme celle de l’ancre ; authority_hints nomme qui est au-dessus.",
			},
			authorization: {
				title: "Ce membre peut-il délivrer des badges sous l’autorité du réseau ?",
				means: "authorized : true ou false, time_evaluated, et message qui dit pourquoi.",
			},
			recognition: {
				title: "Un membre en reconnaît-il un autre, à cet instant ?",
				means:
					"recognized : true ou false, d’après les déclarations qui valaient à time_requested. Avec la ressource *, il faut reconnaître l’établissement entier.",
			},
			registry: { title: "La liste", means: "JSON : meta avec ses dates, registry avec un membre par DID." },
			log: {
				title: "Deux premières entrées",
				means: "JSON : network, entries (sequence, id, token, recordedAt, previous, hash) et next pour la suite.",
			},
			checkpoint: {
				title: "La tête signée",
				means: "JWT network-checkpoint+jwt : la taille du journal et l’empreinte de sa dernière entrée.",
			},
			statement: { title: "Une déclaration", means: "Le JWT tel que son auteur l’a signé." },
			ctdl: { title: "Un métabadge en CTDL", means: "document est un JSON-LD : un ceterms:Pathway, ses composants, ses conditions." },
			clr: { title: "Le même en CLR", means: "document est un JSON d’Achievements et d’Associations." },
			openBadgeFactory: {
				title: "Le même pour Open Badge Factory",
				means: "document est un JSON de badge avec ses conditions d’obtention.",
			},
			at: {
				title: "Le réseau à un instant",
				means: "data.networkAt : reconnaissances alors en vigueur, d’après les seules déclarations signées.",
			},
		},
		own: {
			title: "Les termes propres à ce carrefour",
			text: "Dans les documents CTDL, le préfixe hub désigne cette page. Un lecteur qui ne les connaît pas lit le reste.",
			terms: {
				distinctIssuers:
					"nombre entier : les badges qui comptent pour cette condition doivent venir d’au moins autant d’émetteurs différents.",
				recognisedOnly: "vrai : seul compte un badge qu’un membre du réseau reconnaît, lui ou son établissement.",
				notOlderThanDays: "nombre entier : seul compte un badge obtenu il y a au plus autant de jours.",
			},
		},
	},
};
