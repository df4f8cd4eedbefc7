import { type LoaderFunctionArgs, useLoaderData } from "react-router";
import { isSlug } from "../badge/badge-id.ts";
import { graphql } from "../graphql.ts";
import { notFound, openHub } from "../hub-client.ts";
import { useTexts } from "../i18n/locale.ts";
import { useTrustTexts } from "../i18n/trust-texts.ts";
import { RecognitionTable } from "../network/recognition-table.tsx";
import { ToldRecognition } from "../trust/told-recognition.ts";
import { AbsenceNotice } from "../ui/absence-notice.tsx";
import { To } from "../ui/link.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { badgePath, institutePath } from "../ui/paths.ts";

const MOST = 50;

const Suspension_Query = graphql(
	`
		query Suspension_Query($slug: ID!, $first: Int!) {
			member(slug: $slug) {
				slug
				name
			}
			suspensionImpact(member: $slug, first: $first) {
				recognitionsByCount
				recognitionsOfCount
				recognitions {
					id
					...ToldRecognition
				}
				badgeClassesLeftWithoutCount
				badgeClassesLeftWithout {
					id
					name
				}
				membersLeftWithoutCount
				membersLeftWithout {
					slug
					name
				}
				lostTrustCount
				lostTrust {
					from {
						slug
						name
					}
					to {
						slug
						name
					}
				}
			}
		}
	`,
	[ToldRecognition],
);

export async function loader(args: LoaderFunctionArgs) {
	const slug = args.params.slug ?? "";
	if (!isSlug(slug)) throw notFound();
	const hub = openHub(args);
	const { member, suspensionImpact } = await hub.need(Suspension_Query, { slug, first: MOST });
	if (!member) throw notFound();
	return { member, impact: suspensionImpact, absence: await hub.absence() };
}

/** What would fall with a member: counts, and what they are made of. Anyone may know before it is decided. */
export default function SuspensionPage() {
	const { member, impact, absence } = useLoaderData<typeof loader>();
	const { site } = useTexts();
	const { impact: t } = useTrustTexts();
	const path = institutePath(member.slug);
	const trail = [
		["/etablissements", site.institutes],
		[path, member.name],
	] as const;
	if (!impact) {
		return (
			<PageHead title={t.title(member.name)} lead={t.lead} trail={trail}>
				<p>{t.not}</p>
			</PageHead>
		);
	}
	return (
		<>
			<PageHead title={t.title(member.name)} lead={t.lead} trail={trail} />
			<AbsenceNotice absence={absence} />
			<section aria-labelledby="confiance">
				<h2 id="confiance">{t.titles.trust}</h2>
				<p>{t.trust(impact.lostTrustCount)}</p>
				{impact.lostTrust.length > 0 && (
					<>
						<p>{t.listOf(impact.lostTrust.length, impact.lostTrustCount)}</p>
						<ul className="index">
							{impact.lostTrust.map(({ from, to }) => (
								<li key={`${from.slug} ${to.slug}`}>{t.trusts(from.name, to.name)}</li>
							))}
						</ul>
					</>
				)}
			</section>
			<section aria-labelledby="badges">
				<h2 id="badges">{t.titles.badges}</h2>
				<p>{t.badges(impact.badgeClassesLeftWithoutCount)}</p>
				<ul>
					{impact.badgeClassesLeftWithout.map((badge, place) => (
						// biome-ignore lint/suspicious/noArrayIndexKey: one whose institute is silent has nothing else.
						<li key={place}>{badge ? <To to={badgePath(badge.id)}>{badge.name}</To> : t.unknownBadge}</li>
					))}
				</ul>
			</section>
			<section aria-labelledby="membres">
				<h2 id="membres">{t.titles.members}</h2>
				<p>{t.members(impact.membersLeftWithoutCount)}</p>
				<ul>
					{impact.membersLeftWithout.map(({ slug, name }) => (
						<li key={slug}>
							<To to={institutePath(slug)}>{name}</To>
						</li>
					))}
				</ul>
			</section>
			<section aria-labelledby="reconnaissances">
				<h2 id="reconnaissances">{t.titles.recognitions}</h2>
				<p>{t.recognitions(impact.recognitionsByCount, impact.recognitionsOfCount)}</p>
				{impact.recognitions.length > 0 && (
					<>
						<p>{t.listOf(impact.recognitions.length, impact.recognitionsByCount + impact.recognitionsOfCount)}</p>
						<RecognitionTable recognitions={impact.recognitions} />
					</>
				)}
			</section>
		</>
	);
}
