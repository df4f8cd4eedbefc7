import { typedWords } from "../search/typed-words.ts";

/** What the list of jobs is asked; the address of the page is its only home. */
export interface JobsQuestion {
	words: string;
	/** Cursor of the last job of the page before; null on the first page. */
	after: string | null;
}

/** Total: what it does not understand is as if it were absent. */
export const readJobsQuestion = (parameters: URLSearchParams): JobsQuestion => ({
	words: typedWords(parameters.get("q") ?? ""),
	after: parameters.get("apres") || null,
});

export function jobsPath(words: string, after: string | null = null): string {
	const query = new URLSearchParams({ ...(words && { q: words }), ...(after && { apres: after }) }).toString();
	return query ? `/metiers?${query}` : "/metiers";
}
