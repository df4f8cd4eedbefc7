import { describe, expect, it } from "vitest";
import { trustTextsOf } from "../../web/app/i18n/trust-texts.ts";
import { exampleRequests } from "../../web/app/trust/example-requests.ts";
import { decodeClaims, type StatementReading, type VerifiedStep, verdictOf } from "../../web/app/trust/read-statement.ts";
import { sayStatement } from "../../web/app/trust/statement-sentence.ts";

const STEPS = ["FORMAT", "LOG", "AUTHORITY", "KEY", "SIGNATURE", "TIME", "STANDING", "MEMBERSHIP"] as const;
const steps = (wrong: Partial<Record<VerifiedStep["step"], VerifiedStep["status"]>>): VerifiedStep[] =>
	STEPS.map((step) => ({ step, status: wrong[step] ?? "OK", code: null, detail: "" }));

const [fr, en] = [trustTextsOf("fr"), trustTextsOf("en")];

describe("the verdict on a statement", () => {
	it("is that it stands only when every step passed", () => {
		expect(verdictOf(steps({}))).toBe("stands");
		for (const step of STEPS) expect([step, verdictOf(steps({ [step]: "FAILED" }))]).not.toEqual([step, "stands"]);
		for (const step of STEPS) expect([step, verdictOf(steps({ [step]: "UNCHECKED" }))]).toEqual([step, "unchecked"]);
	});

	it("tells a genuine statement that is over from a forged one", () => {
		expect(verdictOf(steps({ STANDING: "FAILED" }))).toBe("genuine");
		expect(verdictOf(steps({ MEMBERSHIP: "FAILED" }))).toBe("genuine");
		for (const step of STEPS.slice(0, 5)) expect(verdictOf(steps({ [step]: "FAILED", STANDING: "UNCHECKED" }))).toBe("forged");
	});

	it("never takes nothing, or too little, for a verification", () => {
		expect(verdictOf(null)).toBe("none");
		expect(verdictOf([])).toBe("none");
		expect(verdictOf(steps({}).slice(1))).toBe("unchecked");
	});
});

describe("a statement as a sentence", () => {
	const party = (kind: "member" | "collective" | "hub" | "badge", name: string) => ({ kind, id: name, name });
	const reading = (type: string, claims: object, author = party("member", "Alpha"), subject = party("member", "Beta")) =>
		({ statement: { type }, claims, author, subject, readAt: "" }) as unknown as StatementReading;

	it.each([
		["RECOGNITION", { scope: "member" }, "Alpha reconnaît Beta, avec tous ses badges."],
		["RECOGNITION", { scope: "field", field: "Jurys" }, "Alpha reconnaît Beta pour le domaine «\u00a0Jurys\u00a0»."],
		["KEY", { event: "compromised" }, "Alpha déclare compromise une clé de Beta\u00a0: ce qu’elle signe depuis n’est pas cru."],
		["KEY", { event: "rotated" }, "Alpha remplace la clé de Beta par une autre."],
	])("says what a %s does", (type, claims, sentence) => {
		expect(sayStatement(reading(type, claims), fr)).toBe(sentence);
	});

	it("names the hub and collectives as who they are, in both languages", () => {
		const suspended = reading("MEMBERSHIP", { status: "suspended" }, party("hub", "urn:x"));
		expect(sayStatement(suspended, fr)).toBe("Le réseau suspend l’adhésion de Beta.");
		const ended = reading("AFFILIATION", { status: "ended" }, party("collective", "BRAVO"));
		expect(sayStatement(ended, en)).toBe("The collective BRAVO declares that Beta no longer belongs to it.");
	});

	it("speaks of whose key it is, and of whom the hub charges with a mark", () => {
		const [network, collective] = [party("hub", "urn:x"), party("collective", "BRAVO")];
		const say = (type: string, claims: object, subject: typeof network, texts = fr) =>
			sayStatement(reading(type, claims, network, subject), texts);
		expect(say("KEY", { event: "rotated" }, network)).toBe("Le réseau remplace sa clé par une autre.");
		expect(say("KEY", { event: "registered" }, collective)).toBe("Le réseau enregistre une clé du collectif BRAVO.");
		const delegation = { mark: "metabadge-operator" };
		expect(say("DELEGATION", delegation, collective)).toBe("Le réseau charge le collectif BRAVO d’attester qui opère des métabadges.");
		expect(say("DELEGATION", delegation, collective, en)).toBe(
			"The network charges the collective BRAVO with attesting who runs metabadges.",
		);
	});

	it("survives claims that are none", () => {
		expect(decodeClaims("x.y.z")).toEqual({});
		expect(decodeClaims("")).toEqual({});
		expect(sayStatement(reading("MARK", {}), fr)).toContain("Alpha atteste que Beta");
	});
});

describe("the examples of the page of formats", () => {
	it("leave out what the hub has nothing for, and quote what a shell would expand", () => {
		const none = {
			anchor: "https://h.example",
			subordinate: null,
			markType: null,
			recogniser: null,
			recognised: null,
			statement: null,
			collective: null,
			metabadge: null,
		};
		const requests = exampleRequests("https://h.example", none, "2026-03-02T09:30:00Z");
		expect([requests.fetch, requests.ctdl, requests.recognition, requests.statement]).toEqual([null, null, null, null]);
		const hostile = exampleRequests("https://h.example", { ...none, subordinate: "https://a.example/$(x)'`y`" }, "");
		expect(hostile.fetch).toContain("'sub=https://a.example/$(x)'\\''`y`'");
	});
});
