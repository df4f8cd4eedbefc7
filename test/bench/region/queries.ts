/** The three requests of the benchmark, as clients of the hub send them. */

export const SEARCH = `query Search($q: String!) {
	searchBadges(query: $q, first: 20) {
		totalCount
		facets { institutes { value label count } departements { value label count } }
		edges { node { id name excerpt { text match } instituteName badgeClass { description issuer { name } recognisedBy { by { name } } } } }
	}
}`;

export const BADGE = `query Badge($id: ID!) {
	badgeClass(id: $id) {
		id name description criteria { narrative url } tags issuer { name url }
		institute { slug name membership { name collectives { name } } }
		recognisedBy { by { name } reason since }
		requires { id name } requiredBy { id name }
		competencies { competency { label } } jobs { job { code label } }
	}
}`;

export const LIST = `query List($first: Int!) {
	badgeClasses(first: $first, orderBy: NAME) {
		totalCount
		pageInfo { hasNextPage endCursor }
		nodes { id name issuer { name } institute { slug name } recognisedBy { by { name } since reason } requires { id badgeClass { name issuer { name } } } }
	}
}`;

/** Words that are searched for, in turn: answers differ in size. */
export const WORDS = ["recherche emploi", "accueil", "numerique", "securite", "travail equipe", "accompagner", "organiser", "citoyen"];
