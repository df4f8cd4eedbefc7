import { isBadgeId } from "../badge/badge-id.ts";

/** What the page is asked: the address is its only home, and nothing of it is kept. */
export interface GapQuestion {
	/** ROME code in capitals; empty where none was chosen. */
	job: string;
	/** Ids of the badge classes held. */
	held: string[];
}

/** As many as the hub accepts. */
const MOST_HELD = 200;

/** Total: what it does not understand is as if it were absent. */
export const readGapQuestion = (parameters: URLSearchParams): GapQuestion => ({
	job: (parameters.get("metier") ?? "").trim().toUpperCase().slice(0, 20),
	held: [...new Set(parameters.getAll("acquis").filter(isBadgeId))].slice(0, MOST_HELD),
});

/** ROME codes: a letter of a domain and four digits. */
export const isJobCode = (code: string): boolean => /^[A-N]\d{4}$/.test(code);
