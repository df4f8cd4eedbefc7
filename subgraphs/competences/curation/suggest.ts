import type { EntityManager } from "typeorm";
import type { Term } from "../alignment-lookup.ts";

/** What a badge class may correspond to, and how likely that is: from 0 to 1, to compare with each other only. */
export interface Suggested extends Term {
	score: number;
}

/**
 * Ranks jobs and competencies for a badge class by its words: how like their labels are to its name or one of its
 * tags, and how much of the label its texts speak of. What curators rejected is left out. Null for an unknown badge.
 */
export async function suggestFor(manager: EntityManager, badgeId: string, first: number): Promise<Suggested[] | null> {
	const [badge] = await manager.query("SELECT name, tags, description FROM badge WHERE id = $1", [badgeId]);
	if (!badge) return null;
	const { name, tags, description } = badge as { name: string; tags: string[]; description: string };
	return manager.query(SUGGEST_SQL, [
		[name, ...tags.slice(0, 10)],
		`${name} ${tags.join(" ")} ${description.slice(0, 5000)}`,
		`badge ${badgeId}`,
		first,
	]);
}

const SUGGEST_SQL = `
	WITH spoken AS (SELECT tsvector_to_array(to_tsvector('french', $2)) AS stems),
	alike AS (
		SELECT 'COMPETENCY' AS scheme, code, label, similarity(forms[1], lower(asked)) * CASE WHEN place = 1 THEN 1 ELSE 0.85 END AS likeness
		FROM unnest($1::text[]) WITH ORDINALITY AS given (asked, place) JOIN competency ON forms[1] % lower(asked) AND "retiredIn" IS NULL
		UNION ALL
		SELECT 'JOB', job.code, job.label, similarity(name.forms[1], lower(asked)) * CASE WHEN place = 1 THEN 1 ELSE 0.85 END
		FROM unnest($1::text[]) WITH ORDINALITY AS given (asked, place) JOIN appellation AS name ON name.forms[1] % lower(asked) AND name."retiredIn" IS NULL
		JOIN job ON job.code = name."jobCode" AND job."retiredIn" IS NULL
	), best AS (
		SELECT scheme, code, label, max(likeness) AS likeness FROM alike GROUP BY scheme, code, label
	), weighed AS (
		SELECT best.*, (SELECT count(*) FROM unnest(stems.list) AS stem WHERE stem = ANY (spoken.stems))::float8 / greatest(cardinality(stems.list), 1) AS part
		FROM best, spoken, LATERAL (SELECT tsvector_to_array(to_tsvector('french', best.label)) AS list) AS stems
	)
	SELECT scheme, code, label, (0.6 * likeness + 0.4 * part)::float8 AS score FROM weighed
	WHERE NOT EXISTS (SELECT FROM mapping WHERE subject = $3 AND "targetKind" = weighed.scheme AND "targetCode" = weighed.code AND status = 'REJECTED')
	ORDER BY score DESC, scheme, code LIMIT $4`;
