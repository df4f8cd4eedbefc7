import { NavLink, useLocation } from "react-router";
import { delocalised, localised, useLocale, useTexts } from "../i18n/locale.ts";
import { To } from "./link.tsx";
import { Logo } from "./logo.tsx";

export function SiteHeader() {
	const t = useTexts();
	const locale = useLocale();
	const { pathname, search } = useLocation();
	const other = locale === "fr" ? "en" : "fr";
	const sections = [
		["/badges", t.site.badges],
		["/etablissements", t.site.institutes],
		["/reseau", t.site.network],
		["/parcours", t.site.pathways],
		["/metiers", t.site.jobs],
		["/opco", t.site.opco],
	] as const;
	return (
		<header className="site-header">
			<div className="frame site-header__row">
				<To to="/" className="site-name">
					<Logo />
					<span>{t.site.name}</span>
				</To>
				<nav aria-label={t.site.navigation} className="site-nav">
					<ul>
						{sections.map(([path, label]) => (
							<li key={path}>
								<NavLink to={localised(locale, path)} reloadDocument>
									{label}
								</NavLink>
							</li>
						))}
					</ul>
				</nav>
				<a className="site-language" href={localised(other, delocalised(pathname)) + search} lang={other} hrefLang={other}>
					{t.site.otherLanguage}
				</a>
			</div>
		</header>
	);
}

export function SiteFooter() {
	const t = useTexts();
	return (
		<footer className="site-footer">
			<div className="frame site-footer__row">
				<p>{t.site.footerWhat}</p>
				<p>{t.site.footerPersons}</p>
				<ul>
					<li>
						<To to="/accessibilite">{t.site.accessibility}</To>
					</li>
					<li>
						<To to="/referent">{t.steward.title}</To>
					</li>
					<li>
						{t.site.graphql} <code>/graphql</code>
					</li>
					<li>{t.jobs.creditShort}</li>
				</ul>
			</div>
		</footer>
	);
}
