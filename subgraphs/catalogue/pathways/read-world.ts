import type { DataSource } from "typeorm";
import { ownerOf } from "../../../schema/global-id.ts";
import type { Rule, World } from "./rule.ts";

/** A badge as pathways need it. */
interface PathwayBadge {
	id: string;
	/** Null when no member knows it. */
	name: string | null;
	retired: boolean;
	requestable: boolean;
	/** Of its institute, INSEE codes. */
	departements: string[];
}

/** The part of the catalogue that a question about pathways touches. */
export interface PathwayWorld extends World {
	badges: ReadonlyMap<string, PathwayBadge>;
}

interface Row {
	id: string;
	name: string | null;
	retired: boolean | null;
	requestable: boolean | null;
	needed: number | null;
	departements: string[] | null;
	required: string[] | null;
}

/**
 * Reads badges with all that leads to them, in one statement. Requirements that would close a cycle are not in force:
 * see `requirements.ts`.
 */
export async function readWorld(database: DataSource, ids: readonly string[]): Promise<PathwayWorld> {
	const rows: Row[] = await database.query(
		`WITH RECURSIVE "way" ("id") AS (
			SELECT unnest($1::text[])
			UNION SELECT "requiredId" FROM "way" JOIN "requirement" ON "metabadgeId" = "id" AND "cycle" IS NULL
		)
		SELECT "way"."id", "badge"."name", "badge"."retired", "badge"."requestable", ("badge"."requirement"->>'needed')::integer AS "needed",
			"harvest"."departements", "rule"."required"
		FROM "way"
		LEFT JOIN "badge" ON "badge"."id" = "way"."id"
		LEFT JOIN "harvest" ON "harvest"."instituteSlug" = "badge"."instituteSlug"
		LEFT JOIN LATERAL (
			SELECT array_agg("requiredId" ORDER BY "place") AS "required" FROM "requirement"
			WHERE "metabadgeId" = "way"."id" AND "cycle" IS NULL
		) AS "rule" ON "badge"."metabadge"`,
		[ids],
	);
	const badges = new Map<string, PathwayBadge>();
	const rules = new Map<string, Rule>();
	for (const { id, name, retired, requestable, needed, departements, required } of rows) {
		badges.set(id, { id, name, retired: retired ?? false, requestable: requestable ?? false, departements: departements ?? [] });
		if (required)
			rules.set(id, { kind: "atLeast", needed: needed ?? required.length, of: required.map((one) => ({ kind: "badge", id: one })) });
	}
	return {
		badges,
		ruleOf: (id) => rules.get(id),
		isKnown: (id) => (badges.get(id)?.name ?? null) !== null,
		standsFor: () => [],
		alignedTo: () => [],
		isRecognised: () => true,
		issuerOf: (id) => ownerOf(id) ?? id,
	};
}

/** The metabadges that require any of these badges directly. */
export async function metabadgesOver(database: DataSource, ids: readonly string[]): Promise<string[]> {
	const rows: { id: string }[] = await database.query(
		`SELECT DISTINCT "metabadgeId" AS "id" FROM "requirement" WHERE "requiredId" = ANY ($1) AND "cycle" IS NULL`,
		[ids],
	);
	return rows.map(({ id }) => id);
}
