import { data, type HeadersFunction, type LoaderFunctionArgs, useLoaderData } from "react-router";
import { sayCompleteness } from "../forms/completeness.ts";
import { inContext } from "../forms/schema-org.ts";
import { notFound, openHub, unreachable } from "../hub-client.ts";
import { publicOrigin } from "../hub-context.ts";
import { localeOf, localised, useTexts } from "../i18n/locale.ts";
import { readLabels } from "../pathway/read-labels.ts";
import { AbsenceNotice } from "../ui/absence-notice.tsx";
import { BadgeImage } from "../ui/badge-image.tsx";
import { JsonLd } from "../ui/json-ld.tsx";
import { Outside, To } from "../ui/link.tsx";
import { BadgeMarks, DemonstrationMark } from "../ui/marks.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { institutePath } from "../ui/paths.ts";
import { Prose } from "../ui/prose.tsx";
import { isBadgeId, ownerOf } from "./badge-id.ts";
import { BadgePage_Query, BadgeRemembered_Query } from "./badge-queries.ts";
import { BadgeSheet } from "./badge-sheet.tsx";
import { Alignments, Competencies } from "./correspondences.tsx";
import { describeBadge } from "./json-ld.ts";
import { Recognisers } from "./recognisers.tsx";
import { RememberedBadge } from "./remembered-badge.tsx";
import { RequestBadge } from "./request-badge.tsx";
import { Feeds, Requirements } from "./requirements.tsx";

export async function loader(args: LoaderFunctionArgs) {
	const id = args.params.id ?? "";
	if (!isBadgeId(id)) throw notFound();
	const hub = openHub(args);
	const slug = ownerOf(id);
	const { badgeClass, pathway, progress, member } = await hub.need(BadgePage_Query, { id, slug });
	const [remembered] = pathway?.nodes ?? [];
	const absence = await hub.absence();
	const silent = [...absence.missing, ...absence.stale].some((one) => one.slug === slug);
	const instituteName = member?.name ?? remembered?.instituteName ?? slug;
	const origin = publicOrigin(hub.settings, args.request);
	const address = `${origin}${localised(localeOf(args.url.pathname), `/badges/${id}`)}`;
	const page = { id, slug, instituteName, member, absence, address, parts: progress?.parts ?? null };
	if (badgeClass) {
		const lacking = sayCompleteness({ ...absence, cut: null }, localeOf(args.url.pathname));
		const jsonLd = inContext([describeBadge(badgeClass, `${origin}/badges/${id}`, origin)], lacking);
		const parts = page.parts ?? [];
		const others = [...parts.flatMap((one) => [one, ...one.alternatives]), ...(badgeClass.requiredBy ?? [])];
		const [competencies, { names }] = await Promise.all([readLabels(hub, parts), hub.membersOf(others.flatMap(({ id }) => id ?? []))]);
		return { ...page, badge: badgeClass, jsonLd, names, competencies };
	}
	// The institute said « unknown » and answered: there is no such badge. Silent, it may still have it.
	if (!silent && !remembered?.name) throw notFound();
	if (!remembered?.name) throw unreachable();
	const found = await hub.ask(BadgeRemembered_Query, { name: remembered.name, institute: slug });
	// Those that recognise the whole institute, or this badge: the same that the badge itself would name.
	const recognisers = member?.recognisedBy.filter((one) => one.scope === "INSTITUTE" || one.badgeClassId === id) ?? null;
	const hit = found.data?.searchBadges.edges.find(({ node }) => node.id === id)?.node ?? null;
	// 503: a robot must not take this for all that there is to say about the badge.
	return data(
		{ ...page, badge: null, jsonLd: null, name: remembered.name, recognisers, hit },
		{ status: 503, headers: { "Retry-After": "120" } },
	);
}

export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

export default function BadgePage() {
	const page = useLoaderData<typeof loader>();
	const t = useTexts();
	if (page.badge === null) return <RememberedBadge page={page} />;
	const { badge, id, slug, instituteName, member, names } = page;
	return (
		<>
			<JsonLd data={page.jsonLd} />
			<PageHead
				title={badge.name}
				language={badge.language}
				eyebrow={badge.requirement ? t.badge.metabadge : t.badge.eyebrow}
				description={badge.description}
				trail={[
					["/badges", t.site.badges],
					[institutePath(slug), instituteName],
				]}
			>
				<div className="badge-head">
					<BadgeImage id={id} size={120} eager />
					<div>
						<p className="badge-head__issuer">
							{t.badge.issuedBy} <To to={institutePath(slug)}>{instituteName}</To> {member?.demonstration && <DemonstrationMark />}
						</p>
						<BadgeMarks metabadge={badge.requirement !== null} requestable={badge.request.open} retired={badge.status === "RETIRED"} />
					</div>
				</div>
			</PageHead>
			<AbsenceNotice absence={page.absence} />
			<div className="columns">
				<div className="columns__main">
					<section aria-labelledby="preuve">
						<h2 id="preuve">{t.badge.proves}</h2>
						<Prose text={badge.description} language={badge.language} />
					</section>
					<section aria-labelledby="reconnu" className="highlight">
						<h2 id="reconnu">{t.badge.recognisers}</h2>
						<Recognisers of={badge} name={badge.name} />
					</section>
					<section aria-labelledby="criteres">
						<h2 id="criteres">{t.badge.criteria}</h2>
						{badge.criteria.narrative && <Prose text={badge.criteria.narrative} language={badge.language} />}
						{badge.criteria.url && (
							<p>
								<Outside url={badge.criteria.url}>{t.badge.criteriaLink}</Outside>
							</p>
						)}
					</section>
					{badge.requirement && (
						<section aria-labelledby="requis">
							<h2 id="requis">{t.badge.requires}</h2>
							<Requirements goal={{ id, name: badge.name }} parts={page.parts} names={names} competencies={page.competencies} />
						</section>
					)}
					<section aria-labelledby="competences">
						<h2 id="competences">{t.badge.competencies}</h2>
						<Competencies badge={badge} />
					</section>
					<Alignments badge={badge} />
				</div>
				<div className="columns__side">
					<section aria-labelledby="demande" className="panel">
						<h2 id="demande">{t.badge.request}</h2>
						<RequestBadge request={badge.request} retired={badge.status === "RETIRED"} />
					</section>
					<section aria-labelledby="mene">
						<h2 id="mene">{t.badge.feeds}</h2>
						<Feeds badge={badge} names={names} />
					</section>
					<section aria-labelledby="emetteur">
						<h2 id="emetteur">{t.badge.issuer}</h2>
						{badge.issuer.name !== instituteName && (
							<p>
								<Outside url={badge.issuer.url}>{badge.issuer.name}</Outside>
							</p>
						)}
						{badge.issuer.description && <p>{badge.issuer.description}</p>}
						<p>
							<To to={institutePath(slug)}>{instituteName}</To>
						</p>
					</section>
					<BadgeSheet id={id} badge={badge} address={page.address} />
				</div>
			</div>
		</>
	);
}
