import type { DataSource } from "typeorm";
import type { Holding } from "../holding.ts";
import { evaluate } from "../progress.ts";
import { partsOf } from "../progress-parts.ts";
import { readWorld } from "../read-world.ts";
import type { Rule } from "../rule.ts";
import { DrawnProgress } from "./drawn-answers.ts";
import type { DrawnStep } from "./drawn-pathway.ts";

/** Badges that one competency is asked of. */
const MOST_ALIGNED = 200;

/** How far a holding is on a drawn pathway: as on a metabadge that asks for all of its steps but the optional ones. */
export async function drawnProgress(
	database: DataSource,
	pathwayId: string,
	steps: readonly DrawnStep[],
	holding: Holding,
): Promise<DrawnProgress> {
	const leaves = steps.map(leafOf);
	const badges = steps.flatMap(({ badgeClassId }) => badgeClassId ?? []);
	const aligned = await alignedTo(database, leaves);
	const every: Rule = { kind: "all", of: leaves };
	const world = await readWorld(database, [...badges, ...aligned], { id: pathwayId, rule: every });
	const required: Rule = { kind: "all", of: leaves.filter((_, place) => !steps[place]?.optional) };
	const { met, share } = evaluate(required, holding, world);
	const parts = leaves.flatMap((leaf) => partsOf(evaluate(leaf, holding, world), world));
	return Object.assign(new DrawnProgress(), { pathwayId, met, share, steps: parts });
}

function leafOf({ badgeClassId, competency }: DrawnStep): Extract<Rule, { kind: "badge" | "competency" }> {
	return badgeClassId === null ? { kind: "competency", id: (competency ?? "").toLowerCase() } : { kind: "badge", id: badgeClassId };
}

async function alignedTo(database: DataSource, leaves: readonly Rule[]): Promise<string[]> {
	const keys = leaves.flatMap((leaf) => (leaf.kind === "competency" ? [leaf.id] : []));
	if (keys.length === 0) return [];
	const rows: { id: string }[] = await database.query(
		`SELECT DISTINCT "aligned"."id" FROM unnest($1::text[]) AS "key", LATERAL (
			SELECT "id" FROM "badge" WHERE "alignments" <> '[]' AND "alignment_keys"("alignments") @> ARRAY["key"] AND NOT "retired" ORDER BY "id" LIMIT ${MOST_ALIGNED}
		) AS "aligned"`,
		[keys],
	);
	return rows.map(({ id }) => id);
}
