/** What a verification from outside found. Nothing that could not be looked at counts as good. */
export interface Finding {
	status: "ok" | "failed" | "unchecked";
	/** What was looked at: `statement <id>`, `checkpoint`, `GraphQL recognitions`. */
	what: string;
	/** A closed code for what failed or could not be looked at, then words. */
	detail: string;
}

export class Report {
	readonly findings: Finding[] = [];

	ok(what: string, detail: string): void {
		this.findings.push({ status: "ok", what, detail });
	}

	failed(what: string, detail: string): void {
		this.findings.push({ status: "failed", what, detail });
	}

	unchecked(what: string, detail: string): void {
		this.findings.push({ status: "unchecked", what, detail });
	}

	/** Where a comparison held, or each way in which it did not. */
	compared(what: string, detail: string, differences: readonly string[]): void {
		if (differences.length === 0) this.ok(what, detail);
		for (const difference of differences.slice(0, MOST_TOLD)) this.failed(what, difference);
		if (differences.length > MOST_TOLD) this.failed(what, `and ${differences.length - MOST_TOLD} more`);
	}

	count(status: Finding["status"]): number {
		return this.findings.filter((one) => one.status === status).length;
	}
}

const MOST_TOLD = 20;
