import { Link } from "react-router";
import { localised, useLocale, useTexts } from "../i18n/locale.ts";
import { PARAMETERS, type SearchState, searchPath } from "../search/search-params.ts";
import { MOST_COMPARED } from "./compare-address.ts";

interface CompareBarProps {
	state: SearchState;
	/** Ids of the badges on this page: those have their own boxes to tick. */
	listed: readonly string[];
	/** Names of the badges chosen, by id, as far as they are known. */
	chosenNames: Record<string, string>;
}

/** What is chosen to be compared, in sight while one reads the list: part of the list's form. */
export function CompareBar({ state, listed, chosenNames }: CompareBarProps) {
	const { compare: t } = useTexts();
	const locale = useLocale();
	const { compared } = state;
	const without = (id: string) => searchPath(state, { compared: compared.filter((one) => one !== id), after: state.after });
	const nameOf = (id: string) => chosenNames[id] ?? id;
	return (
		<div className="compare-bar no-print" data-chosen={compared.length > 0}>
			{compared
				.filter((id) => !listed.includes(id))
				.map((id) => (
					<input key={id} type="hidden" name={PARAMETERS.compared} value={id} />
				))}
			<div className="compare-bar__row">
				<p aria-live="polite">
					<strong>{compared.length === 0 ? t.choose : t.chosen(compared.length)}</strong>
					{compared.length === 0 && ` ${t.chooseHelp}`}
				</p>
				<button type="submit" className="button button--quiet" formAction={localised(locale, "/comparer")}>
					{t.tick} <span className="unseen">{t.chosenOnes}</span>
				</button>
				<noscript>
					<button
						type="submit"
						className="button button--quiet"
						{...(state.after !== null && { name: PARAMETERS.after, value: state.after })}
					>
						{t.keep}
					</button>
				</noscript>
			</div>
			{compared.length > MOST_COMPARED && <p>{t.beyondShort(MOST_COMPARED)}</p>}
			{compared.length > 0 && (
				<details>
					<summary>{t.which}</summary>
					<ul className="plain">
						{compared.map((id) => (
							<li key={id}>
								{nameOf(id)}{" "}
								<Link to={localised(locale, without(id))} aria-label={t.remove(nameOf(id))} preventScrollReset>
									{t.removeShort}
								</Link>
							</li>
						))}
					</ul>
				</details>
			)}
		</div>
	);
}
