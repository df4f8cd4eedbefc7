import { type FragmentOf, readFragment } from "../graphql.ts";
import { formatDate } from "../i18n/format.ts";
import { useLocale, useTexts } from "../i18n/locale.ts";
import type { Absence } from "../network/absence.ts";
import { BadgeCard_Hit } from "../search/badge-card.tsx";
import { AbsenceNotice } from "../ui/absence-notice.tsx";
import { BadgeImage } from "../ui/badge-image.tsx";
import { Highlighted } from "../ui/highlighted.tsx";
import { To } from "../ui/link.tsx";
import { BadgeMarks, DemonstrationMark } from "../ui/marks.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { institutePath } from "../ui/paths.ts";
import { RememberedRecognisers, type RememberedRecognisers_Recognition } from "./remembered-recognisers.tsx";

interface RememberedBadgePage {
	id: string;
	slug: string;
	instituteName: string;
	member: { demonstration: boolean } | null;
	absence: Absence;
	name: string;
	recognisers: readonly FragmentOf<typeof RememberedRecognisers_Recognition>[] | null;
	hit: FragmentOf<typeof BadgeCard_Hit> | null;
}

/** A badge whose institute is silent: what the catalogue and the network know of it, and that this is all there is. */
export function RememberedBadge({ page }: { page: RememberedBadgePage }) {
	const t = useTexts();
	const locale = useLocale();
	const hit = page.hit && readFragment(BadgeCard_Hit, page.hit);
	const { id, slug, instituteName } = page;
	return (
		<>
			<PageHead
				title={page.name}
				eyebrow={hit?.metabadge ? t.badge.metabadge : t.badge.eyebrow}
				trail={[
					["/badges", t.site.badges],
					[institutePath(slug), instituteName],
				]}
			>
				<div className="badge-head">
					<BadgeImage id={id} size={120} eager />
					<div>
						<p className="badge-head__issuer">
							{t.badge.issuedBy} <To to={institutePath(slug)}>{instituteName}</To> {page.member?.demonstration && <DemonstrationMark />}
						</p>
						{hit && <BadgeMarks {...hit} />}
					</div>
				</div>
			</PageHead>
			<div className="notice notice--absence">
				<p>
					<strong>{t.badge.dead(instituteName)}</strong> {t.badge.deadText}
				</p>
			</div>
			{page.absence.missing.length > 1 && <AbsenceNotice absence={page.absence} />}
			{hit && (
				<section aria-labelledby="extrait">
					<h2 id="extrait">{t.badge.excerpt}</h2>
					<p>
						<Highlighted segments={hit.excerpt.map(({ text }) => ({ text, match: false }))} />
					</p>
					<p className="from">{t.card.asOf(instituteName, formatDate(locale, hit.harvestedAt))}</p>
				</section>
			)}
			<section aria-labelledby="reconnu" className="highlight">
				<h2 id="reconnu">{t.badge.recognisers}</h2>
				<RememberedRecognisers recognitions={page.recognisers} />
			</section>
		</>
	);
}
