import { ownerOf } from "../badge/badge-id.ts";
import { localised, useLocale, useTexts } from "../i18n/locale.ts";
import { To } from "../ui/link.tsx";
import { badgePath, pathwayPath } from "../ui/paths.ts";
import { type PathwayQuestion, pathwayAddress } from "./pathway-address.ts";
import type { Places } from "./places.ts";

interface Begun {
	badge: { id: string; name: string; requestable: boolean };
	/** Metabadges that it leads to. */
	towards: readonly { id: string; name: string }[];
	completes: boolean;
}

/** What the held badges suffice for, and the metabadges that have been begun with them. */
export function Further({ unlocks, begun, question, places }: FurtherProps) {
	const { further: t } = useTexts();
	const locale = useLocale();
	const pathwayOf = (id: string) => localised(locale, pathwayAddress(pathwayPath(id), question));
	const nameOf = (id: string) => places.institutes[ownerOf(id)]?.name ?? ownerOf(id);
	return (
		<>
			<section aria-labelledby="debloque">
				<h2 id="debloque">{t.unlocks}</h2>
				{unlocks.length === 0 ? (
					<p>{t.unlocksNone}</p>
				) : (
					<ul className="linked-badges">
						{unlocks.map(({ id, name }) => (
							<li key={id}>
								<a href={pathwayOf(id)}>{name}</a> <span className="from">{nameOf(id)}</span>
							</li>
						))}
					</ul>
				)}
			</section>
			{begun.length > 0 && (
				<section aria-labelledby="ensuite">
					<h2 id="ensuite">{t.next}</h2>
					<ul className="linked-badges">
						{begun.map(({ badge, towards, completes }) => (
							<li key={badge.id}>
								<To to={badgePath(badge.id)}>{badge.name}</To> <span className="from">{nameOf(badge.id)}</span>
								{badge.requestable && <span className="mark mark--open">{t.requestable}</span>}
								<br />
								<span className="from">{completes ? t.completes : t.countsFor} </span>
								{towards.map(({ id, name }, place) => (
									<span key={id}>
										{place > 0 && ", "}
										<a href={pathwayOf(id)}>{name}</a>
									</span>
								))}
							</li>
						))}
					</ul>
				</section>
			)}
		</>
	);
}

interface FurtherProps {
	unlocks: readonly { id: string; name: string }[];
	begun: readonly Begun[];
	question: PathwayQuestion;
	places: Places;
}
