import type { DataSource } from "typeorm";
import { ownerOf } from "../../../schema/global-id.ts";
import type { HarvestedBadge } from "../harvest/wire.ts";
import { alsoMeeting } from "./also-meeting.ts";
import { readRule } from "./read-rule.ts";
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
	issuerId: string | null;
	requirement: HarvestedBadge["requirement"];
	exactMatches: string[] | null;
	keys: string[] | null;
	departements: string[] | null;
	recognised: boolean;
	required: string[] | null;
}

/** Badges that one competency is asked of. */
const MOST_ALIGNED = 200;

/**
 * Reads badges with all that leads to them, in one statement: what is required, what its institutes take for the same,
 * and what is aligned to competencies that are asked for. Requirements that would close a cycle are not in force: see
 * `requirements.ts`; nor does a badge stand for another where that would close one: see `also-meeting.ts`. `asked` is a
 * rule of nobody's badge, whose badges and those aligned to its competencies are among `ids`.
 */
export async function readWorld(database: DataSource, ids: readonly string[], asked?: { id: string; rule: Rule }): Promise<PathwayWorld> {
	const rows: Row[] = await database.query(
		`WITH RECURSIVE "way" ("id") AS (
			SELECT unnest($1::text[])
			UNION SELECT "next"."id" FROM "way", LATERAL (
				SELECT "requiredId" AS "id" FROM "requirement" WHERE "metabadgeId" = "way"."id" AND "cycle" IS NULL
				UNION ALL SELECT unnest("exactMatches") FROM "badge" WHERE "id" = "way"."id"
				UNION ALL (SELECT "aligned"."id" FROM "badge" AS "asking", unnest("requirement_keys"("asking"."requirement")) AS "key", LATERAL (
					SELECT "id" FROM (
						SELECT "id" FROM "badge" WHERE "alignments" <> '[]' AND "alignment_keys"("alignments") @> ARRAY["key"] AND NOT "retired" OFFSET 0
					) AS "all" ORDER BY "id" LIMIT ${MOST_ALIGNED}
				) AS "aligned" WHERE "asking"."id" = "way"."id" AND "asking"."metabadge")
			) AS "next"
		)
		SELECT "way"."id", "badge"."name", "badge"."retired", "badge"."requestable", "badge"."issuerId", "badge"."requirement", "badge"."exactMatches",
			"alignment_keys"("badge"."alignments") AS "keys", "harvest"."departements", "rule"."required",
			EXISTS (SELECT FROM "recognised" WHERE "target" IN ("badge"."id", "badge"."instituteSlug")) AS "recognised"
		FROM "way"
		-- One by one by its key: nobody can tell the planner how short a way is.
		LEFT JOIN LATERAL (SELECT * FROM "badge" WHERE "badge"."id" = "way"."id" LIMIT 1) AS "badge" ON TRUE
		LEFT JOIN "harvest" ON "harvest"."instituteSlug" = "badge"."instituteSlug"
		LEFT JOIN LATERAL (
			SELECT array_agg("requiredId") AS "required" FROM "requirement"
			WHERE "metabadgeId" = "way"."id" AND "cycle" IS NULL
		) AS "rule" ON "badge"."metabadge"`,
		[ids],
	);
	const badges = new Map<string, PathwayBadge>();
	const rules = new Map<string, Rule>(asked ? [[asked.id, asked.rule]] : []);
	const matches = new Map<string, string[]>();
	const aligned = new Map<string, string[]>();
	const issuers = new Map<string, string>();
	const recognised = new Set<string>();
	for (const row of rows) {
		const { id, name, retired, requestable, departements, requirement } = row;
		badges.set(id, { id, name, retired: retired ?? false, requestable: requestable ?? false, departements: departements ?? [] });
		if (requirement) rules.set(id, readRule(requirement, new Set(row.required)));
		if (row.exactMatches?.length) matches.set(id, row.exactMatches);
		for (const key of row.keys ?? []) aligned.set(key, [...(aligned.get(key) ?? []), id]);
		if (row.issuerId) issuers.set(id, row.issuerId);
		if (row.recognised) recognised.add(id);
	}
	return {
		badges,
		ruleOf: (id) => rules.get(id),
		isKnown: (id) => (badges.get(id)?.name ?? null) !== null,
		...alsoMeeting(rules, matches, aligned),
		isRecognised: (id) => recognised.has(id),
		issuerOf: (id) => issuers.get(id) ?? ownerOf(id) ?? id,
	};
}

/** The metabadges that any of these badges counts for directly, by itself or for one that it stands for. */
export async function metabadgesOver(database: DataSource, ids: readonly string[]): Promise<string[]> {
	const rows: { id: string }[] = await database.query(
		`SELECT "metabadgeId" AS "id" FROM "requirement" WHERE "requiredId" = ANY ($1) AND "cycle" IS NULL
		UNION SELECT "metabadgeId" FROM "badge" JOIN "requirement" ON "requiredId" = "id" AND "cycle" IS NULL
			WHERE "exactMatches" <> '{}' AND "exactMatches" && $1
		UNION SELECT "id" FROM "badge" WHERE "requirement_keys"("requirement") <> '{}' AND "requirement_keys"("requirement") && (
			SELECT array_agg("key") FROM "badge", unnest("alignment_keys"("alignments")) AS "key" WHERE "id" = ANY ($1)
		)`,
		[ids],
	);
	return rows.map(({ id }) => id);
}
