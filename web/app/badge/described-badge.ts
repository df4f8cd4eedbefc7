import { graphql } from "../graphql.ts";

/** The fields of a badge that its machine twin is made of. */
export const Described_Badge = graphql(`
	fragment Described_Badge on BadgeClass @_unmask {
		iri
		name
		description
		language
		tags
		createdAt
		updatedAt
		competencies {
			competency {
				code
				label
			}
		}
		alignments {
			targetName
			targetUrl
			targetCode
			targetFramework
		}
		recognisedBy {
			by {
				slug
				name
			}
		}
		institute {
			slug
			name
			website
		}
	}
`);
