import { graphql, type ResultOf } from "../graphql.ts";
import { RuleParts_Part } from "../pathway/rule-parts.ts";
import { BadgeCard_Hit } from "../search/badge-card.tsx";
import { Correspondences_Badge } from "./correspondences.tsx";
import { Described_Badge } from "./described-badge.ts";
import { Recognisers_Badge } from "./recognisers.tsx";
import { RememberedRecognisers_Recognition } from "./remembered-recognisers.tsx";
import { Requirements_Badge } from "./requirements.tsx";

/**
 * `badgeClass` is the institute's word; `pathway` is the catalogue's and `member` the network's, which know the badge
 * while its institute is silent. The first node of a pathway is the badge itself.
 */
export const BadgePage_Query = graphql(
	`
		query BadgePage_Query($id: ID!, $slug: ID!) {
			badgeClass(id: $id) {
				...Described_Badge
				id
				status
				criteria {
					narrative
					url
				}
				issuer {
					name
					description
					url
				}
				request {
					open
					url
				}
				requirement {
					needed
				}
				requiredBy {
					id
				}
				institute {
					harvest {
						heardAt
					}
				}
				...Recognisers_Badge
				...Requirements_Badge
				...Correspondences_Badge
			}
			pathway(badgeClassId: $id) {
				nodes {
					id
					name
					instituteSlug
					instituteName
				}
			}
			progress(badgeClassId: $id, holding: []) {
				parts {
					...RuleParts_Part
				}
			}
			member(slug: $slug) {
				slug
				name
				demonstration
				recognisedBy {
					scope
					badgeClassId
					...RememberedRecognisers_Recognition
				}
			}
		}
	`,
	[Described_Badge, Recognisers_Badge, RememberedRecognisers_Recognition, Requirements_Badge, Correspondences_Badge, RuleParts_Part],
);

/** What the catalogue kept of a badge, found again by its name among those of its institute. */
export const BadgeRemembered_Query = graphql(
	`
		query BadgeRemembered_Query($name: String!, $institute: ID!) {
			searchBadges(query: $name, filter: { institutes: [$institute], retired: true }, first: 20) {
				edges {
					node {
						id
						harvestedAt
						...BadgeCard_Hit
					}
				}
			}
		}
	`,
	[BadgeCard_Hit],
);

export type BadgePageData = ResultOf<typeof BadgePage_Query>;
export type BadgeOfPage = NonNullable<BadgePageData["badgeClass"]>;
