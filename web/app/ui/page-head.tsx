import type { ReactNode } from "react";
import { useTexts } from "../i18n/locale.ts";
import { To } from "./link.tsx";

interface PageHeadProps {
	title: string;
	/** Language of the title, when it is a name that is not the page's own text. */
	language?: string | undefined;
	/** A few words above the title that say what kind of page this is. */
	eyebrow?: ReactNode;
	/** One sentence under the title; also the page's description for search engines when it is text. */
	lead?: ReactNode;
	description?: string | undefined;
	/** The pages between the home page and this one: path and label. */
	trail?: readonly (readonly [path: string, label: string])[];
	children?: ReactNode;
}

/** What every page begins with: its title in the tab, where it is in the site, its one `h1`. */
export function PageHead({ title, language, eyebrow, lead, description, trail = [], children }: PageHeadProps) {
	const t = useTexts();
	const summary = description ?? (typeof lead === "string" ? lead : t.site.description);
	return (
		<>
			<title>{`${title} – ${t.site.name}`}</title>
			<meta name="description" content={summary.slice(0, 300)} />
			<nav aria-label={t.site.breadcrumb} className="trail">
				<ol>
					<li>
						<To to="/">{t.site.home}</To>
					</li>
					{trail.map(([path, label]) => (
						<li key={path}>
							<To to={path}>{label}</To>
						</li>
					))}
				</ol>
			</nav>
			<div className="page-head">
				{eyebrow && <p className="eyebrow">{eyebrow}</p>}
				<h1 lang={language}>{title}</h1>
				{lead && <p className="lead">{lead}</p>}
				{children}
			</div>
		</>
	);
}
