import { useTexts } from "../i18n/locale.ts";
import { To } from "../ui/link.tsx";
import { badgePath } from "../ui/paths.ts";
import type { Places } from "./places.ts";
import { WhereToGet } from "./where-to-get.tsx";

export interface Way {
	/** Whether there is no shorter one. */
	exact: boolean;
	/** No way is shorter than this. */
	atLeast: number;
	/** In an order in which each can be earned, the goal last. */
	badges: readonly { id: string; name: string; metabadge: boolean; request: { open: boolean; url: string | null } | null }[];
}

interface ShortestWayProps {
	goal: string;
	way: Way | null;
	/** Whether the reader set conditions: without them there may be a way. */
	conditioned: boolean;
	/** Ids of the badges that can be earned at once. */
	first: readonly string[];
	places: Places;
}

/** What is left to earn until the goal can be had, in its order; null where no way leads there. */
export function ShortestWay({ goal, way, conditioned, first, places }: ShortestWayProps) {
	const { way: t } = useTexts();
	if (!way)
		return (
			<p className="notice" role="status">
				{conditioned ? t.noneWithin : t.none}
			</p>
		);
	const steps = way.badges.filter(({ id }) => id !== goal);
	return (
		<>
			<p className="sentence" role="status">
				{way.exact ? t.exact(steps.length) : t.bounded(steps.length, Math.max(0, way.atLeast - 1))}
			</p>
			<ol className="way">
				{way.badges.map(({ id, name, metabadge, request }) => (
					<li key={id}>
						<p>
							<To to={badgePath(id)}>{name}</To> {id === goal && <span className="mark mark--metabadge">{t.goal}</span>}{" "}
							{first.includes(id) && id !== goal && <span className="mark mark--way">{t.now}</span>}
						</p>
						{metabadge && <p className="from">{id === goal && steps.length === 0 ? t.ready : t.gathered}</p>}
						<WhereToGet id={id} name={name} request={request} places={places} />
					</li>
				))}
			</ol>
		</>
	);
}
