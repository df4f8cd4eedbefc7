import { useTexts } from "../i18n/locale.ts";
import { To } from "../ui/link.tsx";
import { badgePath } from "../ui/paths.ts";
import type { Places } from "./places.ts";
import type { RulePart } from "./rule-parts.ts";
import { competencyLabel, conditionWords } from "./rule-words.ts";
import { WhereToGet } from "./where-to-get.tsx";

interface MissingBadgesProps {
	parts: readonly RulePart[];
	/** Ids of the badges on the shortest way. */
	way: readonly string[];
	places: Places;
	competencies: Record<string, string>;
}

/** Each badge that is not held and would count, and where to get it. */
export function MissingBadges({ parts, way, places, competencies }: MissingBadgesProps) {
	const { rule: t, missing: words } = useTexts();
	return (
		<ul className="missing">
			{parts.map((part) => {
				const conditions = conditionWords(part, t);
				const key = `${part.kind} ${part.id ?? part.name} ${conditions.join()}`;
				if (part.kind !== "BADGE")
					return (
						<li key={key}>
							<p>
								{t.competency} <strong>{competencyLabel(part.name ?? "", competencies)}</strong>
							</p>
							{part.alternatives.length > 0 ? (
								<ul>
									{part.alternatives.slice(0, 5).map(({ id, name, requestable }) => (
										<li key={id}>
											<To to={badgePath(id)}>{name}</To> {requestable && <span className="mark mark--open">{words.requestable}</span>}
										</li>
									))}
								</ul>
							) : (
								<p>{words.noneAligned}</p>
							)}
						</li>
					);
				const id = part.id as string;
				if (part.name === null)
					return (
						<li key={key}>
							<p>
								<span className="identifier">{id}</span> – {t.reasons.BROKEN}
							</p>
						</li>
					);
				return (
					<li key={key}>
						<p>
							<To to={badgePath(id)}>{part.name}</To>{" "}
							{part.reason !== "NOT_HELD" && <span className="mark mark--retired">{t.reasons[part.reason as keyof typeof t.reasons]}</span>}
							{way.includes(id) && <span className="mark mark--way">{t.onTheWay}</span>}
						</p>
						{conditions.length > 0 && <p className="from">{conditions.join(" ; ")}</p>}
						<WhereToGet id={id} name={part.name} request={part.badgeClass?.request ?? null} places={places} />
					</li>
				);
			})}
		</ul>
	);
}
