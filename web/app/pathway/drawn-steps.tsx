import { useTexts } from "../i18n/locale.ts";
import type { RulePart } from "./rule-parts.ts";
import { competencyLabel } from "./rule-words.ts";
import { TreeBadge, type TreeContext, TreeOthers } from "./tree-badge.tsx";
import { WhereToGet } from "./where-to-get.tsx";

interface DrawnStepsProps {
	steps: readonly { optional: boolean; note: string; part: RulePart }[];
	context: Omit<TreeContext, "isFirst">;
}

/** The steps in the steward's order: whether each is held, what the steward says of it, where to get it. */
export function DrawnSteps({ steps, context }: DrawnStepsProps) {
	const { drawn: t, rule } = useTexts();
	const seen = new Set<string>();
	const isFirst = (id: string) => !seen.has(id) && seen.add(id).size > 0;
	return (
		<ol className="drawn">
			{steps.map(({ optional, note, part }) => (
				<li key={`${part.kind} ${part.id ?? part.name}`}>
					{optional && <p className="mark mark--retired">{t.optional}</p>}
					{note && <p>{note}</p>}
					{part.kind === "BADGE" ? (
						<TreeBadge part={part} first={isFirst(part.id as string)} context={{ ...context, isFirst }} />
					) : (
						<div className={part.met ? "tree__node tree__node--held" : "tree__node"}>
							<p>
								{rule.competency} <strong>{competencyLabel(part.name ?? "", context.competencies)}</strong>
							</p>
							<TreeOthers part={part} context={{ ...context, isFirst }} />
						</div>
					)}
					{part.kind === "BADGE" && part.name !== null && !part.met && (
						<WhereToGet id={part.id as string} name={part.name} request={part.badgeClass?.request ?? null} places={context.places} />
					)}
				</li>
			))}
		</ol>
	);
}
