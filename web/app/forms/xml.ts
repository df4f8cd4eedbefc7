/** Text that is XML already. Only `element` makes it: whatever is a string is text, and is escaped. */
export interface Xml {
	readonly xml: string;
}

/** An element of XML 1.0. Attributes that are undefined are left out. Names are the program's own, never a reader's or an issuer's. */
export function element(
	name: string,
	attributes: Readonly<Record<string, string | undefined>>,
	...content: readonly (Xml | string)[]
): Xml {
	const written = Object.entries(attributes)
		.flatMap(([key, value]) => (value === undefined ? [] : [` ${key}="${escaped(value)}"`]))
		.join("");
	const inner = content.map((part) => (typeof part === "string" ? escaped(part) : part.xml)).join("");
	return { xml: inner === "" ? `<${name}${written}/>` : `<${name}${written}>${inner}</${name}>` };
}

/** A whole document, in UTF-8. */
export const xmlDocument = ({ xml }: Xml): string => `<?xml version="1.0" encoding="UTF-8"?>\n${xml}\n`;

/** What XML 1.0 §2.2 allows in a document, by code point: no other character may be there, not even as a reference. */
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

const REFERENCES: Readonly<Record<string, string>> = {
	"&": "&amp;",
	"<": "&lt;",
	">": "&gt;",
	'"': "&quot;",
	"'": "&#39;",
	// Read back as they are: an attribute's line ends and tabs would become spaces, a text's carriage return a line feed.
	"\t": "&#9;",
	"\n": "&#10;",
	"\r": "&#13;",
};

const escaped = (text: string): string => text.replace(FORBIDDEN, "").replace(/[&<>"'\t\n\r]/g, (char) => REFERENCES[char] as string);
