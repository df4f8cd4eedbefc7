import { graphql } from "../graphql.ts";

export const StewardPathways_Query = graphql(`
	query StewardPathways_Query {
		drawnPathways {
			id
			name
			changedAt
			steps {
				place
			}
			history {
				at
				steward
			}
		}
	}
`);

export const StewardPathway_Query = graphql(`
	query StewardPathway_Query($id: ID!) {
		drawnPathway(id: $id) {
			id
			name
			description
			version
			steps {
				badgeClassId
				competency
				optional
				note
			}
			history {
				at
				steward
				action
			}
		}
	}
`);

export const SaveDrawnPathway_Mutation = graphql(`
	mutation SaveDrawnPathway_Mutation($pathway: DrawnPathwayInput!) {
		saveDrawnPathway(pathway: $pathway) {
			__typename
			... on DrawnPathway {
				id
			}
			... on DrawnPathwayRefused {
				code
				field
			}
		}
	}
`);

export const RemoveDrawnPathway_Mutation = graphql(`
	mutation RemoveDrawnPathway_Mutation($id: ID!, $version: Int!) {
		removeDrawnPathway(id: $id, version: $version) {
			__typename
			... on DrawnPathwayRefused {
				code
				field
			}
		}
	}
`);

export const StewardSearch_Query = graphql(`
	query StewardSearch_Query($query: String!) {
		searchBadges(query: $query, first: 8) {
			edges {
				node {
					id
					name
					instituteName
				}
			}
		}
	}
`);
