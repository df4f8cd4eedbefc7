import { Link } from "react-router";
import { localised, useLocale, useTexts } from "../i18n/locale.ts";
import { ORDERS, type Order, type SearchState, searchPath } from "./search-params.ts";

/** In which order the list is, and the others it can have. Without words there is nothing to be relevant to: by name. */
export function OrderChoice({ state }: { state: SearchState }) {
	const { search: t } = useTexts();
	const locale = useLocale();
	const orders = (Object.keys(ORDERS) as Order[]).filter((order) => order !== (state.words ? undefined : "NAME"));
	return (
		<nav className="search__order" aria-label={t.order}>
			<span aria-hidden="true">{t.order}</span>{" "}
			{orders.map((order, index) => (
				<span key={order}>
					{index > 0 && " · "}
					<Link to={localised(locale, searchPath(state, { order }))} aria-current={order === state.order ? "true" : undefined}>
						{order === "BEST" && !state.words ? t.orders.NAME : t.orders[order]}
					</Link>
				</span>
			))}
		</nav>
	);
}
