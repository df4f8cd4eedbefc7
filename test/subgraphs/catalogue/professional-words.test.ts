import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { professionalWords, readProfessionalWords } from "../../../subgraphs/catalogue/search/professional-words.ts";
import { wordsOf } from "../../../subgraphs/catalogue/search/words.ts";

const words = readProfessionalWords(
	[
		"# Métiers",
		"serveuse | serveur en salle > service en salle | dresser une table",
		"chef > encadrer",
		"chef d'équipe | contremaître > encadrer une équipe",
		"diplomate > gérer un désaccord",
	].join("\n"),
);
const named = (text: string) => words.named(wordsOf(text).map((word) => word.text));

describe("words of work", () => {
	test("stand for what badges say, and for the other ways to ask it", () => {
		expect(named("contremaître")).toEqual([{ words: ["contremaître"], phrases: ["encadrer une équipe", "chef d'équipe"] }]);
	});

	test("are known whatever their number, their gender and their accents", () => {
		for (const text of ["serveuse", "Serveuses", "SERVEUSE", "contremaitre", "contremaîtres", "diplomates"])
			expect(named(text)).toHaveLength(1);
		// A word of the same family is another word, and a man's may be another thing: a machine.
		expect([...named("diplôme"), ...named("serveur")]).toEqual([]);
		expect(named("cheffes")).toEqual([]);
	});

	test("are found within a question, the longest name first, whatever small words hold it together", () => {
		expect(named("formation de chef équipe en atelier").map(({ words: typed }) => typed.join(" "))).toEqual(["chef équipe"]);
		expect(named("serveur dans la salle, et chef").map(({ words: typed }) => typed.join(" "))).toEqual(["serveur salle", "chef"]);
		expect(named("serveuses en salle").map(({ words: typed }) => typed.join(" "))).toEqual(["serveuses"]);
	});

	test("are refused with their line where it cannot be read", () => {
		for (const line of ["serveuse", "serveuse > ", " > service", "a > b > c", "a || b > c"])
			expect(() => readProfessionalWords(`# title\n${line}`)).toThrow(/^line 2 is not `asked/);
	});

	test("that ship can all be asked for, each by one name only", () => {
		const file = readFileSync(new URL("../../../subgraphs/catalogue/search/professional-words.txt", import.meta.url), "utf8");
		const labels = file
			.split("\n")
			.filter((line) => line !== "" && !line.startsWith("#"))
			.flatMap((line) => (line.split(" > ")[0] as string).split(" | "));
		expect(labels.length).toBeGreaterThan(1000);
		const shipped = professionalWords();
		for (const label of labels) {
			const found = shipped.named(wordsOf(label).map((word) => word.text));
			expect(found, label).toHaveLength(1);
		}
	});
});
