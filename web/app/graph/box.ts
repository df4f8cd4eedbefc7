/** A label's place in a drawing: its centre, its size. */
export interface Box {
	x: number;
	y: number;
	width: number;
	height: number;
}

/** Cuts a label into lines of about `limit` characters, at spaces and hyphens, but not before the signs that French keeps apart; what exceeds `maxLines` ends with an ellipsis. */
export function wrapLabel(label: string, limit: number, maxLines: number): string[] {
	const lines: string[] = [];
	for (const word of label.split(/(?<!«)\s+(?![:;?!»])|(?<=[\p{L}]-)(?=\p{L})/u).filter(Boolean)) {
		const last = lines.at(-1);
		const joint = last?.endsWith("-") ? "" : " ";
		if (last !== undefined && last.length + joint.length + word.length <= limit) lines[lines.length - 1] = `${last}${joint}${word}`;
		else lines.push(word);
	}
	const kept = lines.slice(0, maxLines).map((line) => cut(line, limit));
	if (lines.length > maxLines) kept[maxLines - 1] = cut(`${kept[maxLines - 1]}…`, limit, true);
	return kept;
}

const cut = (line: string, limit: number, more = false): string =>
	line.length <= limit ? line : `${line.slice(0, limit - 1).replace(/[\s…]+$/, "")}${more || line.length > limit ? "…" : ""}`;

/** Where the segment from the centre of `box` towards (x, y) leaves the box, `gap` further. */
export function leaveBox(box: Box, x: number, y: number, gap = 0): { x: number; y: number } {
	const dx = x - box.x;
	const dy = y - box.y;
	const length = Math.hypot(dx, dy);
	if (length === 0) return { x: box.x, y: box.y };
	const reach = Math.min(
		dx === 0 ? Number.POSITIVE_INFINITY : box.width / 2 / Math.abs(dx),
		dy === 0 ? Number.POSITIVE_INFINITY : box.height / 2 / Math.abs(dy),
	);
	const scale = Math.min(1, reach + gap / length);
	return { x: round(box.x + dx * scale), y: round(box.y + dy * scale) };
}

/** Drawings are text: a tenth of a unit is finer than any screen. */
export const round = (value: number): number => Math.round(value * 10) / 10;
