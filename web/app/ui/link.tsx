import type { AnchorHTMLAttributes } from "react";
import { localised, useLocale } from "../i18n/locale.ts";

/** A link to a page by its French address, in the reader's language. Plain HTML: most pages carry no script. */
export function To({ to, ...rest }: { to: string } & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, "href">) {
	return <a href={localised(useLocale(), to)} {...rest} />;
}

/** A link out, when the address is one a browser may be sent to; its text alone otherwise. */
export function Outside({ url, children }: { url: string | null | undefined; children: React.ReactNode }) {
	if (!url || !/^https?:\/\//i.test(url)) return <>{children}</>;
	return (
		<a href={url} rel="noopener noreferrer external" referrerPolicy="no-referrer">
			{children}
		</a>
	);
}

export const badgePath = (id: string): string => `/badges/${id}`;
export const institutePath = (slug: string): string => `/etablissements/${slug}`;
export const pathwayPath = (id: string): string => `/parcours/${id}`;
export const jobPath = (code: string): string => `/metiers/${encodeURIComponent(code)}`;
export const opcoPath = (code: string): string => `/opco/${encodeURIComponent(code)}`;
/** An OPCO's table, of the jobs' core or of all their competencies, after the cursor of the page before. */
export function coveragePath(code: string, whole: boolean, after: string | null = null): string {
	const query = new URLSearchParams({ ...(whole && { competences: "toutes" }), ...(after && { apres: after }) }).toString();
	return query ? `${opcoPath(code)}?${query}` : opcoPath(code);
}
/** What somebody who holds certain badges has and lacks for a job. */
export const gapPath = (job: string, held: readonly string[] = [], ending = ""): string =>
	`/ecart${ending}?${new URLSearchParams([["metier", job], ...held.map((id) => ["acquis", id])])}`;
export const competencyPath = (code: string): string => `/competences/${encodeURIComponent(code)}`;
