/** French addresses of the pages about one thing. */

export const badgePath = (id: string): string => `/badges/${id}`;
export const institutePath = (slug: string): string => `/etablissements/${slug}`;
/** What would fall if the institute were suspended. */
export const suspensionPath = (slug: string): string => `${institutePath(slug)}/suspension`;
export const statementPath = (id: string): string => `/reseau/declarations/${id}`;
export const pathwayPath = (id: string): string => `/parcours/${id}`;
/** Of a pathway that a steward drew. */
export const drawnPath = (id: string): string => `/parcours/trace/${id}`;
export const jobPath = (code: string): string => `/metiers/${encodeURIComponent(code)}`;
export const opcoPath = (code: string): string => `/opco/${encodeURIComponent(code)}`;
/** An OPCO's table, of the jobs' core or of all their competencies, after the cursor of the page before. */
export function coveragePath(code: string, whole: boolean, after: string | null = null): string {
	const query = new URLSearchParams({ ...(whole && { competences: "toutes" }), ...(after && { apres: after }) }).toString();
	return query ? `${opcoPath(code)}?${query}` : opcoPath(code);
}
/** What somebody who holds certain badges has and lacks for a job. */
export const gapPath = (job: string, held: readonly string[] = []): string =>
	`/ecart?${new URLSearchParams([["metier", job], ...held.map((id) => ["acquis", id])])}`;
export const competencyPath = (code: string): string => `/competences/${encodeURIComponent(code)}`;
