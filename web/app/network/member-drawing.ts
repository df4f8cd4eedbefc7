import { LRUCache } from "lru-cache";
import { wrapLabel } from "../graph/box.ts";
import { type ColumnDrawing, type ColumnLink, type ColumnNode, layoutColumns } from "./column-layout.ts";

export interface DrawnMember {
	slug: string;
	name: string;
	/** Under the name, one a line. */
	notes?: readonly string[];
	/** Id of its collective; the first one of those who belong to several. */
	group: string;
}

export interface DrawnLink {
	from: string;
	to: string;
	isWhole: boolean;
	recognitionCount: number;
}

/** More members than this are drawn by collective. */
export const MOST_DRAWN = 40;
/** More lines than this are no picture any more. */
export const MOST_LINES = 45;

const drawings = new LRUCache<string, ColumnDrawing>({ max: 200 });

/** What is drawn once is not drawn again while it stays the same. */
export function keptDrawing(key: unknown, draw: () => ColumnDrawing): ColumnDrawing {
	const text = JSON.stringify(key);
	const known = drawings.get(text);
	if (known) return known;
	const drawing = draw();
	drawings.set(text, drawing);
	return drawing;
}

/** Who recognises whom, one line for each pair: those that recognise each other first, then whole members, then by number; at most `most`. */
export function linesOf(links: readonly DrawnLink[], most = MOST_LINES): { lines: ColumnLink[]; total: number } {
	const pairs = new Map<string, ColumnLink & { weight: number }>();
	for (const { from, to, isWhole, recognitionCount } of links) {
		const back = pairs.get(`${to} ${from}`);
		if (back) Object.assign(back, { mutual: true, dashed: back.dashed && !isWhole, weight: back.weight + recognitionCount });
		else pairs.set(`${from} ${to}`, { from, to, mutual: false, dashed: !isWhole, weight: recognitionCount });
	}
	const sorted = [...pairs.values()]
		// A line both ways has no first end: whoever recognised first, the picture is the same.
		.map((line) => (line.mutual && line.from > line.to ? { ...line, from: line.to, to: line.from } : line))
		.sort(
			(a, b) =>
				Number(b.mutual) - Number(a.mutual) ||
				Number(a.dashed) - Number(b.dashed) ||
				b.weight - a.weight ||
				(`${a.from} ${a.to}` < `${b.from} ${b.to}` ? -1 : 1),
		);
	return { lines: sorted.slice(0, most).map(({ from, to, mutual, dashed }) => ({ from, to, mutual, dashed })), total: sorted.length };
}

/**
 * Members in two columns, each collective whole in one of them: the first by its id on the left, the second on the
 * right, and so on. Those of a single collective are dealt by their slugs. Who is there besides changes neither.
 */
export function drawMembers(members: readonly DrawnMember[], links: readonly DrawnLink[]): ColumnDrawing {
	const groups = [...new Set(members.map(({ group }) => group))].sort();
	const columnOf = ({ slug, group }: DrawnMember) => (groups.length > 1 ? groups.indexOf(group) % 2 : parity(slug));
	const sorted = [...members].sort((a, b) => (a.group === b.group ? (a.slug < b.slug ? -1 : 1) : a.group < b.group ? -1 : 1));
	const { lines } = linesOf(links);
	return keptDrawing([sorted, lines], () =>
		layoutColumns(
			[0, 1].map((column) =>
				sorted
					.filter((member) => columnOf(member) === column)
					.map((member) => nodeOf(member, groups.length > 1 ? member.group : undefined)),
			),
			lines,
		),
	);
}

export interface Neighbour extends DrawnMember {
	distance: number;
}

/** The groups of boxes around a member. */
export const AROUND = { recognises: "recognises", recognised: "recognised", mutual: "mutual", further: "further" } as const;

/**
 * Around one member: on its left who recognises it, on its right whom it recognises, those of both kinds too. Those
 * two recognitions away are beyond whom they are joined to. Lines are drawn from column to column.
 */
