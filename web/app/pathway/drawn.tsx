import { type LoaderFunctionArgs, useLoaderData } from "react-router";
import { PageForms } from "../forms/page-forms.tsx";
import { openHub } from "../hub-client.ts";
import { formatDate } from "../i18n/format.ts";
import { localeOf, localised, textsOf, useLocale, useTexts } from "../i18n/locale.ts";
import { AbsenceNotice } from "../ui/absence-notice.tsx";
import { To } from "../ui/link.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { drawnPath } from "../ui/paths.ts";
import { Prose } from "../ui/prose.tsx";
import { DrawnSteps } from "./drawn-steps.tsx";
import { HeldElsewhere } from "./held-elsewhere.tsx";
import { pathwayAddress, readPathwayQuestion } from "./pathway-address.ts";
import { PathwayFigure } from "./pathway-figure.tsx";
import { institutesOf } from "./pathway-picture.ts";
import { ProgressBar } from "./progress-bar.tsx";
import { readDrawn } from "./read-drawn.ts";
import { drawSteps } from "./steps-picture.ts";

export async function loader(args: LoaderFunctionArgs) {
	const hub = openHub(args);
	const question = readPathwayQuestion(args.url.searchParams);
	const data = await readDrawn(hub, args.params.id ?? "", question);
	const picture = drawSteps({ ...data, held: question.held }, textsOf(localeOf(args.url.pathname)));
	return { ...data, question, picture, absence: await hub.absence() };
}

export default function DrawnPathwayPage() {
	const { id, name, description, steps, last, met, share, question, picture, places, names, competencies, absence } =
		useLoaderData<typeof loader>();
	const { drawn: t, pathway, figure, site } = useTexts();
	const locale = useLocale();
	const path = drawnPath(id);
	const personal = question.held.length > 0;
	const next = steps.find((step) => !step.part.met && !step.optional);
	const nextName = next && (next.part.kind === "COMPETENCY" ? (competencies[next.part.name ?? ""] ?? next.part.name) : next.part.name);
	const institutes = institutesOf(picture, places);
	const caption = figure.steps(
		steps.length,
		institutes.length,
		steps.some(({ optional }) => optional),
	);
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
				<p>
					<a href="#etapes">{pathway.toList}</a>
				</p>
			</section>
			<section aria-labelledby="dessin">
				<h2 id="dessin">{pathway.drawing}</h2>
				<PathwayFigure picture={picture} institutes={institutes} caption={caption} />
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
			<PageForms path={pathwayAddress(path, question)} />
		</>
	);
}
