import { useTexts } from "../i18n/locale.ts";
import { partsWithin, type RulePart } from "./rule-parts.ts";
import { competencyLabel, groupWords } from "./rule-words.ts";
import { TreeBadge, type TreeContext, TreeGoal, TreeOthers } from "./tree-badge.tsx";

interface RuleTreeProps extends Omit<TreeContext, "isFirst"> {
	goal: { id: string; name: string };
	/** The rule of each metabadge of the pathway, by its id. */
	rules: Record<string, readonly RulePart[]>;
}

/** A metabadge's rule as nested lists, with the rules of the metabadges that it asks for; each badge is detailed once. */
export function RuleTree({ goal, rules, ...rest }: RuleTreeProps) {
	const t = useTexts().rule;
	const seen = new Set([goal.id]);
	const isFirst = (id: string) => !seen.has(id) && seen.add(id).size > 0;
	const context = { ...rest, isFirst };

	const list = (parts: readonly RulePart[], group: number) => (
		<ul>
			{partsWithin(parts, group).map((place) => (
				<li key={place}>{part(parts, place)}</li>
			))}
		</ul>
	);
	const part = (parts: readonly RulePart[], place: number) => {
		const one = parts[place] as RulePart;
		if (one.kind === "COMPETENCY")
			return (
				<div className={one.met ? "tree__node tree__node--held" : "tree__node"}>
					<p>
						{t.competency} <strong>{competencyLabel(one.name ?? "", rest.competencies)}</strong>
					</p>
					<TreeOthers part={one} context={context} />
				</div>
			);
		if (one.kind !== "BADGE") return group(parts, place);
		const id = one.id as string;
		const first = isFirst(id);
		const rule = rules[id];
		return (
			<>
				<TreeBadge part={one} first={first} context={context} />
				{first && rule && rule.length > 0 && (
					<>
						<p className="tree__need">{need(rule, 0)}</p>
						{list(rule, 0)}
					</>
				)}
			</>
		);
	};
	const group = (parts: readonly RulePart[], place: number) => (
		<>
			<p className={parts[place]?.met ? "tree__need tree__need--met" : "tree__need"}>{need(parts, place)}</p>
			{list(parts, place)}
		</>
	);
	const need = (parts: readonly RulePart[], place: number) => {
		const one = parts[place] as RulePart;
		const words = groupWords(one, partsWithin(parts, place).length, t);
		if (context.question === null) return `${words}${t.colon}`;
		return `${words} – ${t.reasons[one.reason as keyof typeof t.reasons]}${t.colon}`;
	};

	const rule = rules[goal.id] ?? [];
	return (
		<ul className="tree">
			<li>
				<TreeGoal goal={goal} context={context} />
				{rule.length > 0 && group(rule, 0)}
			</li>
		</ul>
	);
}
