import { useTexts } from "../i18n/locale.ts";
import { badgePath, To } from "../ui/link.tsx";

interface Way {
	/** Whether there is no shorter one. */
	exact: boolean;
	/** In an order in which each can be earned, without the goal. */
	badges: readonly { id: string; name: string; requestable: boolean }[];
}

/** What is left to earn until the goal can be had; null where no way leads there. */
export function ShortestWay({ way }: { way: Way | null }) {
	const { pathway: t } = useTexts();
	if (!way) {
		return (
			<p className="notice" role="status">
				{t.noWay}
			</p>
		);
	}
	const left = way.badges.length;
	return (
		<div className="notice" role="status">
			<p>{way.exact ? t.progress(left === 0, left) : t.progressAtMost(left)}</p>
			{left > 0 && (
				<ol>
					{way.badges.map(({ id, name, requestable }) => (
						<li key={id}>
							<To to={badgePath(id)}>{name}</To>
							{requestable && ` (${t.requestable})`}
						</li>
					))}
				</ol>
			)}
		</div>
	);
}
