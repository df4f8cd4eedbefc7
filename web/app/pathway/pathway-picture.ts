import { ownerOf } from "../badge/badge-id.ts";
import type { Texts } from "../i18n/fr.ts";
import { badgePath, competencyPath } from "../ui/paths.ts";
import { layoutPathway, type PathwayDrawing, type PathwayInput } from "./layout.ts";
import type { Places } from "./places.ts";
import { partsWithin, type RulePart } from "./rule-parts.ts";
import { competencyLabel } from "./rule-words.ts";

/** What the drawing must say of a box. */
export interface BoxFact {
	name: string;
	/** Of its institute; empty for a competency. */
	slug: string;
	institute: string;
	notes: string[];
	held: boolean;
	onTheWay: boolean;
	/** Of a step that may be left out. */
	optional: boolean;
	/** The page about it, where there is one. */
	path: string | null;
}

export interface PathwayPicture {
	wide: PathwayDrawing;
	narrow: PathwayDrawing;
	facts: Record<string, BoxFact>;
	/** Lines of the shortest way, and those by which one badge counts for another, as « from to ». */
	wayEdges: string[];
	otherEdges: string[];
	/** Lines to and from steps that may be left out, likewise. */
	optionalEdges: string[];
	/** How many boxes were left out. */
	left: number;
}

interface PictureInput {
	goal: string;
	nodes: readonly { id: string; name: string | null; metabadge: boolean }[];
	edges: readonly { from: string; to: string }[];
	rules: Record<string, readonly RulePart[]>;
	held: readonly string[];
	/** In its order, the goal last. */
	way: readonly { id: string; name: string }[];
	places: Places;
	/** What competencies are called, by code. */
	competencies: Record<string, string>;
}

/** More boxes than anybody takes in; the list has them all. */
export const MOST_DRAWN = 80;

/**
 * A pathway as it is drawn: the badges that rules name, the competencies that they ask for, and of the badges that would
 * do as well those that are held or on the shortest way.
 */
export function drawPathway({ goal, nodes, edges, rules, held, way, places, competencies }: PictureInput, t: Texts): PathwayPicture {
	const steps = new Map(way.filter(({ id }) => id !== goal).map(({ id }, place) => [id, place + 1]));
	const others = otherNodes(rules, competencies, new Set([...held, ...steps.keys()]), new Set(nodes.map(({ id }) => id)));
	const badges = nodes.map(({ id, name }) => ({ id, name, competency: false, path: name === null ? null : badgePath(id) }));
	const every = [...badges, ...others.nodes];
	const drawn = every.slice(0, MOST_DRAWN);
	const facts: Record<string, BoxFact> = {};
	const boxes = drawn.map(({ id, name, competency, path }) => {
		const slug = competency ? "" : ownerOf(id);
		const note = noteOf(rules[id], t);
		const step = steps.get(id);
		const isHeld = held.includes(id);
		const state = isHeld ? t.figure.held : step !== undefined ? t.figure.step(step) : name === null ? t.figure.broken : "";
		const institute = competency ? t.figure.competency : (places.institutes[slug]?.name ?? slug);
		const label = name ?? id;
		const notes = [note, state].filter(Boolean);
		facts[id] = { name: label, slug, institute, notes, held: isHeld, onTheWay: step !== undefined, optional: false, path };
		return { id, label, institute, note, state };
	});
	const input: PathwayInput = { nodes: boxes, edges: [...edges, ...others.edges] };
	const isCompetency = (id: string) => facts[id]?.slug === "";
	const taken = input.edges.filter(({ from, to }) => steps.has(from) && (steps.has(to) || to === goal || isCompetency(to)));
	const covered = new Set(taken.map(({ to }) => to).filter(isCompetency));
	const wayEdges = [...taken, ...input.edges.filter(({ from, to }) => covered.has(from) && (steps.has(to) || to === goal))];
	return {
		wide: layoutPathway(input, "wide"),
		narrow: layoutPathway(input, "narrow"),
		facts,
		wayEdges: wayEdges.map(edgeKey),
		otherEdges: others.edges.map(edgeKey),
		optionalEdges: [],
		left: every.length - drawn.length,
	};
}

export const edgeKey = ({ from, to }: { from: string; to: string }): string => `${from} ${to}`;

/** The id of a competency's box: no badge has a space in its own. */
export const competencyBox = (name: string): string => `competence ${name}`;

/** Its page, where the referential knows it. */
export const competencyPage = (name: string, labels: Record<string, string>): string | null =>
	name in labels ? competencyPath(name.toUpperCase()) : null;

/** The institutes of a picture, in the order in which their badges stand in it: that of their patterns. */
export function institutesOf({ facts }: PathwayPicture, places: Places): { slug: string; name: string }[] {
	const slugs = new Set(Object.values(facts).flatMap(({ slug }) => (slug === "" ? [] : [slug])));
	return [...slugs].map((slug) => ({ slug, name: places.institutes[slug]?.name ?? slug }));
}

interface OtherNodes {
	nodes: { id: string; name: string; competency: boolean; path: string | null }[];
	edges: { from: string; to: string }[];
}

/** Competencies, and badges that count without being named; `counting` are those worth showing. */
function otherNodes(
	rules: PictureInput["rules"],
	labels: Record<string, string>,
	counting: ReadonlySet<string>,
	named: ReadonlySet<string>,
): OtherNodes {
	const nodes = new Map<string, OtherNodes["nodes"][number]>();
	const edges = new Map<string, OtherNodes["edges"][number]>();
	const link = (from: string, to: string) => edges.set(`${from} ${to}`, { from, to });
	for (const [metabadge, parts] of Object.entries(rules))
		for (const part of parts) {
			const code = part.name ?? "";
			const competency = part.kind === "COMPETENCY" ? competencyBox(code) : null;
			if (competency !== null) {
				const path = competencyPage(code, labels);
				nodes.set(competency, { id: competency, name: competencyLabel(code, labels), competency: true, path });
				link(competency, metabadge);
			}
			for (const { id, name } of part.alternatives.filter((one) => counting.has(one.id))) {
				if (!named.has(id)) nodes.set(id, { id, name, competency: false, path: badgePath(id) });
				link(id, competency ?? metabadge);
			}
		}
	return { nodes: [...nodes.values()], edges: [...edges.values()] };
}

function noteOf(parts: readonly RulePart[] | undefined, t: Texts): string {
	const [whole] = parts ?? [];
	if (!parts || !whole) return "";
	const count = partsWithin(parts, 0).length;
	const needed = whole.kind === "ANY" ? 1 : (whole.needed ?? count);
	return needed >= count ? t.figure.needAll(count) : t.figure.need(needed, count);
}
