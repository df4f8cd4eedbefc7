import { ownerOf } from "../badge/badge-id.ts";
import { localised, useLocale, useTexts } from "../i18n/locale.ts";
import { To } from "../ui/link.tsx";
import { badgePath, institutePath } from "../ui/paths.ts";
import { PARAMETERS, type PathwayQuestion, pathwayAddress } from "./pathway-address.ts";
import type { Places } from "./places.ts";
import type { RulePart } from "./rule-parts.ts";
import { conditionWords, reasonWords } from "./rule-words.ts";

/** What every entry of the list must know. */
export interface TreeContext {
	/** What the reader holds, for boxes to tick; null where the list only tells. */
	question: PathwayQuestion | null;
	/** The page that the links « je l'ai » lead back to. */
	path: string;
	places: Places;
	/** Names of badges by id. */
	names: Record<string, string>;
	/** What competencies are called, by code. */
	competencies: Record<string, string>;
	/** Ids of the badges on the shortest way. */
	way: readonly string[];
	/** Whether the badge has not been detailed yet; true once for each. */
	isFirst(id: string): boolean;
}

export function TreeGoal({ goal, context }: { goal: { id: string; name: string }; context: TreeContext }) {
	const t = useTexts().rule;
	const held = context.question?.held.includes(goal.id) ?? false;
	return (
		<div className={held ? "tree__node tree__node--held" : "tree__node"}>
			<p>
				<BadgeName id={goal.id} name={goal.name} places={context.places} />
				<span className="mark mark--metabadge">{t.goal}</span>
				{held && <span className="mark mark--open">✓ {t.reasons.HELD}</span>}
			</p>
		</div>
	);
}

/** A badge that a rule names: whether it is held and why not, what else is asked of it, what else would do. */
export function TreeBadge({ part, first, context }: { part: RulePart; first: boolean; context: TreeContext }) {
	const t = useTexts().rule;
	const { question, way } = context;
	const id = part.id as string;
	const known = part.name !== null;
	const conditions = conditionWords(part, t);
	return (
		<div className={part.met ? "tree__node tree__node--held" : "tree__node"}>
			<p>
				{known ? <BadgeName id={id} name={part.name as string} places={context.places} /> : <em className="identifier">{id}</em>}
				<PartReason part={part} context={context} />
				{way.includes(id) && <span className="mark mark--way">{t.onTheWay}</span>}
				{!first && <span className="from"> ({t.seeAbove})</span>}
			</p>
			{conditions.length > 0 && <p className="from">{conditions.join(" ; ")}</p>}
			{first && question && known && <HoldingBox id={id} name={part.name as string} days={part.notOlderThanDays} context={context} />}
			{first && <TreeOthers part={part} context={context} />}
		</div>
	);
}

/** The other badges that meet a part. */
export function TreeOthers({ part, context }: { part: RulePart; context: TreeContext }) {
	const t = useTexts().rule;
	const { question, way } = context;
	const isCompetency = part.kind === "COMPETENCY";
	const conditions = isCompetency ? conditionWords(part, t) : [];
	return (
		<>
			{isCompetency && (
				<p>
					<PartReason part={part} context={context} />
					{conditions.length > 0 && <span className="from"> {conditions.join(" ; ")}</span>}
				</p>
			)}
			{part.alternatives.length > 0 && (
				<>
					<p className="from">{isCompetency ? t.aligned : t.equivalents}</p>
					<ul className="tree__others">
						{part.alternatives.map(({ id, name }) => (
							<li key={id}>
								<p>
									<BadgeName id={id} name={name} places={context.places} />
									{question?.held.includes(id) && <span className="mark mark--open">✓ {t.reasons.HELD}</span>}
									{way.includes(id) && <span className="mark mark--way">{t.onTheWay}</span>}
								</p>
								{question && context.isFirst(id) && <HoldingBox id={id} name={name} days={part.notOlderThanDays} context={context} />}
							</li>
						))}
					</ul>
				</>
			)}
		</>
	);
}

function PartReason({ part, context }: { part: RulePart; context: TreeContext }) {
	const t = useTexts().rule;
	if (context.question === null && part.reason !== "BROKEN") return null;
	const words = reasonWords(part, context.names, t);
	return <span className={part.met ? "mark mark--open" : "mark mark--retired"}>{part.met ? `✓ ${words}` : words}</span>;
}

/** A box to tick, for the form around the list, and a link that does the same by itself. */
function HoldingBox({ id, name, days, context }: { id: string; name: string; days: number | null; context: TreeContext }) {
	const t = useTexts().rule;
	const locale = useLocale();
	const question = context.question as PathwayQuestion;
	const held = question.held.includes(id);
	const holding = held ? question.held.filter((one) => one !== id) : [...question.held, id];
	return (
		<div className="tree__holding">
			<label className="choice">
				<input type="checkbox" name={PARAMETERS.held} value={id} defaultChecked={held} />
				<span className="choice__label">
					{t.have}
					<span className="unseen"> {name}</span>
				</span>
			</label>
			{days !== null && (
				<label className="choice">
					<input type="checkbox" name={PARAMETERS.recent} value={id} defaultChecked={question.recent.includes(id)} />
					<span className="choice__label">
						{t.recent(days)}
						<span className="unseen"> {name}</span>
					</span>
				</label>
			)}
			<a href={localised(locale, pathwayAddress(context.path, { ...question, held: holding }))}>
				{held ? t.linkLacks : t.linkHas}
				<span className="unseen"> {name}</span>
			</a>
		</div>
	);
}

function BadgeName({ id, name, places }: { id: string; name: string; places: Places }) {
	const slug = ownerOf(id);
	const institute = places.institutes[slug];
	return (
		<>
			<To to={badgePath(id)}>{name}</To>{" "}
			<span className="from">{institute ? <To to={institutePath(slug)}>{institute.name}</To> : slug}</span>{" "}
		</>
	);
}
