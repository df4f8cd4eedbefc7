import { PageForms } from "../forms/page-forms.tsx";
import { formatDate, formatInstant } from "../i18n/format.ts";
import { useLocale, useTexts } from "../i18n/locale.ts";
import { Outside } from "../ui/link.tsx";
import { badgePath } from "../ui/paths.ts";
import { QrCode } from "../ui/qr-code.tsx";
import type { BadgeOfPage } from "./badge-queries.ts";

/** Identifiers, dates, freshness, and the page's address as a code for those who hold it on paper. */
export function BadgeSheet({ id, badge, address }: { id: string; badge: BadgeOfPage; address: string }) {
	const t = useTexts();
	const locale = useLocale();
	const heardAt = badge.institute.harvest?.heardAt;
	const language = new Intl.DisplayNames([locale], { type: "language", fallback: "code" });
	return (
		<section aria-labelledby="fiche" className="sheet">
			<h2 id="fiche">{t.badge.identity}</h2>
			<dl>
				{badge.tags.length > 0 && (
					<>
						<dt>{t.card.tags}</dt>
						<dd>{badge.tags.join(", ")}</dd>
					</>
				)}
				<dt>{t.badge.language}</dt>
				<dd>{nameOf(language, badge.language)}</dd>
				<dt>{t.badge.created}</dt>
				<dd>{formatDate(locale, badge.createdAt)}</dd>
				<dt>{t.badge.updated}</dt>
				<dd>{formatDate(locale, badge.updatedAt)}</dd>
				{heardAt && (
					<>
						<dt>{t.badge.heard}</dt>
						<dd>{formatInstant(locale, heardAt)}</dd>
					</>
				)}
				<dt>{t.badge.iri}</dt>
				<dd className="identifier">
					<Outside url={badge.iri}>{badge.iri}</Outside>
				</dd>
			</dl>
			<PageForms path={badgePath(id)} />
			<div className="sheet__qr">
				<QrCode address={address} label={t.badge.qrAlt} />
				<p>
					<span className="identifier">{address}</span>
					<span className="no-print">{t.badge.print}</span>
				</p>
			</div>
		</section>
	);
}

/** A tag that is no language is shown as it came: issuers write what they like. */
function nameOf(names: Intl.DisplayNames, tag: string): string {
	try {
		return names.of(tag) ?? tag;
	} catch {
		return tag;
	}
}
