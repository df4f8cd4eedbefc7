import { type LoaderFunctionArgs, useLoaderData } from "react-router";
import { graphql } from "../graphql.ts";
import { notFound, openHub } from "../hub-client.ts";
import { localised, useLocale, useTexts } from "../i18n/locale.ts";
import { AbsenceNotice } from "../ui/absence-notice.tsx";
import { To } from "../ui/link.tsx";
import { DemonstrationMark } from "../ui/marks.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { institutePath } from "../ui/paths.ts";
import { layoutNetwork } from "./layout.ts";
import { NetworkFigure } from "./network-figure.tsx";
import { linksOf, selectDrawn } from "./network-graph.ts";
import { RecognitionTable, RecognitionTable_Recognition } from "./recognition-table.tsx";

const NetworkPage_Query = graphql(
	`
		query NetworkPage_Query {
			members {
				slug
				name
				demonstration
			}
			recognitions {
				id
				scope
				by {
					slug
				}
				member {
					slug
				}
				...RecognitionTable_Recognition
			}
		}
	`,
	[RecognitionTable_Recognition],
);

export async function loader(args: LoaderFunctionArgs) {
	const hub = openHub(args);
	const { members, recognitions } = await hub.need(NetworkPage_Query, {});
	const slug = args.url.searchParams.get("centre") || null;
	const centre = slug === null ? null : (members.find((member) => member.slug === slug) ?? null);
	if (slug !== null && centre === null) throw notFound();
	const nodes = members.map((member) => ({ id: member.slug, label: member.name }));
	const drawn = selectDrawn(nodes, linksOf(recognitions), centre?.slug);
	const drawing = layoutNetwork(drawn.nodes, drawn.links, centre?.slug);
	const shown = centre ? recognitions.filter(({ by, member }) => by.slug === centre.slug || member.slug === centre.slug) : recognitions;
	return { members, centre, drawing, isolated: drawn.isolated, cut: drawn.cut, recognitions: shown, absence: await hub.absence() };
}

export default function NetworkPage() {
	const { members, centre, drawing, isolated, cut, recognitions, absence } = useLoaderData<typeof loader>();
	const { network: t, site } = useTexts();
	const locale = useLocale();
	const names = Object.fromEntries(members.map((member) => [member.slug, member.name]));
	const others = (end: "by" | "member", other: "by" | "member") =>
		new Set(recognitions.filter((one) => one[end].slug === centre?.slug).map((one) => one[other].slug)).size;
	const summary = centre
		? t.aroundSummary(centre.name, others("by", "member"), others("member", "by"))
		: t.summary(members.length, recognitions.length);
	return (
		<>
			<PageHead title={centre ? t.around(centre.name) : t.title} lead={t.lead} trail={centre ? [["/reseau", site.network]] : []}>
				{centre?.demonstration && <DemonstrationMark />}
			</PageHead>
			<form method="get" action={localised(locale, "/reseau")} className="inline-form">
				<label htmlFor="centre">{t.centre}</label>
				<select id="centre" name="centre" defaultValue={centre?.slug ?? ""}>
					<option value="">{t.all}</option>
					{members.map(({ slug, name }) => (
						<option key={slug} value={slug}>
							{name}
						</option>
					))}
				</select>
				<button type="submit" className="button button--quiet">
					{t.show}
				</button>
				{centre && <To to={institutePath(centre.slug)}>{t.openInstitute(centre.name)}</To>}
			</form>
			{drawing.nodes.length > 1 ? (
				<NetworkFigure
					drawing={drawing}
					names={names}
					centre={centre?.slug ?? null}
					caption={
						<>
							{summary} {t.mutual} {t.dashed} {cut && t.tooMany(drawing.nodes.length)}
						</>
					}
				/>
			) : (
				<p>{t.none}</p>
			)}
			{isolated.length > 0 && (
				<p>
					{t.isolated}{" "}
					{isolated.map(({ id, label }, place) => (
						<span key={id}>
							{place > 0 && ", "}
							<To to={institutePath(id)}>{label}</To>
						</span>
					))}
					.
				</p>
			)}
			{recognitions.length > 0 && (
				<section aria-labelledby="tableau">
					<h2 id="tableau">{t.list}</h2>
					<AbsenceNotice absence={absence} />
					<RecognitionTable recognitions={recognitions} />
				</section>
			)}
		</>
	);
}
