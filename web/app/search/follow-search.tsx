import { localised, useLocale, useTexts } from "../i18n/locale.ts";
import { FEED_TYPE } from "./feed-type.ts";
import { type SearchState, savedPath } from "./search-params.ts";

/** The address of a search is its saved form; its feed tells of what is new in it. */
export function FollowSearch({ state }: { state: SearchState }) {
	const { follow: t, search } = useTexts();
	const locale = useLocale();
	const feed = localised(locale, savedPath(state, "/badges.atom"));
	return (
		<>
			<link rel="alternate" type={FEED_TYPE} href={feed} title={t.feed(state.words ? search.titleFor(state.words) : search.title)} />
			<p className="follow no-print">
				<a href={feed} type={FEED_TYPE}>
					{t.title}
				</a>{" "}
				<span className="from">{t.text}</span>
			</p>
		</>
	);
}
