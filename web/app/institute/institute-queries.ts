import { graphql } from "../graphql.ts";
import { BadgeCard_Hit } from "../search/badge-card.tsx";
import { ToldRecognition } from "../trust/told-recognition.ts";
import { Standing_Member } from "./standing.tsx";

/** The network's word on a member, and the institute's on itself (null while it is silent). Of recognitions, what its page shows. */
export const InstitutePage_Query = graphql(
	`
		query InstitutePage_Query($slug: ID!) {
			member(slug: $slug) {
				slug
				name
				status
				demonstration
				admittedAt
				departements {
					code
					name
				}
				collectives {
					id
					name
				}
				institute {
					description
					website
					email
					issuers {
						id
						name
						url
					}
				}
				...Standing_Member
				recognises(first: 8) {
					id
					...ToldRecognition
				}
				recognitionsByCount
				recognisedBy(first: 8) {
					id
					...ToldRecognition
				}
				recognitionsOfCount
			}
			collectives {
				id
				name
			}
		}
	`,
	[ToldRecognition, Standing_Member],
);

/** The catalogue's word on its badges: asked apart, so that the loss of one leaves the other. */
export const InstituteBadges_Query = graphql(
	`
		query InstituteBadges_Query($slug: ID!, $first: Int!, $after: String) {
			searchBadges(filter: { institutes: [$slug], retired: true }, first: $first, after: $after) {
				totalCount
				edges {
					node {
						id
						...BadgeCard_Hit
					}
				}
				pageInfo {
					hasNextPage
					endCursor
				}
			}
			harvests {
				instituteSlug
				badgeClasses
				heardAt
				problem
			}
		}
	`,
	[BadgeCard_Hit],
);
