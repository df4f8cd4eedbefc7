/** How one case of an audit went. */
export interface Verdict {
	id: string;
	/** The part of the audit that it belongs to. */
	subject: string;
	title: string;
	/** False when a failure is worth a line, and no more. */
	required: boolean;
	/** What differed. Absent when nothing did. */
	problem?: string;
}

/** One line for people. */
export function verdictLine({ id, title, required, problem }: Verdict): string {
	if (problem === undefined) return `  ${id}  pass  ${title}`;
	return `  ${id}  ${required ? "FAIL" : "note"}  ${title}\n              ${problem}`;
}

/** Totals by subject, for machines: how many passed, and the ids of those that did not. */
export function totals(verdicts: readonly Verdict[]): Record<string, { cases: number; passed: number; failed: string[]; noted: string[] }> {
	const bySubject: ReturnType<typeof totals> = {};
	for (const { id, subject, required, problem } of verdicts) {
		const total = (bySubject[subject] ??= { cases: 0, passed: 0, failed: [], noted: [] });
		total.cases += 1;
		if (problem === undefined) total.passed += 1;
		else (required ? total.failed : total.noted).push(id);
	}
	return bySubject;
}
