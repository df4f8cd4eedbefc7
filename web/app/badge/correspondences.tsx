import { type FragmentOf, graphql, readFragment } from "../graphql.ts";
import { useTexts } from "../i18n/locale.ts";
import { Outside, To } from "../ui/link.tsx";
import { competencyPath, jobPath } from "../ui/paths.ts";

export const Correspondences_Badge = graphql(`
	fragment Correspondences_Badge on BadgeClass {
		language
		alignments {
			targetName
			targetUrl
			targetFramework
			targetCode
			targetDescription
		}
		competencies {
			provenance
			competency {
				code
				label
				kind
			}
		}
		jobs {
			provenance
			job {
				code
				label
			}
		}
	}
`);

type Badge = FragmentOf<typeof Correspondences_Badge>;

/** Competencies and jobs of the referential that the badge's alignments were understood to mean. */
export function Competencies({ badge }: { badge: Badge }) {
	const { badge: t, job, jobs: credit, site } = useTexts();
	const { competencies, jobs } = readFragment(Correspondences_Badge, badge);
	if (!competencies || !jobs) return <p>{site.unreadable}</p>;
	return (
		<>
			{competencies.length === 0 ? (
				<p>{t.competenciesNone}</p>
			) : (
				<ul className="tagged">
					{competencies.map(({ competency, provenance }) => (
						<li key={competency.code}>
							<To to={competencyPath(competency.code)}>{competency.label}</To>{" "}
							<span className="from">
								{job.kinds[competency.kind]} · {t.provenance[provenance]}
							</span>
						</li>
					))}
				</ul>
			)}
			{jobs.length > 0 && (
				<>
					<h3>{t.jobs}</h3>
					<ul className="tagged">
						{jobs.map(({ job: one, provenance }) => (
							<li key={one.code}>
								<To to={jobPath(one.code)}>{one.label}</To>{" "}
								<span className="from">
									{one.code} · {t.provenance[provenance]}
								</span>
							</li>
						))}
					</ul>
				</>
			)}
			{competencies.length + jobs.length > 0 && <p className="credit">{credit.creditShort}</p>}
		</>
	);
}

/** What the issuer wrote, as it wrote it. */
export function Alignments({ badge }: { badge: Badge }) {
	const t = useTexts().badge;
	const { alignments, language } = readFragment(Correspondences_Badge, badge);
	if (alignments.length === 0) return null;
	return (
		<section aria-labelledby="correspondances">
			<h2 id="correspondances">{t.alignments}</h2>
			<p className="from">{t.alignmentsHelp}</p>
			<ul className="tagged" lang={language}>
				{alignments.map((one) => (
					<li key={`${one.targetFramework} ${one.targetCode} ${one.targetName} ${one.targetUrl}`}>
						<Outside url={one.targetUrl}>{one.targetName}</Outside>{" "}
						<span className="from">{[one.targetFramework, one.targetCode].filter(Boolean).join(" · ")}</span>
						{one.targetDescription && <p>{one.targetDescription}</p>}
					</li>
				))}
			</ul>
		</section>
	);
}
