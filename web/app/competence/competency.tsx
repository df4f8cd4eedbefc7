import { type LoaderFunctionArgs, useLoaderData } from "react-router";
import { PageForms } from "../forms/page-forms.tsx";
import { openHub } from "../hub-client.ts";
import { useTexts } from "../i18n/locale.ts";
import { To } from "../ui/link.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { competencyPath, jobPath } from "../ui/paths.ts";
import { AlignedBadges } from "./aligned-badges.tsx";
import { readCompetency } from "./read-competency.ts";

const SHOWN = 30;

export const loader = (args: LoaderFunctionArgs) => readCompetency(openHub(args), args.params.code ?? "");

export default function CompetencyPage() {
	const { competency, names } = useLoaderData<typeof loader>();
	const { competency: t, job, jobs, site } = useTexts();
	const of = (core: boolean) => competency.jobs.filter((one) => one.core === core).map((one) => one.job);
	return (
		<>
			<PageHead title={competency.label} eyebrow={t.eyebrow(job.kinds[competency.kind])} trail={[["/metiers", site.jobs]]}>
				<p className="from">{t.code(competency.code)}</p>
			</PageHead>
			<section aria-labelledby="badges" className="highlight">
				<h2 id="badges">{t.badges}</h2>
				<AlignedBadges badges={competency.badgeClasses} names={names} none={t.badgesNone} />
			</section>
			<JobList id="coeur" title={t.jobsCore} jobs={of(true)} />
			<JobList id="metiers" title={t.jobs} jobs={of(false)} />
			<PageForms path={competencyPath(competency.code)} />
			<p className="credit">{jobs.creditShort}</p>
		</>
	);
}

function JobList({ id, title, jobs }: { id: string; title: string; jobs: readonly { code: string; label: string }[] }) {
	const t = useTexts().competency;
	if (jobs.length === 0) return null;
	const list = (some: typeof jobs) => (
		<ul className="index">
			{some.map(({ code, label }) => (
				<li key={code}>
					<To to={jobPath(code)}>{label}</To> <span className="from">{code}</span>
				</li>
			))}
		</ul>
	);
	return (
		<section aria-labelledby={id}>
			<h2 id={id}>{title}</h2>
			{list(jobs.slice(0, SHOWN))}
			{jobs.length > SHOWN && (
				<details>
					<summary>{t.more(jobs.length - SHOWN)}</summary>
					{list(jobs.slice(SHOWN))}
				</details>
			)}
		</section>
	);
}
