import { type FragmentOf, graphql, readFragment } from "../graphql.ts";
import { useTexts } from "../i18n/locale.ts";
import { badgePath, pathwayPath, To } from "../ui/link.tsx";
import { ownerOf } from "./badge-id.ts";

export const Requirements_Badge = graphql(`
	fragment Requirements_Badge on BadgeClass {
		id
		requires {
			id
			known
			name
		}
		requiredBy {
			id
			name
		}
	}
`);

interface RequirementsProps {
	badge: FragmentOf<typeof Requirements_Badge>;
	needed: number;
	/** Names of institutes by slug. */
	names: Record<string, string>;
}

/** What a metabadge asks for, across institutes. */
export function Requirements({ badge, needed, names }: RequirementsProps) {
	const { badge: t, site } = useTexts();
	const { id, requires } = readFragment(Requirements_Badge, badge);
	if (!requires) return <p>{site.unreadable}</p>;
	return (
		<>
			<p className="sentence">{needed >= requires.length ? t.needAll(requires.length) : t.needSome(needed, requires.length)}</p>
			<ul className="linked-badges">
				{requires.map((one) => (
					<li key={one.id}>
						{one.known ? <To to={badgePath(one.id)}>{one.name ?? one.id}</To> : <span>{t.unknownBadge}</span>}{" "}
						<span className="from">{names[ownerOf(one.id)] ?? ownerOf(one.id)}</span>
					</li>
				))}
			</ul>
			<p>
				<To to={pathwayPath(id)}>{t.requiresPathway}</To>
			</p>
		</>
	);
}

/** The metabadges that a badge counts for. */
export function Feeds({ badge, names }: Omit<RequirementsProps, "needed">) {
	const { badge: t, site } = useTexts();
	const { requiredBy } = readFragment(Requirements_Badge, badge);
	if (!requiredBy) return <p>{site.unreadable}</p>;
	if (requiredBy.length === 0) return <p>{t.feedsNone}</p>;
	return (
		<>
			<p>{t.feedsText(requiredBy.length)}</p>
			<ul className="linked-badges">
				{requiredBy.map((one) => (
					<li key={one.id}>
						<To to={pathwayPath(one.id)}>{one.name}</To> <span className="from">{names[ownerOf(one.id)] ?? ownerOf(one.id)}</span>
					</li>
				))}
			</ul>
		</>
	);
}
