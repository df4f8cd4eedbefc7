import { wrapLabel } from "../graph/box.ts";

/** A box of a pathway before it has its place. */
export interface PathwayNodeInput {
	id: string;
	label: string;
	institute: string;
	/** What its rule asks for, short; empty for a badge without a rule. */
	note: string;
	/** How it stands for the reader: held, a step of the way; empty where there is nothing to say. */
	state?: string;
	/** How far beside the line of steps: 1 for one that may be left out, 2 for a badge that counts for another. */
	aside?: 0 | 1 | 2;
}

export interface MeasuredBox {
	lines: string[];
	institute: string[];
	/** Under the institute, one a line. */
	notes: string[];
	width: number;
	height: number;
}

export const LINE = 19;
export const SMALL_LINE = 16;
const NOTE_LINE = 20;

/** How high a box of a width must be for its texts. */
export function measureBox({ label, institute, note, state = "" }: PathwayNodeInput, width: number): MeasuredBox {
	const lines = wrapLabel(label, Math.floor((width - 26) / 9.2), 4);
	const from = wrapLabel(institute, Math.floor((width - 34) / 7.2), 3);
	const notes = [note, state].filter(Boolean);
	return {
		lines,
		institute: from,
		notes,
		width,
		height: 30 + LINE * lines.length + SMALL_LINE * from.length + NOTE_LINE * notes.length + 4,
	};
}

/** Baseline of a note, counted from the bottom of its box. */
export const noteBaseline = (place: number, count: number): number => 10 + NOTE_LINE * (count - 1 - place);
