import { type FragmentOf, graphql, readFragment } from "../graphql.ts";
import { formatDate } from "../i18n/format.ts";
import { useLocale, useTexts } from "../i18n/locale.ts";
import { BadgeImage } from "../ui/badge-image.tsx";
import { Highlighted } from "../ui/highlighted.tsx";
import { To } from "../ui/link.tsx";
import { BadgeMarks, DemonstrationMark } from "../ui/marks.tsx";
import { badgePath, institutePath } from "../ui/paths.ts";
import { PARAMETERS } from "./search-params.ts";
import { WhyFound } from "./why-found.tsx";

/**
 * A badge as the catalogue harvested it. `live` asks its institute one field, to know whether it answers; `trust` asks
 * the network alone, which answers for the badges of silent institutes too.
 */
export const BadgeCard_Hit = graphql(`
	fragment BadgeCard_Hit on BadgeHit {
		id
		name
		highlightedName {
			text
			match
		}
		excerpt {
			text
			match
		}
		whyFound {
			field
			found
			asked
			kind
			through
		}
		instituteSlug
		instituteName
		tags
		metabadge
		requestable
		retired
		harvestedAt
		live: badgeClass {
			status
		}
		trust: badgeClass {
			recognisedBy {
				by {
					slug
				}
			}
			membership {
				demonstration
			}
		}
	}
`);

interface BadgeCardProps {
	hit: FragmentOf<typeof BadgeCard_Hit>;
	/** Level of the card's title in the page. */
	heading?: "h2" | "h3" | "h4";
	/** Left out where the whole page is about that institute. */
	showInstitute?: boolean;
	/** Where the title leads; the badge's own page without it. */
	path?: string;
	/** Offers to compare the badge, inside the form of the list; whether it is chosen. */
	compared?: boolean;
}

export function BadgeCard({ hit, heading: Heading = "h3", showInstitute = true, path, compared }: BadgeCardProps) {
	const badge = readFragment(BadgeCard_Hit, hit);
	const { card: t, compare } = useTexts();
	const locale = useLocale();
	const recognisers = new Set(badge.trust?.recognisedBy?.map(({ by }) => by.slug)).size;
	return (
		<article className="card">
			<BadgeImage id={badge.id} size={64} />
			<div className="card__body">
				<Heading className="card__title">
					<To to={path ?? badgePath(badge.id)}>
						<Highlighted segments={badge.highlightedName} />
					</To>
				</Heading>
				{showInstitute && (
					<p className="card__institute">
						<To to={institutePath(badge.instituteSlug)}>{badge.instituteName}</To>{" "}
						{badge.trust?.membership?.demonstration && <DemonstrationMark />}
					</p>
				)}
				<p className="card__excerpt">
					<Highlighted segments={badge.excerpt} />
				</p>
				<WhyFound reasons={badge.whyFound} />
				<BadgeMarks metabadge={badge.metabadge} requestable={badge.requestable} retired={badge.retired} />
				{recognisers > 0 && <p className="card__trust">{t.recognised(recognisers)}</p>}
				{badge.live === null && <p className="card__stale">{t.asOf(badge.instituteName, formatDate(locale, badge.harvestedAt))}</p>}
				{compared !== undefined && (
					<label className="choice card__compare no-print">
						<input
							type="checkbox"
							name={PARAMETERS.compared}
							value={badge.id}
							defaultChecked={compared}
							aria-label={compare.tickName(badge.name)}
						/>
						<span className="choice__label">{compare.tick}</span>
					</label>
				)}
			</div>
		</article>
	);
}
