import { useTexts } from "../i18n/locale.ts";
import { badgePath, institutePath, To } from "../ui/link.tsx";
import { type PathwayGraph, requirementsOf } from "./requirements.ts";

export interface ListedNode {
	id: string;
	name: string | null;
	instituteSlug: string;
	instituteName: string;
	needed: number;
	outOf: number;
}

interface PathwayListProps {
	goal: string;
	nodes: readonly ListedNode[];
	edges: PathwayGraph["edges"];
	held: readonly string[];
}

/** The pathway as nested lists, each badge detailed once; the boxes to tick are the form's fields. */
export function PathwayList({ goal, nodes, edges, held }: PathwayListProps) {
	const required = requirementsOf({ nodes, edges });
	const byId = new Map(nodes.map((node) => [node.id, node]));
	const seen = new Set<string>();
	const item = (id: string) => {
		const node = byId.get(id);
		if (!node) return null;
		const again = seen.has(id);
		seen.add(id);
		const below = again ? [] : (required.get(id) ?? []);
		return (
			<li key={id}>
				<PathwayItem node={node} goal={id === goal} held={held.includes(id)} again={again} />
				{below.length > 0 && <ul>{below.map(item)}</ul>}
			</li>
		);
	};
	return <ul className="tree">{item(goal)}</ul>;
}

function PathwayItem({ node, goal, held, again }: { node: ListedNode; goal: boolean; held: boolean; again: boolean }) {
	const t = useTexts().pathway;
	const { id, name, instituteSlug, instituteName, needed, outOf } = node;
	return (
		<div className={held ? "tree__node tree__node--held" : "tree__node"}>
			<p>
				{name ? <To to={badgePath(id)}>{name}</To> : <em>{t.unknown}</em>}{" "}
				<span className="from">{name ? <To to={institutePath(instituteSlug)}>{instituteName}</To> : instituteName}</span>
				{goal && <span className="mark mark--metabadge">{t.goal}</span>}
				{held && <span className="mark mark--open">✓ {t.held}</span>}
				{again && outOf > 0 && <span className="from"> ({t.seeAbove})</span>}
			</p>
			{outOf > 0 && !again && <p className="tree__need">{t.need(needed, outOf)} :</p>}
			{name && !goal && !again && (
				<label className="choice">
					<input type="checkbox" name="j-ai" value={id} defaultChecked={held} />
					<span className="choice__label">
						{t.have}
						<span className="unseen"> : {name}</span>
					</span>
				</label>
			)}
		</div>
	);
}
