/**
 * The media type of a picture by its own bytes: what a server declares is not believed. Null when no browser would show
 * it, so that the page shows the emblem instead.
 */
export function imageTypeOf(body: Buffer): string | null {
	const at = (from: number, to: number) => body.toString("latin1", from, to);
	if (at(0, 8) === "\x89PNG\r\n\x1a\n" && body.includes("IEND", -16, "latin1")) return "image/png";
	if (at(0, 3) === "\xff\xd8\xff") return "image/jpeg";
	if (/^GIF8[79]a/.test(at(0, 6))) return "image/gif";
	if (at(0, 4) === "RIFF" && at(8, 12) === "WEBP") return "image/webp";
	if (at(4, 8) === "ftyp" && /^avi[fs]/.test(at(8, 12))) return "image/avif";
	return isSvg(body.toString("utf8")) ? "image/svg+xml" : null;
}

/** A whole SVG document with its namespace: without either, browsers show a broken image. */
function isSvg(text: string): boolean {
	const start = text.search(/<svg[\s>]/);
	if (start === -1 || start > 4000 || !/^\uFEFF?\s*</.test(text)) return false;
	const opening = text.slice(start, text.indexOf(">", start) + 1);
	const closed = /<\/svg\s*>\s*(<!--[\s\S]*-->\s*)?$/.test(text) || opening.endsWith("/>");
	return closed && /xmlns\s*=\s*["']http:\/\/www\.w3\.org\/2000\/svg["']/.test(opening);
}
