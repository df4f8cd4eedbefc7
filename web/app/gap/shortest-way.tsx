import { ownerOf } from "../badge/badge-id.ts";
import { formatNumber } from "../i18n/format.ts";
import { useLocale, useTexts } from "../i18n/locale.ts";
import { To } from "../ui/link.tsx";
import { badgePath, competencyPath } from "../ui/paths.ts";
import type { Gap } from "./read-gap.ts";

/** The fewest badges that cover what is missing of the core, and how far that number is to be believed. */
export function ShortestWay({ shortest, names }: { shortest: Gap["shortest"]; names: Record<string, string> }) {
	const t = useTexts().gap;
	const locale = useLocale();
	const { badges, method, bound, atLeast, uncoverable } = shortest;
	return (
		<section aria-labelledby="chemin" className="highlight">
			<h2 id="chemin">{t.route}</h2>
			{badges.length === 0 ? (
				<p>{t.routeNone}</p>
			) : (
				<>
					<p>{t.routeText(badges.length)}</p>
					<ol>
						{badges.map(({ id, name }) => (
							<li key={id}>
								<To to={badgePath(id)}>{name}</To> <span className="from">{names[ownerOf(id)] ?? ownerOf(id)}</span>
							</li>
						))}
					</ol>
					<p>{method === "EXACT" ? t.exact : t.greedy(formatNumber(locale, Math.ceil(bound * 100) / 100), atLeast)}</p>
				</>
			)}
			{uncoverable.length > 0 && (
				<>
					<p>{t.uncoverable}</p>
					<ul>
						{uncoverable.map(({ code, label }) => (
							<li key={code}>
								<To to={competencyPath(code)}>{label}</To>
							</li>
						))}
					</ul>
				</>
			)}
		</section>
	);
}
