import type { Json, JsonObject } from "./json.ts";

/**
 * Merges what a subgraph gave into what is there, in place. Two answers speak of the same objects: lists are merged
 * position by position, and a null never erases what another subgraph gave.
 */
export function mergeInto(target: JsonObject, source: JsonObject): void {
	for (const key in source) {
		const given = source[key] as Json;
		const present = target[key];
		if (present === undefined || present === null) target[key] = given;
		else if (given !== null && typeof given === "object" && typeof present === "object") mergeObjects(present, given);
		else if (given !== null) target[key] = given;
	}
}

function mergeObjects(present: Json[] | JsonObject, given: Json[] | JsonObject): void {
	if (!Array.isArray(present)) {
		if (!Array.isArray(given)) mergeInto(present, given);
		return;
	}
	if (!Array.isArray(given)) return;
	for (let index = 0; index < given.length; index += 1) {
		const item = given[index] as Json;
		const there = present[index];
		if (there === undefined || there === null || typeof there !== "object") present[index] = item;
		else if (item !== null && typeof item === "object") mergeObjects(there, item);
	}
}
