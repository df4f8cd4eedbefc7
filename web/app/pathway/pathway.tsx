import { type LoaderFunctionArgs, useLoaderData } from "react-router";
import { PageForms } from "../forms/page-forms.tsx";
import { openHub } from "../hub-client.ts";
import { localeOf, localised, textsOf, useLocale, useTexts } from "../i18n/locale.ts";
import { AbsenceNotice } from "../ui/absence-notice.tsx";
import { To } from "../ui/link.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { badgePath, pathwayPath } from "../ui/paths.ts";
import { Conditions } from "./conditions.tsx";
import { Further } from "./further.tsx";
import { HeldElsewhere } from "./held-elsewhere.tsx";
import { MissingBadges } from "./missing-badges.tsx";
import { PARAMETERS, pathwayAddress, readPathwayQuestion } from "./pathway-address.ts";
import { PathwayDocuments } from "./pathway-documents.tsx";
import { PathwayFigure } from "./pathway-figure.tsx";
import { drawPathway, institutesOf } from "./pathway-picture.ts";
import { ProgressBar } from "./progress-bar.tsx";
import { readPathway } from "./read-pathway.ts";
import { missingParts } from "./rule-parts.ts";
import { RuleTree } from "./rule-tree.tsx";
import { ShortestWay } from "./shortest-way.tsx";

export async function loader(args: LoaderFunctionArgs) {
	const hub = openHub(args);
	const question = readPathwayQuestion(args.url.searchParams);
	const data = await readPathway(hub, args.params.id ?? "", question);
	const { id, nodes, edges, rules, way, places, competencies } = data;
	const t = textsOf(localeOf(args.url.pathname));
	const picture = drawPathway({ goal: id, nodes, edges, rules, held: question.held, way: way?.badges ?? [], places, competencies }, t);
	return { ...data, question, picture, absence: await hub.absence() };
}

export default function PathwayPage() {
	const { id, name, rules, progress, way, first, question, picture, places, names, competencies, unlocks, begun, absence } =
		useLoaderData<typeof loader>();
	const { pathway: t, figure, site } = useTexts();
	const locale = useLocale();
	const rule = rules[id] ?? [];
	const institutes = institutesOf(picture, places);
	const wayIds = way?.badges.map((badge) => badge.id).filter((one) => one !== id) ?? [];
	const missing = missingParts(rule);
	const conditioned = question.departement !== null || question.requestable || question.without.length > 0;
	const personal = question.held.length > 0;
	const isListed = (badge: string) =>
		badge === id ||
		Object.values(rules).some((parts) => parts.some((part) => part.id === badge || part.alternatives.some((one) => one.id === badge)));
	return (
		<>
			{personal && <meta name="robots" content="noindex" />}
			<PageHead title={name} eyebrow={t.eyebrow} trail={[["/parcours", site.pathways]]}>
				<p>
					<To to={badgePath(id)}>{t.seeBadge}</To>
				</p>
			</PageHead>
			<AbsenceNotice absence={absence} />
			{rule.length === 0 ? (
				<p>{t.notMeta}</p>
			) : (
				<>
					<section aria-labelledby="ou" className="highlight">
						<h2 id="ou">{t.where}</h2>
						{personal ? <p>{t.held(question.held.length)}</p> : <p>{t.nothingHeld}</p>}
						<ProgressBar share={progress.share} met={progress.met} />
						<p className="from">{t.privacy}</p>
						<p>
							<a href="#liste">{t.toList}</a>
						</p>
					</section>
					{!question.held.includes(id) && (
						<section aria-labelledby="chemin">
							<h2 id="chemin">{t.way}</h2>
							<ShortestWay goal={id} way={way} conditioned={conditioned} first={first} places={places} />
						</section>
					)}
					{missing.length > 0 && !progress.met && (
						<section aria-labelledby="manque">
							<h2 id="manque">{t.missing}</h2>
							<p>{t.missingText}</p>
							<MissingBadges parts={missing} way={wayIds} places={places} competencies={competencies} />
						</section>
					)}
					<section aria-labelledby="dessin">
						<h2 id="dessin">{t.drawing}</h2>
						<PathwayFigure
							picture={picture}
							institutes={institutes}
							caption={figure.caption(picture.wide.nodes.length, institutes.length)}
							goal={id}
						/>
					</section>
					<section aria-labelledby="liste">
						<h2 id="liste">{t.list}</h2>
						<form method="get" action={localised(locale, pathwayPath(id))} className="pathway-form">
							<p>{t.mark}</p>
							<RuleTree
								goal={{ id, name }}
								rules={rules}
								question={question}
								path={pathwayPath(id)}
								places={places}
								names={names}
								competencies={competencies}
								way={wayIds}
							/>
							<HeldElsewhere held={question.held.filter((badge) => !isListed(badge))} names={names} places={places} />
							{question.held.includes(id) && <input type="hidden" name={PARAMETERS.held} value={id} />}
							<Conditions question={question} places={places} institutes={institutes.map(({ slug }) => slug)} />
							<p className="actions">
								<button type="submit" className="button">
									{t.update}
								</button>
								{(personal || conditioned) && (
									<To to={pathwayPath(id)} className="button button--quiet">
										{t.again}
									</To>
								)}
							</p>
						</form>
					</section>
					{personal && <Further unlocks={unlocks} begun={begun} question={question} places={places} />}
					<PageForms path={pathwayAddress(pathwayPath(id), question)} />
					<PathwayDocuments id={id} />
				</>
			)}
		</>
	);
}
