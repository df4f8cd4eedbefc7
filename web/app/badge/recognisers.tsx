import { type FragmentOf, graphql, type ResultOf, readFragment } from "../graphql.ts";
import { formatDate, formatList } from "../i18n/format.ts";
import { useLocale, useTexts } from "../i18n/locale.ts";
import { useTrustTexts } from "../i18n/trust-texts.ts";
import { ColumnFigure } from "../network/column-figure.tsx";
import { networkPath } from "../network/network-address.ts";
import { StatementMark } from "../trust/statement-mark.tsx";
import { ToldRecognition } from "../trust/told-recognition.ts";
import { wayPath } from "../trust/way-address.ts";
import { WayHops } from "../trust/way-hops.tsx";
import { To } from "../ui/link.tsx";
import { DemonstrationMark } from "../ui/marks.tsx";
import { badgePath, institutePath } from "../ui/paths.ts";
import { BADGE_BOX, drawRecognisers } from "./recognisers-drawing.ts";

export const Recognisers_Badge = graphql(
	`
		fragment Recognisers_Badge on BadgeClass {
			id
			recognisers(within: 3, first: 40) {
				totalCount
				throughChain
				nodes {
					through
					alignment
					member {
						slug
						name
						demonstration
					}
					via {
						slug
						name
					}
					path {
						hops {
							scope
							by {
								slug
								name
							}
							member {
								slug
							}
							...ToldRecognition
						}
					}
				}
				otherFields {
					...ToldRecognition
				}
			}
		}
	`,
	[ToldRecognition],
);

type Found = NonNullable<ResultOf<typeof Recognisers_Badge>["recognisers"]>;
type Recogniser = Found["nodes"][number];

/** Names in the sentence; the list has them all. */
const MOST_NAMED = 4;

/** « Qui reconnaît ce badge ? », as a sentence, as a drawing, and one by one with each way's statements. */
export function Recognisers({ of, name }: { of: FragmentOf<typeof Recognisers_Badge>; name: string }) {
	const { badge, network, site } = useTexts();
	const { recognisers: t, networkMap } = useTrustTexts();
	const locale = useLocale();
	const { id, recognisers: found } = readFragment(Recognisers_Badge, of);
	if (!found) return <p>{site.unreadable}</p>;
	const forFields = <OtherFields of={found.otherFields} />;
	if (found.totalCount === 0)
		return (
			<>
				<p>{badge.nobody}</p>
				{forFields}
			</>
		);
	const { drawing, narrow, drawn } = drawRecognisers(
		name,
		found.nodes.map(({ path }) => path),
	);
	const via = [...new Set(found.nodes.flatMap((one) => one.via.map((between) => between.name)))];
	const named = [...via.slice(0, MOST_NAMED), ...(via.length > MOST_NAMED ? [t.more(via.length - MOST_NAMED)] : [])];
	return (
		<>
			<p className="sentence">
				{t.sentence(found.totalCount)}
				{found.throughChain > 0 && t.through(found.throughChain, formatList(locale, named))}.
			</p>
			<ColumnFigure
				drawing={drawing}
				narrow={narrow}
				label={t.figure(name)}
				centre={BADGE_BOX}
				caption={
					<>
						{t.caption} {network.dashed} {drawn < found.totalCount && t.cut(drawn)}
					</>
				}
				box={(slug) => (slug === BADGE_BOX ? badgePath(id) : networkPath({ centre: slug }))}
			/>
			<ul className="recognitions">
				{found.nodes.map((one) => (
					<RecogniserItem key={one.member.slug} one={one} badge={id} />
				))}
			</ul>
			{found.nodes.length < found.totalCount && (
				<p>{networkMap.membersHidden(found.nodes.length, String(found.totalCount - found.nodes.length))}</p>
			)}
			{forFields}
		</>
	);
}

/** Who recognises the institute for a field: whether the badge is in it is the reader's to judge. */
function OtherFields({ of }: { of: Found["otherFields"] }) {
	const { recognisers: t } = useTrustTexts();
	if (of.length === 0) return null;
	return (
		<>
			<p>{t.otherFields(of.length)}</p>
			<WayHops hops={of} />
		</>
	);
}

function RecogniserItem({ one: { member, through, path, alignment }, badge }: { one: Recogniser; badge: string }) {
	const { badge: b } = useTexts();
	const { recognisers: t } = useTrustTexts();
	const locale = useLocale();
	const [only] = readFragment(ToldRecognition, path.hops);
	// Other ways are sought by the badge's id alone, which tells neither its issuer nor its fields.
	const isFoundById = ["BADGE_CLASS", "INSTITUTE"].includes(path.hops.at(-1)?.scope ?? "");
	const name = (
		<>
			<To to={institutePath(member.slug)}>{member.name}</To> {member.demonstration && <DemonstrationMark />}{" "}
			{t.kinds[through](alignment ?? "")}
		</>
	);
	if (through !== "CHAIN" && only) {
		return (
			<li>
				<p>
					{name}, <time dateTime={only.since}>{b.since(formatDate(locale, only.since))}</time> · <StatementMark of={only} />
				</p>
				<p className="reason" lang="fr">
					{only.reason}
				</p>
			</li>
		);
	}
	return (
		<li>
			<p>{name}</p>
			<details>
				<summary>{t.way(path.hops.length)}</summary>
				<WayHops hops={path.hops} />
				{isFoundById && (
					<p>
						<To to={wayPath(member.slug, badge)}>{t.others}</To>
					</p>
				)}
			</details>
		</li>
	);
}
