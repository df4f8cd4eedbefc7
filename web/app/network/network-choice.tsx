import { localised, useLocale, useTexts } from "../i18n/locale.ts";
import { useTrustTexts } from "../i18n/trust-texts.ts";
import { To } from "../ui/link.tsx";
import { type NetworkQuestion, networkPath, SCOPES } from "./network-address.ts";

interface NetworkChoiceProps {
	question: NetworkQuestion;
	/** Null where there are too many to choose from: one is then looked for by its name. */
	members: readonly { slug: string; name: string }[] | null;
	/** What was found by name; null where nothing was looked for. */
	found: readonly { slug: string; name: string }[] | null;
	centre: { slug: string; name: string } | null;
}

/** What of the network to show: all by GET, so that each view has its address. */
export function NetworkChoice({ question, members, found, centre }: NetworkChoiceProps) {
	const { network: t } = useTexts();
	const { networkMap: map, reach } = useTrustTexts();
	const locale = useLocale();
	const { collective, from, to, scope, depth } = question;
	const kept = { centre: centre?.slug, rayon: depth === 2 ? "2" : null, collectif: collective, de: from, vers: to };
	return (
		<>
			<div className="network-choice">
				<form method="get" action={localised(locale, "/reseau")} className="inline-form">
					<label htmlFor="choix">{members ? t.centre : map.find}</label>
					{members ? (
						<select id="choix" name="centre" defaultValue={centre?.slug ?? ""}>
							<option value="">{t.all}</option>
							{members.map(({ slug, name }) => (
								<option key={slug} value={slug}>
									{name}
								</option>
							))}
						</select>
					) : (
						<input id="choix" type="search" name="q" defaultValue={question.words} autoComplete="off" />
					)}
					<button type="submit" className="button button--quiet">
						{t.show}
					</button>
				</form>
				<form method="get" action={localised(locale, "/reseau")} className="inline-form">
					{Object.entries(kept).map(([name, value]) => value && <input key={name} type="hidden" name={name} value={value} />)}
					<label htmlFor="portee">{map.scope}</label>
					<select id="portee" name="portee" defaultValue={scope ? SCOPES[scope] : ""}>
						<option value="">{map.anyScope}</option>
						{Object.entries(SCOPES).map(([key, value]) => (
							<option key={key} value={value}>
								{reach.kinds[key as keyof typeof SCOPES]}
							</option>
						))}
					</select>
					<button type="submit" className="button button--quiet">
						{map.filter}
					</button>
				</form>
			</div>
			{found && (
				<div className="notice" role="status">
					<p>{map.found(found.length, question.words)}</p>
					<ul className="index">
						{found.map(({ slug, name }) => (
							<li key={slug}>
								<To to={networkPath({ centre: slug })}>{name}</To>
							</li>
						))}
					</ul>
				</div>
			)}
			{centre && (
				<p className="choices">
					{depth === 1 ? (
						<To to={networkPath({ centre: centre.slug, depth: 2 })}>{map.wider}</To>
					) : (
						<To to={networkPath({ centre: centre.slug })}>{map.nearer}</To>
					)}{" "}
					· <To to="/reseau">{t.all}</To>
				</p>
			)}
		</>
	);
}
