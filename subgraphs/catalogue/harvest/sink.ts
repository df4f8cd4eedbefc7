import type { DirectoryEntry } from "../../network/follow-directory.ts";
import type { HarvestedPresentation } from "./presentation.ts";
import type { HarvestedChange } from "./wire.ts";

/** Where a harvest goes. Each call is one transaction. */
export interface HarvestSink {
	/** Slugs of the members of whom anything is kept. */
	members(): Promise<string[]>;
	/** Notes a member, or what the directory newly says of it. */
	welcome(entry: DirectoryEntry): Promise<void>;
	/** How far the member's history has been applied; null for not at all. */
	position(slug: string): Promise<string | null>;
	/** How many badge classes of the member are kept. */
	count(slug: string): Promise<number>;
	/** Applies changes, in their order, together with the position after them. */
	apply(slug: string, changes: readonly HarvestedChange[], position: string): Promise<void>;
	/** After the whole history has been read anew: removes the member's rows and refusals that are not in it. */
	keepOnly(slug: string, ids: ReadonlySet<string>): Promise<void>;
	/** Keeps how the member presents itself. Members are not asked for it where it is not kept. */
	present?(slug: string, presentation: HarvestedPresentation): Promise<void>;
	/** Notes that the member answered, or why it cannot be read. */
	note(slug: string, state: { heardAt: Date } | { problem: string }): Promise<void>;
	/** Removes everything kept of a member. */
	forget(slug: string): Promise<void>;
}
