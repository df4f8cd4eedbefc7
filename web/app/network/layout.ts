import { forceLink, forceManyBody, forceSimulation, forceX, forceY, type SimulationNodeDatum } from "d3-force";
import { LRUCache } from "lru-cache";
import { type Box, leaveBox, round, wrapLabel } from "../graph/box.ts";

export interface NetworkNode {
	id: string;
	label: string;
}

export interface NetworkLink {
	from: string;
	to: string;
	/** Each recognises the other: one line, an arrow at each end. */
	mutual: boolean;
	/** Only badges are recognised, no institute as a whole. */
	partial: boolean;
}

export interface NetworkDrawing {
	width: number;
	height: number;
	nodes: (Box & { id: string; lines: string[] })[];
	links: (NetworkLink & { x1: number; y1: number; x2: number; y2: number })[];
}

type Body = SimulationNodeDatum & Box & { id: string; lines: string[] };

const WIDTH = 184;
const LINE = 19;
const MARGIN = 16;
const drawings = new LRUCache<string, NetworkDrawing>({ max: 50 });

/** The same network always gives the same picture, and is drawn once. `centre` is held in the middle. */
export function layoutNetwork(nodes: readonly NetworkNode[], links: readonly NetworkLink[], centre?: string): NetworkDrawing {
	const sorted = [...nodes].sort((a, b) => (a.id < b.id ? -1 : 1));
	const ordered = [...links].sort((a, b) => (`${a.from} ${a.to}` < `${b.from} ${b.to}` ? -1 : 1));
	const key = JSON.stringify([sorted, ordered, centre]);
	const known = drawings.get(key);
	if (known) return known;
	const drawing = draw(sorted, ordered, centre);
	drawings.set(key, drawing);
	return drawing;
}

function draw(nodes: readonly NetworkNode[], links: readonly NetworkLink[], centre?: string): NetworkDrawing {
	const bodies = nodes.map(({ id, label }, place): Body => {
		const lines = wrapLabel(label, 17, 4);
		const angle = (2 * Math.PI * place) / nodes.length;
		const spread = 60 + 26 * nodes.length;
		const held = id === centre ? { fx: 0, fy: 0 } : {};
		return {
			id,
			lines,
			x: spread * Math.cos(angle),
			y: 0.7 * spread * Math.sin(angle),
			width: WIDTH,
			height: LINE * lines.length + 20,
			...held,
		};
	});
	// d3-force draws its randomness from a fixed seed: no clock, no Math.random.
	const simulation = forceSimulation(bodies)
		.force(
			"link",
			forceLink<Body, { source: string; target: string }>(links.map(({ from, to }) => ({ source: from, target: to })))
				.id((body) => body.id)
				.distance(250)
				.strength(0.35),
		)
		.force("charge", forceManyBody().strength(-2200).distanceMax(1200))
		.force("x", forceX(0).strength(0.05))
		.force("y", forceY(0).strength(0.11))
		.stop();
	for (let tick = 0; tick < 300; tick++) {
		simulation.tick();
		separate(bodies);
	}
	for (let pass = 0; pass < 60 && separate(bodies); pass++);
	return frame(bodies, links);
}

/** Pushes apart the boxes that overlap, along the axis where they overlap least. Returns whether any did. */
function separate(bodies: Body[]): boolean {
	const gapX = 56;
	const gapY = 48;
	let moved = false;
	for (const [place, a] of bodies.entries()) {
		for (const b of bodies.slice(place + 1)) {
			const overX = (a.width + b.width) / 2 + gapX - Math.abs(a.x - b.x);
			const overY = (a.height + b.height) / 2 + gapY - Math.abs(a.y - b.y);
			if (overX <= 0.01 || overY <= 0.01) continue;
			moved = true;
			const axis = overX / a.width < overY / a.height ? "x" : "y";
			const push = ((axis === "x" ? overX : overY) / 2) * (a[axis] < b[axis] ? -1 : 1);
			const fixed = (body: Body) => body.fx !== undefined && body.fx !== null;
			if (!fixed(a)) a[axis] += fixed(b) ? 2 * push : push;
			if (!fixed(b)) b[axis] -= fixed(a) ? 2 * push : push;
		}
	}
	return moved;
}

function frame(bodies: readonly Body[], links: readonly NetworkLink[]): NetworkDrawing {
	const left = Math.min(0, ...bodies.map((body) => body.x - body.width / 2)) - MARGIN;
	const top = Math.min(0, ...bodies.map((body) => body.y - body.height / 2)) - MARGIN;
	const placed = bodies.map(({ id, lines, x, y, width, height }) => ({ id, lines, x: round(x - left), y: round(y - top), width, height }));
	const at = new Map(placed.map((node) => [node.id, node]));
	const drawn = links.flatMap((link) => {
		const from = at.get(link.from);
		const to = at.get(link.to);
		if (!from || !to) return [];
		const start = leaveBox(from, to.x, to.y, link.mutual ? 5 : 1);
		const end = leaveBox(to, from.x, from.y, 5);
		return [{ ...link, x1: start.x, y1: start.y, x2: end.x, y2: end.y }];
	});
	return {
		width: Math.ceil(Math.max(0, ...placed.map((node) => node.x + node.width / 2)) + MARGIN),
		height: Math.ceil(Math.max(0, ...placed.map((node) => node.y + node.height / 2)) + MARGIN),
		nodes: placed,
		links: drawn,
	};
}
