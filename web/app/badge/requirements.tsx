import { type FragmentOf, graphql, readFragment } from "../graphql.ts";
import { useTexts } from "../i18n/locale.ts";
import type { Places } from "../pathway/places.ts";
import { type RulePart } from "../pathway/rule-parts.ts";
import { RuleTree } from "../pathway/rule-tree.tsx";
import { To } from "../ui/link.tsx";
import { pathwayPath } from "../ui/paths.ts";
import { ownerOf } from "./badge-id.ts";

export const Requirements_Badge = graphql(`
	fragment Requirements_Badge on BadgeClass {
		requiredBy {
			id
			name
		}
	}
`);

interface RequirementsProps {
	goal: { id: string; name: string };
	/** The rule by the catalogue's word; null while it does not answer. */
	parts: readonly RulePart[] | null;
	/** Names of institutes by slug. */
	names: Record<string, string>;
	/** What competencies are called, by code. */
	competencies: Record<string, string>;
}

/** What a metabadge asks for, across institutes, in words. */
export function Requirements({ goal, parts, names, competencies }: RequirementsProps) {
	const { badge: t, site } = useTexts();
	if (parts === null || parts.length === 0) return <p>{site.unreadable}</p>;
	const institutes: Places["institutes"] = Object.fromEntries(
		Object.entries(names).map(([slug, name]) => [slug, { name, departements: [] }]),
	);
	return (
		<>
			<RuleTree
				goal={goal}
				rules={{ [goal.id]: parts }}
				question={null}
				path={pathwayPath(goal.id)}
				places={{ institutes, departements: [] }}
				names={{}}
				competencies={competencies}
				way={[]}
			/>
			<p>
				<To to={pathwayPath(goal.id)}>{t.requiresPathway}</To>
			</p>
		</>
	);
}

interface FeedsProps {
	badge: FragmentOf<typeof Requirements_Badge>;
	names: Record<string, string>;
}

/** The metabadges that a badge counts for. */
export function Feeds({ badge, names }: FeedsProps) {
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
