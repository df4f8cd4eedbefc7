import { type LoaderFunctionArgs, redirect, useLoaderData } from "react-router";
import { readBadgeNames } from "../badge/read-badge-names.ts";
import { PageForms } from "../forms/page-forms.tsx";
import { openHub } from "../hub-client.ts";
import { localeOf, localised, useLocale, useTexts } from "../i18n/locale.ts";
import { formatSearch, parseSearch, searchPath } from "../search/search-params.ts";
import { AbsenceNotice } from "../ui/absence-notice.tsx";
import { To } from "../ui/link.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { CommonThings } from "./common-things.tsx";
import { comparePath, comparisonPath, readChosen } from "./compare-address.ts";
import { CompareTable } from "./compare-table.tsx";
import { compareBadges } from "./facts.ts";
import { NotCompared } from "./not-compared.tsx";
import { readCompared, readInstitutes } from "./read-compared.ts";

export async function loader(args: LoaderFunctionArgs) {
	const { url } = args;
	const state = parseSearch(url.searchParams);
	// A form sent without scripts writes its empty fields too: one address per comparison, the shortest.
	if (new URLSearchParams(url.searchParams).toString() !== formatSearch(state).toString()) {
		throw redirect(localised(localeOf(url.pathname), comparePath(state)));
	}
	const hub = openHub(args);
	const chosen = readChosen(state);
	const [compared, beyondNames] = await Promise.all([readCompared(hub, chosen.compared), readBadgeNames(hub, chosen.beyond)]);
	const { names, invented } = await readInstitutes(hub, compared.badges);
	return { state, chosen, compared, beyondNames, names, invented, absence: await hub.absence() };
}

export default function ComparePage() {
	const { state, chosen, compared, beyondNames, names, invented, absence } = useLoaderData<typeof loader>();
	const { compare: t, site } = useTexts();
	const locale = useLocale();
	const { badges } = compared;
	const facts = compareBadges(badges, names, locale);
	const removePath = (id: string) =>
		comparePath(
			state,
			state.compared.filter((one) => one !== id),
		);
	return (
		<>
			<PageHead
				title={badges.length > 1 ? t.titleOf(badges.length) : t.title}
				eyebrow={t.eyebrow}
				lead={t.lead}
				trail={[[searchPath(state), site.badges]]}
			/>
			<AbsenceNotice absence={absence} />
			<NotCompared
				beyond={chosen.beyond.flatMap((id) => (beyondNames[id] === undefined ? [] : [{ id, name: beyondNames[id] }]))}
				silent={compared.silent}
				unknown={[...chosen.malformed, ...compared.unknown, ...chosen.beyond.filter((id) => beyondNames[id] === undefined)]}
				removePath={removePath}
			/>
			{badges.length === 0 && <p>{t.none}</p>}
			{badges.length === 1 && <p>{t.alone}</p>}
			<p className="no-print">
				<To to={searchPath(state)} className={badges.length < 2 ? "button" : undefined}>
					{badges.length === 0 ? t.back : t.add}
				</To>
			</p>
			{badges.length > 1 && <CommonThings facts={facts} />}
			{badges.length > 0 && (
				<section aria-labelledby="detail">
					<h2 id="detail">{t.table}</h2>
					<CompareTable badges={badges} facts={facts} names={names} invented={invented} removePath={removePath} />
					<PageForms path={comparisonPath(state.compared)} />
				</section>
			)}
		</>
	);
}
