import { wrapLabel } from "../graph/box.ts";
import { layoutNarrow } from "../graph/narrow-layout.ts";
import { BOX_WIDTH, boxHeight, type ColumnDrawing, type ColumnLink, type ColumnNode, layoutColumns } from "../network/column-layout.ts";
import { keptDrawing } from "../network/member-drawing.ts";

/** Members that are drawn: a figure among others on a page. */
const MOST_DRAWN = 16;
/** Id of the box of the badge: no slug is like this. */
export const BADGE_BOX = "*";

export interface DrawnWay {
	/** From who recognises, to the badge: slugs and names in between. */
	hops: readonly { by: { slug: string; name: string }; member: { slug: string }; scope: string }[];
}

interface DrawnRecognisers {
	/** The badge on the right, then each member as far from it as its shortest way is long. */
	drawing: ColumnDrawing;
	/** The same in one column, the badge on top. */
	narrow: ColumnDrawing;
	drawn: number;
}

/** Who recognises a badge. */
export function drawRecognisers(badge: string, ways: readonly DrawnWay[]): DrawnRecognisers {
	const shown = [...ways].sort((a, b) => a.hops.length - b.hops.length).slice(0, MOST_DRAWN);
	const longest = Math.max(0, ...shown.map(({ hops }) => hops.length));
	const columns: ColumnNode[][] = Array.from({ length: longest + 1 }, () => []);
	columns[longest]?.push({ id: BADGE_BOX, lines: wrapLabel(badge, 19, 4) });
	const lines = new Map<string, { from: string; to: string; mutual: false; dashed: boolean }>();
	for (const { hops } of shown)
		for (const [place, { by, member, scope }] of hops.entries()) {
			const column = columns[longest - (hops.length - place)] as ColumnNode[];
			if (!column.some(({ id }) => id === by.slug)) column.push({ id: by.slug, lines: wrapLabel(by.name, 19, 4) });
			const to = place === hops.length - 1 ? BADGE_BOX : member.slug;
			lines.set(`${by.slug} ${to}`, { from: by.slug, to, mutual: false, dashed: scope !== "INSTITUTE" });
		}
	for (const column of columns) column.sort((a, b) => (a.id < b.id ? -1 : 1));
	const links = [...lines.values()];
	const drawing = keptDrawing([columns, links], () =>
		layoutColumns(columns, links, { gutter: 90, centred: columns.map((_, place) => place) }),
	);
	const narrow = keptDrawing(["narrow", columns, links], () => drawNarrow(columns.toReversed().flat(), links));
	return { drawing, narrow, drawn: shown.length };
}

function drawNarrow(nodes: readonly ColumnNode[], links: readonly ColumnLink[]): ColumnDrawing {
	const linesOf = new Map(nodes.map(({ id, lines }) => [id, lines]));
	const { edges, ...drawing } = layoutNarrow({
		nodes,
		edges: links,
		measure(id, most) {
			const lines = linesOf.get(id) ?? [];
			return { lines, width: Math.min(BOX_WIDTH, most), height: boxHeight(lines.length) };
		},
	});
	const pathOf = new Map(edges.map(({ from, to, path }) => [`${from} ${to}`, path]));
	return {
		...drawing,
		groups: [],
		links: links.map((link) => ({ ...link, tag: null, path: pathOf.get(`${link.from} ${link.to}`) ?? "" })),
	};
}
