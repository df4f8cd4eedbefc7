import { setImmediate as nextTurn } from "node:timers/promises";
import type { Engine } from "./execute/engine.ts";
import type { Admission } from "./guard/admission.ts";

/** Everything that is made of one supergraph. */
export interface Graph {
	engine: Engine;
	admission: Admission;
}

export interface GraphInForce {
	/** What new requests are executed on. Those under way keep the one they began with, subscriptions until they end. */
	current(): Graph;
	/** Puts another supergraph in force. Rejects, and changes nothing, when it cannot be used. Reloads take turns. */
	reload(supergraphSdl: string): Promise<void>;
}

/** Documents whose plans are made before a new supergraph is put in force, most recently used first. */
const WARMED_DOCUMENTS = 200;

/** Keeps the graph that is in force. `build` throws for a supergraph that cannot be used. */
export function graphInForce(supergraphSdl: string, build: (supergraphSdl: string) => Graph): GraphInForce {
	let graph = build(supergraphSdl);
	let turn: Promise<void> = Promise.resolve();

	async function replace(sdl: string): Promise<void> {
		const next = build(sdl);
		for (const document of graph.engine.recentDocuments(WARMED_DOCUMENTS)) {
			next.engine.warm(document);
			// Each plan takes a millisecond or so: requests go on in between.
			await nextTurn();
		}
		graph = next;
	}

	return {
		current: () => graph,
		reload(sdl) {
			const replaced = turn.then(() => replace(sdl));
			turn = replaced.catch(() => undefined);
			return replaced;
		},
	};
}
