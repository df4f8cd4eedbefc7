import { describe, expect, it } from "vitest";
import { en } from "../../web/app/i18n/en.ts";
import { formatDate } from "../../web/app/i18n/format.ts";
import { fr } from "../../web/app/i18n/fr.ts";

/** Every text, those that are functions called with plausible words and numbers. */
function textsIn(value: unknown, path = ""): [path: string, text: string][] {
	if (typeof value === "string") return [[path, value]];
	if (typeof value === "function") return [[path, String(value(...Array.from({ length: value.length }, () => 2)))]];
	return Object.entries(value as object).flatMap(([key, one]) => textsIn(one, `${path}/${key}`));
}

describe("the texts of the pages", () => {
	it("keep their French punctuation with the word before", () => {
		const loose = textsIn(fr).filter(([, text]) => / [?!:;»]|« /.test(text.replaceAll(/https?:/g, "")));
		expect(loose).toEqual([]);
	});

	it("are written in both languages, none left empty", () => {
		expect(textsIn(en).map(([path]) => path)).toEqual(textsIn(fr).map(([path]) => path));
		expect([...textsIn(fr), ...textsIn(en)].filter(([, text]) => text.trim() === "")).toEqual([]);
	});

	it("say the first of the month as French does", () => {
		expect(formatDate("fr", "2026-05-01T10:00:00.000Z")).toBe("1er mai 2026");
		expect(formatDate("fr", "2026-05-21T10:00:00.000Z")).toBe("21 mai 2026");
		expect(formatDate("en", "2026-05-01T10:00:00.000Z")).toBe("1 May 2026");
	});
});
