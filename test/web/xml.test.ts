import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { element, xmlDocument } from "../../web/app/forms/xml.ts";

/** Whatever an issuer may send, with what has a meaning in XML, or no place in it, more often than by chance. */
const anyText = fc
	.array(
		fc.oneof(
			fc.string({ unit: "binary" }),
			fc.constantFrom("<", "</title>", "]]>", "&", '"', "'", "\0", "\x0b", "\x1f", "\uFFFE", "\uD800", "\r\n"),
		),
	)
	.map((parts) => parts.join(""));

/** The characters of XML 1.0 §2.2, one by one: written apart from the writer. */
function isCharacter(char: string): boolean {
	const point = char.codePointAt(0) as number;
	if (point < 0x20) return point === 0x9 || point === 0xa || point === 0xd;
	if (point >= 0xd800 && point <= 0xdfff) return false;
	return point !== 0xfffe && point !== 0xffff;
}

const NAMED: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"' };

const decoded = (xml: string): string =>
	xml.replace(/&(?:#(\d+)|(amp|lt|gt|quot));/g, (_whole, point, name) =>
		point ? String.fromCharCode(Number(point)) : (NAMED[name] ?? ""),
	);

describe("an XML document", () => {
	it("gives back each text as it was, but for what no document may hold, and lets none end its element", () => {
		fc.assert(
			fc.property(anyText, anyText, (text, value) => {
				const { xml } = element("a", { b: value }, "[", text, "]");
				const parts = /^<a b="([^<>"']*)">\[([^<>]*)\]<\/a>$/.exec(xml);
				const kept = (one: string) => [...one].filter(isCharacter).join("");
				expect(parts?.slice(1).map(decoded)).toEqual([kept(value), kept(text)]);
				expect([...xml].every(isCharacter)).toBe(true);
			}),
			{ numRuns: 2000 },
		);
	});

	it("leaves out attributes without a value, and closes what is empty", () => {
		expect(xmlDocument(element("a", { b: undefined, c: "" }, element("d", {})))).toBe(
			'<?xml version="1.0" encoding="UTF-8"?>\n<a c=""><d/></a>\n',
		);
	});
});
