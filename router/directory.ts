import type { Dispatcher } from "undici";
import type { DirectoryEntry, FollowedDirectory } from "../subgraphs/network/follow-directory.ts";
import type { Members, StandIn } from "./horizontal/member.ts";
import { type HttpMember, httpMember, type MemberLimits } from "./transport/http-member.ts";

export interface DirectoryOptions {
	directory: FollowedDirectory;
	pool: Dispatcher;
	limits: MemberLimits;
	/** Makes what stands in for a member that does not answer. */
	standIn?: (slug: string) => StandIn;
}

/** The members that requests are spread over: the network's directory, as it is now. A member that has not moved stays the same object. */
export function followMembers({ directory, pool, limits, standIn }: DirectoryOptions): Members & { stop(): void } {
	let current = new Map<string, HttpMember & { endpoint: string }>();
	const listeners = new Set<() => void>();
	const update = (entries: readonly DirectoryEntry[]) => {
		const sorted = [...entries].sort((a, b) => (a.slug < b.slug ? -1 : 1));
		current = new Map(
			sorted.flatMap((entry) => {
				const known = current.get(entry.slug);
				if (known && known.endpoint === entry.endpoint && known.name === entry.name) return [[entry.slug, known] as const];
				if (!URL.canParse(entry.endpoint)) return [];
				const member = httpMember({ slug: entry.slug, name: entry.name, url: new URL(entry.endpoint), pool, limits });
				return [[entry.slug, { ...member, endpoint: entry.endpoint, ...(standIn && { standIn: standIn(entry.slug) }) }] as const];
			}),
		);
		for (const listener of listeners) listener();
	};
	update(directory.entries());
	const stop = directory.onChange(update);
	return {
		current: () => current,
		onChange(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		stop,
	};
}
