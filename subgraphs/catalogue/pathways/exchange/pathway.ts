import type { DataSource } from "typeorm";
import type { BadgeHit } from "../../badge-hit.ts";
import { readWorld } from "../read-world.ts";
import type { Rule, World } from "../rule.ts";

/** A badge as other systems know it. */
export type SharedBadge = Pick<BadgeHit, "id" | "iri" | "name" | "description" | "language" | "criteria">;

/** A metabadge with everything that leads to it. */
export interface SharedPathway {
	goal: SharedBadge;
	/** By id, the goal among them. */
	badges: ReadonlyMap<string, SharedBadge>;
	/** The rules of the metabadges among them. */
	rules: ReadonlyMap<string, Rule>;
	standsFor: World["standsFor"];
}

/** What a document could be made of, and what its format has no words for. */
export interface Written {
	document: object;
	lost: readonly Lost[];
}

/**
 * What a format cannot say: how many of several are enough, groups within groups, that a badge must be recognised, not
 * too old or of several issuers, that any badge for a competency will do, and a badge that no member knows.
 */
export type Lost = "COUNTS" | "GROUPS" | "CONDITIONS" | "COMPETENCIES" | "UNKNOWN_BADGES";

/** Undefined when the catalogue does not know the badge. */
export async function readPathway(database: DataSource, goalId: string): Promise<SharedPathway | undefined> {
	const world = await readWorld(database, [goalId]);
	const ids = [...world.badges.keys()];
	const rows: SharedBadge[] = await database.query(
		`SELECT "id", "iri", "name", "description", "language", "criteria" FROM "badge" WHERE "id" = ANY ($1)`,
		[ids],
	);
	const badges = new Map(rows.map((row) => [row.id, row]));
	const goal = badges.get(goalId);
	if (!goal) return undefined;
	const rules = new Map(ids.flatMap((id) => (world.ruleOf(id) ? [[id, world.ruleOf(id) as Rule] as const] : [])));
	return { goal, badges, rules, standsFor: world.standsFor };
}
