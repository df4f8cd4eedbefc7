import { ownerOf } from "../badge/badge-id.ts";
import { type FragmentOf, graphql, readFragment } from "../graphql.ts";
import { To } from "../ui/link.tsx";
import { badgePath } from "../ui/paths.ts";

/** The competence subgraph knows the badge's name: listing it asks no institute. */
export const AlignedBadges_Badge = graphql(`
	fragment AlignedBadges_Badge on AlignedBadge {
		id
		name
	}
`);

interface AlignedBadgesProps {
	badges: readonly FragmentOf<typeof AlignedBadges_Badge>[];
	names: Record<string, string>;
	none: string;
}

export function AlignedBadges({ badges, names, none }: AlignedBadgesProps) {
	if (badges.length === 0) return <span className="from">{none}</span>;
	return (
		<ul className="linked-badges">
			{readFragment(AlignedBadges_Badge, badges).map(({ id, name }) => (
				<li key={id}>
					<To to={badgePath(id)}>{name}</To> <span className="from">{names[ownerOf(id)] ?? ownerOf(id)}</span>
				</li>
			))}
		</ul>
	);
}
