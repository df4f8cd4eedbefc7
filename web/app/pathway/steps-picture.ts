import { ownerOf } from "../badge/badge-id.ts";
import type { Texts } from "../i18n/fr.ts";
import { badgePath } from "../ui/paths.ts";
import { layoutPathway, type PathwayInput } from "./layout.ts";
import type { PathwayNodeInput } from "./measure-box.ts";
import { type BoxFact, competencyBox, competencyPage, edgeKey, MOST_DRAWN, type PathwayPicture } from "./pathway-picture.ts";
import type { Places } from "./places.ts";
import type { RulePart } from "./rule-parts.ts";
import { competencyLabel } from "./rule-words.ts";

interface StepsInput {
	/** In the steward's order. */
	steps: readonly { optional: boolean; part: RulePart }[];
	held: readonly string[];
	places: Places;
	/** What competencies are called, by code. */
	competencies: Record<string, string>;
}

/**
 * A steward's pathway as it is drawn: the steps that all take in one line, those that may be left out as ways around it,
 * and of the badges that count for a step those that are held.
 */
export function drawSteps({ steps, held, places, competencies }: StepsInput, t: Texts): PathwayPicture {
	const boxes: PathwayNodeInput[] = [];
	const edges: PathwayInput["edges"][number][] = [];
	const otherEdges: string[] = [];
	const facts: Record<string, BoxFact> = {};
	const ids = steps.map(({ part }) => boxOf(part));
	const next = steps.findIndex(({ optional, part }) => !optional && !part.met);
	const add = (id: string, fact: BoxFact, aside: 0 | 1 | 2) => {
		facts[id] = fact;
		const [note = "", state = ""] = fact.notes;
		boxes.push({ id, label: fact.name, institute: fact.institute, note, state, aside });
	};
	const badgeFact = (id: string, name: string | null) => ({
		name: name ?? id,
		slug: ownerOf(id),
		institute: places.institutes[ownerOf(id)]?.name ?? ownerOf(id),
		held: held.includes(id),
		path: name === null ? null : badgePath(id),
	});

	for (const [place, { optional, part }] of steps.entries()) {
		const id = ids[place] as string;
		const isNext = place === next;
		const number = optional ? t.figure.optionalPlace(place + 1) : t.figure.place(place + 1);
		const notes = [number, stateOf(part, held, isNext, t)].filter(Boolean);
		const code = part.name ?? "";
		const own =
			part.kind === "BADGE"
				? badgeFact(id, part.name)
				: {
						name: competencyLabel(code, competencies),
						slug: "",
						institute: t.figure.competency,
						held: part.met,
						path: competencyPage(code, competencies),
					};
		add(id, { ...own, notes, onTheWay: isNext, optional }, optional ? 1 : 0);
		for (const { id: other, name } of part.alternatives.filter((one) => held.includes(one.id) && !ids.includes(one.id))) {
			if (!(other in facts)) add(other, { ...badgeFact(other, name), notes: [t.figure.held], onTheWay: false, optional: false }, 2);
			edges.push({ from: other, to: id });
			otherEdges.push(edgeKey({ from: other, to: id }));
		}
	}
	const lines = linesOf(steps.map(({ optional }, place) => ({ id: ids[place] as string, optional })));
	const nodes = boxes.slice(0, MOST_DRAWN);
	const input: PathwayInput = { nodes, edges: [...edges, ...lines], flow: "down" };
	return {
		wide: layoutPathway(input, "wide"),
		narrow: layoutPathway(input, "narrow"),
		facts: Object.fromEntries(nodes.map(({ id }) => [id, facts[id] as BoxFact])),
		wayEdges: [],
		otherEdges,
		optionalEdges: lines.filter((line) => line.optional).map(edgeKey),
		left: boxes.length - nodes.length,
	};
}

/** From each step to the next; where some in between may be left out, past them as well. */
function linesOf(steps: readonly { id: string; optional: boolean }[]): { from: string; to: string; optional: boolean }[] {
	const lines: { from: string; to: string; optional: boolean }[] = [];
	let last: string | null = null;
	let before: { id: string; optional: boolean } | null = null;
	for (const step of steps) {
		if (before) lines.push({ from: before.id, to: step.id, optional: before.optional || step.optional });
		if (before?.optional && !step.optional && last !== null) lines.push({ from: last, to: step.id, optional: false });
		if (!step.optional) last = step.id;
		before = step;
	}
	return lines;
}

const boxOf = ({ kind, id, name }: RulePart): string => (kind === "BADGE" ? (id as string) : competencyBox(name ?? ""));

function stateOf(part: RulePart, held: readonly string[], isNext: boolean, t: Texts): string {
	if (part.kind === "BADGE" && held.includes(part.id as string)) return t.figure.held;
	if (part.met) return part.kind === "BADGE" ? t.figure.replaced : t.figure.covered;
	if (part.kind === "BADGE" && part.name === null) return t.figure.broken;
	return isNext ? t.figure.next : "";
}
