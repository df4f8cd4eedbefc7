import { describe, expect, it } from "vitest";
import { en } from "../../web/app/i18n/en.ts";
import { formatDate } from "../../web/app/i18n/format.ts";
import { fr } from "../../web/app/i18n/fr.ts";
import { trustTextsOf } from "../../web/app/i18n/trust-texts.ts";

/** Every text, those that are functions called with plausible words and numbers. */
function textsIn(value: unknown, path = ""): [path: string, text: string][] {
	if (typeof value === "string") return [[path, value]];
	if (typeof value === "function") return [[path, String(value(...Array.from({ length: value.length }, () => 2)))]];
	return Object.entries(value as object).flatMap(([key, one]) => textsIn(one, `${path}/${key}`));
}

/** Those of the pages of trust are apart. */
const french = { ...fr, trust: trustTextsOf("fr") };
const english = { ...en, trust: trustTextsOf("en") };

describe("the texts of the pages", () => {
	it("keep their French punctuation with the word before", () => {
		const loose = textsIn(french).filter(([, text]) => / [?!:;»]|« /.test(text.replaceAll(/https?:/g, "")));
		expect(loose).toEqual([]);
	});

	it("are written in both languages, none left empty", () => {
		expect(textsIn(english).map(([path]) => path)).toEqual(textsIn(french).map(([path]) => path));
		expect([...textsIn(french), ...textsIn(english)].filter(([, text]) => text.trim() === "")).toEqual([]);
	});

	it("say the first of the month as French does", () => {
		expect(formatDate("fr", "2026-05-01T10:00:00.000Z")).toBe("1er mai 2026");
		expect(formatDate("fr", "2026-05-21T10:00:00.000Z")).toBe("21 mai 2026");
		expect(formatDate("en", "2026-05-01T10:00:00.000Z")).toBe("1 May 2026");
	});
});
