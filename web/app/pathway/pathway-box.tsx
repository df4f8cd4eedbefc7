import { SvgLines } from "../graph/svg-lines.tsx";
import { useTexts } from "../i18n/locale.ts";
import { To } from "../ui/link.tsx";
import type { PathwayDrawing } from "./layout.ts";
import { LINE, noteBaseline, SMALL_LINE } from "./measure-box.ts";
import type { BoxFact } from "./pathway-picture.ts";

interface PathwayBoxProps {
	node: PathwayDrawing["nodes"][number];
	fact: BoxFact;
	goal: boolean;
	/** The fill that stands for its institute, beside its name; null for what is of no institute. */
	pattern: string | null;
	/** The fill of the band that marks the shortest way. */
	wayPattern: string;
}

/** One badge or competency of a pathway; a link, unless there is no page about it. */
export function PathwayBox({ node, fact, goal, pattern, wayPattern }: PathwayBoxProps) {
	const t = useTexts().figure;
	const { x, y, width, height, lines, institute, notes } = node;
	const inset = fact.optional ? 24 : 6;
	// Patterns begin where their rectangle is moved to, so that each institute's looks the same in every box.
	const [left, top, bottom] = [x - width / 2, y - height / 2, y + height / 2];
	const styles = [
		"graph__box",
		goal && "graph__box--centre",
		fact.onTheWay && "graph__box--way",
		fact.held && "graph__box--held",
		fact.optional && "graph__box--optional",
		fact.path === null && "graph__box--unknown",
	];
	const content = (
		<>
			<rect className={styles.filter(Boolean).join(" ")} x={left} y={top} width={width} height={height} rx={fact.optional ? 26 : 10} />
			{pattern && <rect transform={`translate(${left + inset} ${top + 6})`} width={width - 2 * inset} height="8" rx="2" fill={pattern} />}
			{fact.onTheWay && <rect transform={`translate(${left + 4} ${top + 18})`} width="7" height={height - 26} rx="2" fill={wayPattern} />}
			<text textAnchor="middle" className={goal ? "graph__label graph__label--centre" : "graph__label"}>
				<SvgLines lines={lines} x={x} y={top + 34} step={LINE} />
				<SvgLines lines={institute} x={x} y={top + 33 + LINE * lines.length} step={SMALL_LINE} className="graph__from" />
				{notes.map((note, place) => (
					<SvgLines key={note} lines={[note]} x={x} y={bottom - noteBaseline(place, notes.length)} step={0} className="graph__note" />
				))}
			</text>
		</>
	);
	if (fact.path === null) return content;
	const label = [fact.name, fact.institute, ...fact.notes, goal && t.goal].filter(Boolean).join(", ");
	return (
		<To to={fact.path} aria-label={label}>
			{content}
		</To>
	);
}
