import { type LoaderFunctionArgs, useLoaderData } from "react-router";
import { PageForms } from "../forms/page-forms.tsx";
import { openHub } from "../hub-client.ts";
import { useTexts } from "../i18n/locale.ts";
import { To } from "../ui/link.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { gapPath, jobPath } from "../ui/paths.ts";
import { AlignedBadges } from "./aligned-badges.tsx";
import { CompetencyTable } from "./competency-table.tsx";
import { readJob } from "./read-job.ts";

export const loader = (args: LoaderFunctionArgs) => readJob(openHub(args), args.params.code ?? "");

export default function JobPage() {
	const { job, names } = useLoaderData<typeof loader>();
	const { job: t, jobs, site } = useTexts();
	const of = (core: boolean) => job.competencies.filter((one) => one.core === core).map((one) => one.competency);
	const core = of(true);
	const other = of(false);
	const covered = core.filter((one) => one.badgeClasses.length > 0).length;
	return (
		<>
			<PageHead title={job.label} eyebrow={t.eyebrow(job.code)} lead={job.domain} trail={[["/metiers", site.jobs]]} />
			<section aria-labelledby="badges" className="highlight">
				<h2 id="badges">{t.badges}</h2>
				{job.badgeClasses.length > 0 && <p>{t.badgesText}</p>}
				<AlignedBadges badges={job.badgeClasses} names={names} none={t.badgesNone} />
			</section>
			<section aria-labelledby="coeur">
				<h2 id="coeur">{t.core}</h2>
				<p className="sentence">{t.coverage(covered, core.length)}</p>
				<p className="no-print">
					<To to={gapPath(job.code)}>{t.gap}</To>
				</p>
				{core.length > 0 && <CompetencyTable competencies={core} names={names} caption={t.core} />}
			</section>
			{other.length > 0 && (
				<section aria-labelledby="autres">
					<h2 id="autres">{t.other}</h2>
					<details>
						<summary>{t.moreCompetencies(other.length)}</summary>
						<CompetencyTable competencies={other} names={names} caption={t.other} />
					</details>
				</section>
			)}
			{job.appellations.length > 0 && (
				<section aria-labelledby="appellations">
					<h2 id="appellations">{t.appellations}</h2>
					<details>
						<summary>{t.moreAppellations(job.appellations.length)}</summary>
						<ul className="index">
							{job.appellations.map((one) => (
								<li key={one}>{one}</li>
							))}
						</ul>
					</details>
				</section>
			)}
			<PageForms path={jobPath(job.code)} />
			<p className="credit">{jobs.creditShort}</p>
		</>
	);
}
