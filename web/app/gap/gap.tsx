import { type LoaderFunctionArgs, redirect, useLoaderData } from "react-router";
import { readBadgeNames } from "../badge/read-badge-names.ts";
import { PageForms } from "../forms/page-forms.tsx";
import { openHub } from "../hub-client.ts";
import { localeOf, localised, useLocale, useTexts } from "../i18n/locale.ts";
import { To } from "../ui/link.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { gapPath, jobPath } from "../ui/paths.ts";
import { SearchField } from "../ui/search-field.tsx";
import { readGapQuestion } from "./gap-address.ts";
import { GapColumn } from "./gap-column.tsx";
import { HeldForm } from "./held-form.tsx";
import { type Gap, type GapAnswer, readGap } from "./read-gap.ts";
import { ShortestWay } from "./shortest-way.tsx";

export async function loader(args: LoaderFunctionArgs) {
	const { searchParams, pathname } = args.url;
	const question = readGapQuestion(searchParams);
	if (question.job === "") {
		// An empty field, sent without scripts: the address of the form.
		if (searchParams.size > 0) throw redirect(localised(localeOf(pathname), "/ecart"));
		return null;
	}
	const hub = openHub(args);
	const answer = await readGap(hub, question);
	const { covered, missing, shortest } = answer.gap;
	const counting = new Set([...covered, ...missing, shortest].flatMap(({ badges }) => badges.map(({ id }) => id)));
	const others = question.held.filter((id) => !counting.has(id));
	// Of badges that count for nothing here the competences say no name; the catalogue does.
	const [heldNames, { names }] = await Promise.all([readBadgeNames(hub, others), hub.membersOf([...counting, ...others])]);
	return { ...answer, held: question.held, heldNames, names };
}

export default function GapPage() {
	const data = useLoaderData<typeof loader>();
	return data === null ? <ChooseJob /> : <GapOfJob {...data} />;
}

function ChooseJob() {
	const { gap: t, site } = useTexts();
	const locale = useLocale();
	return (
		<>
			<PageHead title={t.title} lead={t.lead} trail={[["/metiers", site.jobs]]} />
			<section aria-labelledby="choisir">
				<h2 id="choisir">{t.choose}</h2>
				<p>{t.chooseText}</p>
				<form method="get" action={localised(locale, "/ecart")}>
					<SearchField name="metier" label={t.code} button={t.show} value="" />
				</form>
				<p>
					<To to="/metiers">{t.browse}</To>
				</p>
			</section>
		</>
	);
}

interface GapOfJobProps {
	gap: Gap;
	referential: GapAnswer["referential"];
	held: readonly string[];
	heldNames: Record<string, string>;
	names: Record<string, string>;
}

function GapOfJob({ gap, referential, held, heldNames, names }: GapOfJobProps) {
	const { gap: t, job: jobTexts, jobs, site } = useTexts();
	const { job } = gap;
	const trail = [
		["/metiers", site.jobs],
		[jobPath(job.code), jobTexts.eyebrow(job.code)],
	] as const;
	return (
		<>
			<PageHead title={t.titleFor(job.label)} eyebrow={t.eyebrow} description={t.lead} trail={trail}>
				<p className="sentence" role="status">
					{t.summary(gap.coreCovered, gap.coreTotal)}
				</p>
			</PageHead>
			<ShortestWay shortest={gap.shortest} names={names} />
			<div className="gap__columns">
				<GapColumn id="couvert" title={t.covered} none={t.coveredNone} by={t.by} competencies={gap.covered} names={names} />
				<GapColumn id="manquant" title={t.missing} none={t.missingNone} by={t.would} competencies={gap.missing} names={names} />
			</div>
			<HeldForm gap={gap} held={held} heldNames={heldNames} names={names} />
			{gap.unknown.length > 0 && (
				<aside className="notice">
					<p>
						{t.unknown} <span className="identifier">{gap.unknown.join(", ")}</span>
					</p>
				</aside>
			)}
			<PageForms path={gapPath(job.code, held)} />
			<p className="credit">{jobs.credit(referential.source, referential.version, referential.licence)}</p>
		</>
	);
}
