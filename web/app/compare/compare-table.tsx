import { ownerOf } from "../badge/badge-id.ts";
import { useTexts } from "../i18n/locale.ts";
import { BadgeImage } from "../ui/badge-image.tsx";
import { To } from "../ui/link.tsx";
import { DemonstrationMark } from "../ui/marks.tsx";
import { badgePath } from "../ui/paths.ts";
import { Prose } from "../ui/prose.tsx";
import { countOf, isSame } from "./differences.ts";
import type { Fact, Item } from "./facts.ts";
import { ItemLabel } from "./item-label.tsx";
import type { ComparedBadge } from "./read-compared.ts";

interface CompareTableProps {
	badges: readonly ComparedBadge[];
	facts: readonly Fact[];
	/** Names of institutes by slug. */
	names: Record<string, string>;
	/** Slugs of the institutes invented for the demonstration. */
	invented: readonly string[];
	removePath(id: string): string;
}

/** A column for each badge, a row for each question; on narrow screens the answers stand below their question. */
export function CompareTable({ badges, facts, names, invented, removePath }: CompareTableProps) {
	const t = useTexts().compare;
	return (
		<table className="compare">
			<caption className="unseen">{t.table}</caption>
			<thead>
				<tr>
					<th scope="col">
						<span className="unseen">{t.question}</span>
					</th>
					{badges.map(({ id, name, language }) => (
						<th key={id} scope="col">
							<BadgeImage id={id} size={56} eager />
							<To to={badgePath(id)} lang={language}>
								{name}
							</To>
							<span className="from">{names[ownerOf(id)] ?? ownerOf(id)}</span>
							{invented.includes(ownerOf(id)) && <DemonstrationMark />}
							<To to={removePath(id)} aria-label={t.remove(name)} className="from no-print">
								{t.removeShort}
							</To>
						</th>
					))}
				</tr>
			</thead>
			<tbody>
				{facts.map((fact) => (
					<tr key={fact.label}>
						<th scope="row">
							{fact.label} {isSame(fact) && <span className="mark mark--same">{t.same}</span>}
						</th>
						{badges.map(({ id, name }, place) => (
							<td key={id} data-label={name}>
								<Answer fact={fact} items={fact.cells[place] ?? []} />
							</td>
						))}
					</tr>
				))}
			</tbody>
		</table>
	);
}

function Answer({ fact, items }: { fact: Fact; items: readonly Item[] }) {
	const t = useTexts().compare;
	if (items.length === 0) return <span className="from">{fact.none}</span>;
	if (fact.kind === "PROSE") {
		return items.map((item) =>
			item.url ? (
				<p key={item.key}>
					<ItemLabel item={item} />
				</p>
			) : (
				<Prose key={item.key} text={item.label} language={item.language} />
			),
		);
	}
	const isAlone = ({ key }: Item) => fact.kind === "SET" && fact.cells.length > 1 && key !== "" && countOf(fact, key) === 1;
	return (
		<ul className="plain">
			{items.map((item) => (
				<li key={item.key}>
					<ItemLabel item={item} /> {isAlone(item) && <span className="mark mark--alone">{t.only}</span>}
				</li>
			))}
		</ul>
	);
}
