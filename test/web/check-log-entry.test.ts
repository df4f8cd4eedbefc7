import { describe, expect, it } from "vitest";
import { hashOfEntry, statementId } from "../../subgraphs/network/trust/log-entry.ts";
import { checkLogEntry, judgeEntry, withLogStep } from "../../web/app/trust/check-log-entry.ts";
import { type SignedStatement, type VerifiedStep, verdictOf } from "../../web/app/trust/read-statement.ts";

/** Entries of the log as the network makes and publishes them. */
function entriesOf(...tokens: string[]) {
	let previous = "A".repeat(43);
	return tokens.map((token, place) => {
		const entry = { sequence: place + 1, id: statementId(token), recordedAt: new Date(Date.UTC(2026, 2, 2, 9, 30)), previous };
		previous = hashOfEntry(entry);
		return { ...entry, recordedAt: entry.recordedAt.toISOString(), token, hash: previous };
	});
}
const entries = entriesOf("first", "second");
const statementAt = (place: number) => entries[place] as unknown as SignedStatement;
const codeOf = (step: VerifiedStep) => [step.status, step.code];

describe("the page's own look at the log", () => {
	it("finds an entry as the network hashes it, the first one too", () => {
		expect([0, 1].map((place) => codeOf(judgeEntry(entries, statementAt(place))))).toEqual([
			["OK", null],
			["OK", null],
		]);
	});

	it.each<[string, object, string]>([
		["its token", { token: "other" }, "TOKEN_CHANGED"],
		["its id", { id: statementId("other") }, "TOKEN_CHANGED"],
		["when it was recorded", { recordedAt: "2026-03-02T09:30:01.000Z" }, "ENTRY_CHANGED"],
		["a time that is none", { recordedAt: "yesterday" }, "ENTRY_CHANGED"],
		["its hash", { hash: "B".repeat(43) }, "ENTRY_CHANGED"],
		["its place", { sequence: 7 }, "ENTRY_CHANGED"],
	])("finds that %s was changed", (_what, change, code) => {
		const changed = entries.map((entry) => (entry.sequence === 2 ? { ...entry, ...change } : entry));
		expect(codeOf(judgeEntry(changed, statementAt(1)))).toEqual(["FAILED", code]);
	});

	it("finds that the entry before is another, or gone", () => {
		const [other] = entriesOf("other first");
		for (const before of [[other as (typeof entries)[number]], []])
			expect(codeOf(judgeEntry([...before, ...entries.slice(1)], statementAt(1)))).toEqual(["FAILED", "CHAIN_BROKEN"]);
	});

	it("is unchecked where nobody answers", async () => {
		const step = await checkLogEntry({ settings: { graphqlUrl: "http://127.0.0.1:1/graphql" } as never }, statementAt(1));
		expect(codeOf(step)).toEqual(["UNCHECKED", null]);
	});
});

describe("a verification with the page's own look", () => {
	const step = (name: VerifiedStep["step"], status: VerifiedStep["status"] = "OK"): VerifiedStep => ({
		step: name,
		status,
		code: null,
		detail: "",
	});
	const steps = (["FORMAT", "LOG", "AUTHORITY", "KEY", "SIGNATURE", "TIME", "STANDING", "MEMBERSHIP"] as const).map((name) => step(name));
	const statuses = (all: readonly VerifiedStep[]) => all.map(({ status }) => status.charAt(0)).join("");

	it("stands where both find the same", () => {
		expect(verdictOf(withLogStep(steps, step("LOG")))).toBe("stands");
	});

	it("is broken from the log on where the page finds it changed", () => {
		const broken = withLogStep(steps, step("LOG", "FAILED"));
		expect([statuses(broken), verdictOf(broken)]).toEqual(["OFUUUUUU", "forged"]);
	});

	it("is unchecked where the log did not answer, whatever else is found", () => {
		const unchecked = withLogStep(steps, step("LOG", "UNCHECKED"));
		expect([statuses(unchecked), verdictOf(unchecked)]).toEqual(["OUOOOOOO", "unchecked"]);
	});

	it("stays broken where the hub found it so before", () => {
		const broken = [step("FORMAT", "FAILED"), ...steps.slice(1).map((one) => ({ ...one, status: "UNCHECKED" as const }))];
		expect([statuses(withLogStep(broken, step("LOG"))), verdictOf(withLogStep(broken, step("LOG")))]).toEqual(["FUUUUUUU", "forged"]);
	});
});