export function drawAround(
	centre: string,
	members: readonly Neighbour[],
	links: readonly DrawnLink[],
): ColumnDrawing & { undrawn: number } {
	const { lines, total } = linesOf(links, Number.POSITIVE_INFINITY);
	const says = new Set(links.map(({ from, to }) => `${from} ${to}`));
	const joins = (one: string, other: string) => says.has(`${one} ${other}`) || says.has(`${other} ${one}`);
	const sorted = [...members].sort((a, b) => (a.slug < b.slug ? -1 : 1));
	const near = sorted.filter(({ distance }) => distance === 1);
	const left = near.filter(({ slug }) => !says.has(`${centre} ${slug}`));
	const right = near.filter(({ slug }) => says.has(`${centre} ${slug}`));
	const far = sorted.filter(({ distance }) => distance > 1);
	const count = (slug: string, of: readonly Neighbour[]) => of.filter((one) => joins(slug, one.slug)).length;
	const farLeft = far.filter(({ slug }) => count(slug, left) > count(slug, right));
	const farRight = far.filter((one) => !farLeft.includes(one));
	const isMutual = ({ slug }: Neighbour) => says.has(`${slug} ${centre}`);
	const columns: ColumnNode[][] = [
		...(farLeft.length > 0 ? [farLeft.map((one) => nodeOf(one, AROUND.further))] : []),
		left.map((one) => nodeOf(one, AROUND.recognises)),
		sorted.filter(({ slug }) => slug === centre).map((one) => nodeOf(one)),
		[
			...right.filter(isMutual).map((one) => nodeOf(one, AROUND.mutual)),
			...right.filter((one) => !isMutual(one)).map((one) => nodeOf(one, AROUND.recognised)),
		],
		...(farRight.length > 0 ? [farRight.map((one) => nodeOf(one, AROUND.further))] : []),
	];
	const columnOf = new Map(columns.flatMap((nodes, column) => nodes.map(({ id }) => [id, column] as const)));
	const drawn = lines
		.filter(({ from, to }) => Math.abs((columnOf.get(from) ?? 0) - (columnOf.get(to) ?? 0)) === 1)
		.sort((a, b) => Number(touches(b, centre)) - Number(touches(a, centre)))
		.slice(0, 2 * MOST_LINES);
	const middle = columns.findIndex((nodes) => nodes.some(({ id }) => id === centre));
	const drawing = keptDrawing([centre, sorted, drawn], () => layoutColumns(columns, drawn, { gutter: 120, centred: [middle] }));
	return { ...drawing, undrawn: total - drawn.length };
}

export interface DrawnGroup {
	id: string;
	name: string;
	notes: readonly string[];
}

/** More collectives than this are left to the table. */
export const MOST_GROUPS = 40;
/** Lines between collectives that are drawn: those of most recognitions. */
export const MOST_GROUP_LINES = 20;

/** Collectives, with the number of recognitions on each line. */
export function drawGroups(groups: readonly DrawnGroup[], links: readonly { from: string; to: string; label: string }[]): ColumnDrawing {
	const sorted = [...groups].sort((a, b) => (a.id < b.id ? -1 : 1));
	const lines = links.map(({ from, to, label }) => ({ from, to, label, mutual: false, dashed: false }));
	return keptDrawing([sorted, lines], () =>
		layoutColumns(
			[0, 1].map((column) =>
				sorted
					.filter((_, place) => place % 2 === column)
					.map(({ id, name, notes }) => ({ id, lines: [...wrapLabel(name, 19, 3), ...notes] })),
			),
			lines,
			{ gutter: 300 },
		),
	);
}

const touches = ({ from, to }: ColumnLink, slug: string): boolean => from === slug || to === slug;

const nodeOf = ({ slug, name, notes = [] }: DrawnMember, group?: string): ColumnNode => ({
	id: slug,
	lines: [...wrapLabel(name, 19, 4), ...notes],
	group,
});

/** 0 or 1, by the slug alone. */
function parity(slug: string): number {
	let sum = 0;
	for (const letter of slug) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0;
	return (sum >>> 7) % 2;
}
