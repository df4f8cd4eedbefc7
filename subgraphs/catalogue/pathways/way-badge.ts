import { WayBadge } from "./answers.ts";
import type { PathwayWorld } from "./read-world.ts";

/** A badge as answers name it; by its id where no member knows it. */
export function wayBadge(id: string, { badges }: Pick<PathwayWorld, "badges">): WayBadge {
	const { name, requestable } = badges.get(id) ?? {};
	return Object.assign(new WayBadge(), { id, name: name ?? id, requestable: requestable ?? false });
}
