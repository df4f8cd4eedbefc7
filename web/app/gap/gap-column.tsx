import { ownerOf } from "../badge/badge-id.ts";
import { useTexts } from "../i18n/locale.ts";
import { To } from "../ui/link.tsx";
import { badgePath, competencyPath } from "../ui/paths.ts";
import type { GapCompetency } from "./read-gap.ts";

interface GapColumnProps {
	id: string;
	title: string;
	/** Said where there is nothing. */
	none: string;
	/** Said before the badges of a competency. */
	by: string;
	competencies: readonly GapCompetency[];
	/** Names of institutes by slug. */
	names: Record<string, string>;
}

const NAMED = 3;

/** One of the two columns: the core in view, the rest folded. */
export function GapColumn({ id, title, none, by, competencies, names }: GapColumnProps) {
	const t = useTexts().gap;
	const others = competencies.filter(({ core }) => !core);
	const list = (some: readonly GapCompetency[]) => (
		<ul className="gap__list">
			{some.map((one) => (
				<Line key={one.competency.code} one={one} by={by} names={names} />
			))}
		</ul>
	);
	return (
		<section aria-labelledby={id}>
			<h2 id={id}>
				{title} <span className="count">({competencies.length})</span>
			</h2>
			{competencies.length === 0 && <p>{none}</p>}
			{competencies.length > others.length && (
				<>
					<h3>{t.core}</h3>
					{list(competencies.filter(({ core }) => core))}
				</>
			)}
			{others.length > 0 && (
				<details>
					<summary>{t.others(others.length)}</summary>
					{list(others)}
				</details>
			)}
		</section>
	);
}

function Line({ one, by, names }: { one: GapCompetency } & Pick<GapColumnProps, "by" | "names">) {
	const t = useTexts().gap;
	const { competency, emerging, badges } = one;
	return (
		<li className={badges.length === 0 ? "gap__none" : undefined}>
			<To to={competencyPath(competency.code)}>{competency.label}</To>
			{emerging && <span className="mark mark--metabadge">{t.emerging}</span>}
			<br />
			<span className="from">{badges.length === 0 ? t.nobody : by}</span>
			{badges.length > 0 && (
				<ul className="linked-badges">
					{badges.slice(0, NAMED).map(({ id, name }) => (
						<li key={id}>
							<To to={badgePath(id)}>{name}</To> <span className="from">{names[ownerOf(id)] ?? ownerOf(id)}</span>
						</li>
					))}
					{badges.length > NAMED && <li className="from">{t.more(badges.length - NAMED)}</li>}
				</ul>
			)}
		</li>
	);
}
