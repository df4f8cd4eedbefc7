import { SvgLines } from "../graph/svg-lines.tsx";
import { useTexts } from "../i18n/locale.ts";
import { badgePath, To } from "../ui/link.tsx";
import type { PathwayDrawing } from "./layout.ts";
import type { BadgeFact } from "./pathway-figure.tsx";

interface PathwayBoxProps {
	node: PathwayDrawing["nodes"][number];
	fact: BadgeFact;
	goal: boolean;
	/** The fill that stands for its institute, beside its name. */
	pattern: string;
}

/** One badge of a pathway; a link, unless no member knows it. */
export function PathwayBox({ node, fact, goal, pattern }: PathwayBoxProps) {
	const t = useTexts().pathway;
	const { id, x, y, width, height, lines, institute, note } = node;
	const [left, top, bottom] = [x - width / 2, y - height / 2, y + height / 2];
	const styles = ["graph__box", goal && "graph__box--centre", fact.held && "graph__box--held", !fact.known && "graph__box--unknown"];
	const content = (
		<>
			<rect className={styles.filter(Boolean).join(" ")} x={left} y={top} width={width} height={height} rx="10" />
			<rect x={left + 6} y={top + 6} width={width - 12} height="8" rx="2" fill={pattern} />
			<text textAnchor="middle" className={goal ? "graph__label graph__label--centre" : "graph__label"}>
				<SvgLines lines={lines} x={x} y={top + 34} step={19} />
				<SvgLines lines={institute} x={x} y={top + 33 + 19 * lines.length} step={16} className="graph__from" />
				{note && <SvgLines lines={[note]} x={x} y={bottom - 11} step={0} className="graph__note" />}
			</text>
			{fact.held && <path d={`M${left + 10} ${bottom - 14}l5 6l9 -12`} className="graph__tick" />}
		</>
	);
	if (!fact.known) return content;
	const label = [fact.name, fact.institute, fact.note, goal && t.goal, fact.held && t.held].filter(Boolean).join(", ");
	return (
		<To to={badgePath(id)} aria-label={label}>
			{content}
		</To>
	);
}
