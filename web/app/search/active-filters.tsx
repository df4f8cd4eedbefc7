import { Link } from "react-router";
import { localised, useLocale, useTexts } from "../i18n/locale.ts";
import type { Facets } from "./facets.tsx";
import { clearedPath, LISTS, type ListFilter, type SearchState, searchPath } from "./search-params.ts";

/** What narrows the list, each as a link that removes it. */
export function ActiveFilters({ state, facets }: { state: SearchState; facets: Facets }) {
	const t = useTexts().search;
	const locale = useLocale();
	const filters = [
		...(state.words ? [[t.words(state.words), { words: "" }] as const] : []),
		...LISTS.flatMap((key) => listFilters(key, state, facets)),
		...(state.requestable ? [[t.requestable, { requestable: false }] as const] : []),
		...(state.metabadge ? [[t.metabadge, { metabadge: false }] as const] : []),
		...(state.retired ? [[t.retired, { retired: false }] as const] : []),
	];
	if (filters.length === 0) return null;
	return (
		<nav aria-label={t.active} className="chips">
			<ul>
				{filters.map(([label, change]) => (
					<li key={label}>
						<Link className="chip" to={localised(locale, searchPath(state, change))} aria-label={t.remove(label)} preventScrollReset>
							{label} <span aria-hidden="true">×</span>
						</Link>
					</li>
				))}
				{filters.length > 1 && (
					<li>
						<Link className="chip chip--clear" to={localised(locale, clearedPath(state))} preventScrollReset>
							{t.clear}
						</Link>
					</li>
				)}
			</ul>
		</nav>
	);
}

const listFilters = (key: ListFilter, state: SearchState, facets: Facets) =>
	state[key].map((value) => {
		const label = facets[key].find((one) => one.value === value)?.label ?? value;
		return [label, { [key]: state[key].filter((one) => one !== value) } as Partial<SearchState>] as const;
	});
