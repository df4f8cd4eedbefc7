import { type LoaderFunctionArgs, redirect, useLoaderData } from "react-router";
import { PageForms } from "../forms/page-forms.tsx";
import { openHub } from "../hub-client.ts";
import { formatNumber } from "../i18n/format.ts";
import { localeOf, localised, useLocale, useTexts } from "../i18n/locale.ts";
import { useTrustTexts } from "../i18n/trust-texts.ts";
import { AbsenceNotice } from "../ui/absence-notice.tsx";
import { To } from "../ui/link.tsx";
import { DemonstrationMark } from "../ui/marks.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { institutePath } from "../ui/paths.ts";
import { GroupTable } from "./group-table.tsx";
import { networkPath, readNetworkQuestion } from "./network-address.ts";
import { NetworkChoice } from "./network-choice.tsx";
import { NetworkFigure } from "./network-figure.tsx";
import { groupId, readNetwork } from "./read-network.ts";
import { findMembers, readRecognitions } from "./read-recognitions.ts";
import { RecognitionTable } from "./recognition-table.tsx";

export async function loader(args: LoaderFunctionArgs) {
	const hub = openHub(args);
	const locale = localeOf(args.url.pathname);
	const question = readNetworkQuestion(args.url.searchParams);
	const [reading, page, found] = await Promise.all([
		readNetwork(hub, question, locale),
		readRecognitions(hub, question, (path) => localised(locale, path)),
		question.words === "" ? null : findMembers(hub, question.words),
	]);
	const [only] = found ?? [];
	if (only && found?.length === 1) throw redirect(localised(locale, networkPath({ centre: only.slug })));
	return { question, page, found, ...reading, absence: await hub.absence() };
}

export default function NetworkPage() {
	const { question, page, found, overview, view, centre, members, absence } = useLoaderData<typeof loader>();
	const { network: t, site } = useTexts();
	const { networkMap: map, recognise } = useTrustTexts();
	const locale = useLocale();
	const nameOfGroup = (id: string) => overview.groups.find((group) => groupId(group) === id)?.collective?.name ?? map.noCollective;
	const { collective, from, to } = question;
	const title = centre
		? t.around(centre.name)
		: collective
			? nameOfGroup(collective)
			: from || to
				? map.between(from && nameOfGroup(from), to && nameOfGroup(to))
				: t.title;
	return (
		<>
			<PageHead
				title={title}
				lead={view.kind === "list" || view.kind === "matrix" ? undefined : t.lead}
				trail={title === t.title ? [] : [["/reseau", site.network]]}
			>
				{centre?.demonstration && <DemonstrationMark />}
			</PageHead>
			<NetworkChoice question={question} members={members} found={found} centre={centre} />
			<AbsenceNotice absence={absence} />
			<NetworkFigure reading={{ overview, view, centre, members }} question={question} nameOfGroup={nameOfGroup} />
			{view.kind === "groups" && <GroupTable overview={overview} nameOfGroup={nameOfGroup} />}
			<section aria-labelledby="liste">
				<h2 id="liste">
					{view.kind === "groups" || view.kind === "list"
						? map.latest
						: view.kind === "around" && question.depth === 2
							? map.ofCentre
							: t.list}
				</h2>
				<p role="status">{map.count(page.totalCount, formatNumber(locale, page.totalCount))}</p>
				{page.totalCount === 0 ? <p>{t.none}</p> : <RecognitionTable recognitions={page.nodes} />}
				{(question.after !== null || page.next !== null) && (
					<nav className="pager" aria-label={map.pages}>
						{question.after !== null && <To to={`${networkPath({ ...question, after: null })}#liste`}>{map.first}</To>}
						{page.next !== null && (
							<To rel="next" className="button" to={`${networkPath({ ...question, after: page.next })}#liste`}>
								{map.next}
							</To>
						)}
					</nav>
				)}
			</section>
			<PageForms path={networkPath({ ...question, after: null, words: "" })} />
			<nav aria-label={map.further} className="further">
				<ul>
					{centre && (
						<li>
							<To to={institutePath(centre.slug)}>{t.openInstitute(centre.name)}</To>
						</li>
					)}
					<li>
						<To to="/reseau/chemin">{map.toPaths}</To>
					</li>
					<li>
						<To to="/referent/reconnaitre">{recognise.title}</To>
					</li>
					<li>
						<To to="/reseau/formats">{map.toFormats}</To>
					</li>
				</ul>
			</nav>
		</>
	);
}
