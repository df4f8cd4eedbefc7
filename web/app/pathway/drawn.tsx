import { type LoaderFunctionArgs, useLoaderData } from "react-router";
import { readBadgeNames } from "../badge/read-badge-names.ts";
import { graphql } from "../graphql.ts";
import { notFound, openHub } from "../hub-client.ts";
import { formatDate } from "../i18n/format.ts";
import { localised, useLocale, useTexts } from "../i18n/locale.ts";
import { AbsenceNotice } from "../ui/absence-notice.tsx";
import { To } from "../ui/link.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { drawnPath } from "../ui/paths.ts";
import { Prose } from "../ui/prose.tsx";
import { DrawnSteps } from "./drawn-steps.tsx";
import { HeldElsewhere } from "./held-elsewhere.tsx";
import { earnedOn, readPathwayQuestion } from "./pathway-address.ts";
import { readPlaces } from "./places.ts";
import { ProgressBar } from "./progress-bar.tsx";
import { readLabels } from "./read-labels.ts";
import { RuleParts_Part } from "./rule-parts.ts";

const DrawnPage_Query = graphql(
	`
		query DrawnPage_Query($id: ID!, $held: [ID!]!, $earnedOn: [DateTime!]) {
			drawnPathway(id: $id) {
				id
				name
				description
				steps {
					place
					optional
					note
				}
				history {
					at
					steward
				}
			}
			drawnProgress(pathwayId: $id, holding: $held, earnedOn: $earnedOn) {
				met
				share
				steps {
					...RuleParts_Part
				}
			}
		}
	`,
	[RuleParts_Part],
);

export async function loader(args: LoaderFunctionArgs) {
	const hub = openHub(args);
	const question = readPathwayQuestion(args.url.searchParams);
	const id = args.params.id ?? "";
	const asked = { id, held: question.held, earnedOn: earnedOn(question, new Date()) };
	const [{ drawnPathway, drawnProgress }, places] = await Promise.all([hub.need(DrawnPage_Query, asked), readPlaces(hub)]);
	if (!drawnPathway || !drawnProgress) throw notFound();
	const { met, share, steps: parts } = drawnProgress;
	const known = Object.fromEntries(
		parts.flatMap((part) => [part, ...part.alternatives]).flatMap(({ id: badge, name }) => (badge && name ? [[badge, name]] : [])),
	);
	const names = {
		...known,
		...(await readBadgeNames(
			hub,
			question.held.filter((one) => !(one in known)),
		)),
	};
	const steps = drawnPathway.steps.flatMap(({ optional, note }, place) => {
		const part = parts[place];
		return part ? [{ optional, note, part }] : [];
	});
	const competencies = await readLabels(hub, parts);
	return { ...drawnPathway, steps, met, share, question, places, names, competencies, absence: await hub.absence() };
}

export default function DrawnPathwayPage() {
	const { id, name, description, steps, history, met, share, question, places, names, competencies, absence } =
		useLoaderData<typeof loader>();
	const { drawn: t, pathway, site } = useTexts();
	const locale = useLocale();
	const path = drawnPath(id);
	const personal = question.held.length > 0;
	const last = history[0];
	const next = steps.find((step) => !step.part.met && !step.optional);
	const nextName = next && (next.part.kind === "COMPETENCY" ? (competencies[next.part.name ?? ""] ?? next.part.name) : next.part.name);
	const listed = new Set(steps.flatMap(({ part }) => [part.id, ...part.alternatives.map((one) => one.id)]));
	return (
		<>
			{personal && <meta name="robots" content="noindex" />}
			<PageHead title={name} eyebrow={t.eyebrow} description={description || undefined} trail={[["/parcours", site.pathways]]}>
				{description && <Prose text={description} language="fr" />}
				{last && <p className="from">{t.by(last.steward, formatDate(locale, last.at))}</p>}
			</PageHead>
			<AbsenceNotice absence={absence} />
			<section aria-labelledby="ou" className="highlight">
				<h2 id="ou">{pathway.where}</h2>
				<p>{personal ? pathway.held(question.held.length) : pathway.nothingHeld}</p>
				<ProgressBar share={share} met={met} />
				<p role="status">{met ? t.done : nextName && t.next(nextName)}</p>
				<p className="from">{pathway.privacy}</p>
			</section>
			<section aria-labelledby="etapes">
				<h2 id="etapes">{t.steps}</h2>
				<form method="get" action={localised(locale, path)}>
					<p>
						{pathway.mark} {steps.some(({ optional }) => optional) && t.optionalHelp}
					</p>
					<DrawnSteps steps={steps} context={{ question, path, places, names, competencies, way: [] }} />
					<HeldElsewhere held={question.held.filter((one) => !listed.has(one))} names={names} places={places} />
					<p className="actions">
						<button type="submit" className="button">
							{pathway.update}
						</button>
						{personal && (
							<To to={path} className="button button--quiet">
								{pathway.again}
							</To>
						)}
					</p>
				</form>
			</section>
		</>
	);
}
