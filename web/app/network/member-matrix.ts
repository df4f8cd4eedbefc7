import { wrapLabel } from "../graph/box.ts";
import type { DrawnLink, DrawnMember } from "./member-drawing.ts";

/**
 * Who recognises whom where there are too many lines to be followed: a row and a column for each member, a square where
 * the row's recognises the column's. By collective, then by slug: who is added moves the others by one place, and a
 * recognition moves nobody.
 */

export interface MatrixRow {
	slug: string;
	/** Its place, from 1: the number of its row and of its column. */
	place: number;
	/** Its name, shortened to the room there is. */
	label: string;
	/** Baseline of its label, and of what is written over its column: where it begins. */
	y: number;
	x: number;
	/** Whether a collective begins here. */
	first: boolean;
}

export interface MemberMatrix {
	width: number;
	height: number;
	rows: MatrixRow[];
	/** Squares, as the `d` of a path for each kind: large ones where both recognise each other, hollow ones where not the whole institute is. */
	cells: Record<MatrixCell, string>;
	/** Lines that lead the eye; those between collectives among them. */
	lines: string;
}

export type MatrixCell = "whole" | "part" | "mutualWhole" | "mutualPart";

/** Width of the labels, of a column; height of a row and of the head. */
export const LABELS = 262;
export const COLUMN = 21;
export const ROW = 24;
export const HEAD = 30;
const SMALL = 9;
const LARGE = 17;

export function layoutMatrix(members: readonly DrawnMember[], links: readonly DrawnLink[]): MemberMatrix {
	const sorted = [...members].sort((a, b) => (a.group === b.group ? (a.slug < b.slug ? -1 : 1) : a.group < b.group ? -1 : 1));
	const at = new Map(sorted.map(({ slug }, place) => [slug, place]));
	const says = new Set(links.map(({ from, to }) => `${from} ${to}`));
	const cells: Record<MatrixCell, string> = { whole: "", part: "", mutualWhole: "", mutualPart: "" };
	for (const { from, to, isWhole } of links) {
		const [row, column] = [at.get(from), at.get(to)];
		if (row === undefined || column === undefined || row === column) continue;
		const mutual = says.has(`${to} ${from}`);
		const size = mutual ? LARGE : SMALL;
		const x = LABELS + COLUMN * column + (COLUMN - size) / 2;
		const y = HEAD + ROW * row + (ROW - size) / 2;
		cells[mutual ? (isWhole ? "mutualWhole" : "mutualPart") : isWhole ? "whole" : "part"] += `M${x} ${y}h${size}v${size}h-${size}z`;
	}
	const width = LABELS + COLUMN * sorted.length;
	const height = HEAD + ROW * sorted.length;
	const rows = sorted.map(({ slug, name, group }, place) => ({
		slug,
		place: place + 1,
		label: wrapLabel(name, 26, 1)[0] ?? slug,
		y: HEAD + ROW * place + 17,
		x: LABELS + COLUMN * place + COLUMN / 2,
		first: place > 0 && group !== sorted[place - 1]?.group,
	}));
	const lines = [
		...sorted.map((_, place) => `M0 ${HEAD + ROW * place}H${width}`),
		...sorted.flatMap((_, place) => (place % 5 === 0 ? [`M${LABELS + COLUMN * place} ${HEAD - 6}V${height}`] : [])),
		// The own column of each, where there is never a square.
		...sorted.map((_, place) => `M${LABELS + COLUMN * place + 5} ${HEAD + ROW * place + 12}h${COLUMN - 10}`),
	].join("");
	return { width, height, rows, cells, lines };
}
