import type { Dispatcher } from "undici";
import type { RouterSigner } from "../subgraphs/kit/router-token/signer.ts";
import type { DirectoryEntry, FollowedDirectory } from "../subgraphs/network/follow-directory.ts";
import type { Members, StandIn } from "./horizontal/member.ts";
import { type HttpMember, httpMember, type MemberLimits } from "./transport/http-member.ts";
import { sharedCall } from "./transport/shared-reads.ts";

export interface DirectoryOptions {
	directory: FollowedDirectory;
	pool: Dispatcher;
	limits: MemberLimits;
	/** Signs what members are sent, where it has to be. */
	signer?: RouterSigner;
	/** Whether identical reads of a member that are under way at the same time are one request. */
	deduplicate?: boolean;
	/** Makes what stands in for a member that does not answer. */
	standIn?: (slug: string) => StandIn;
}

/** The members that requests are spread over: the network's directory, as it is now. A member that has not moved stays the same object. */
export function followMembers({
	directory,
	pool,
	limits,
	signer,
	deduplicate = true,
	standIn,
}: DirectoryOptions): Members & { stop(): void } {
	let current = new Map<string, HttpMember & { endpoint: string; signedReads?: boolean }>();
	const listeners = new Set<() => void>();
	const update = (entries: readonly DirectoryEntry[]) => {
		const before = current;
		const sorted = [...entries].sort((a, b) => (a.slug < b.slug ? -1 : 1));
		current = new Map(
			sorted.flatMap((entry) => {
				const known = current.get(entry.slug);
				if (known && known.endpoint === entry.endpoint && known.name === entry.name && known.signedReads === entry.signedReads)
					return [[entry.slug, known] as const];
				if (!URL.canParse(entry.endpoint)) return [];
				const { signedReads } = entry;
				const member = httpMember({ slug: entry.slug, name: entry.name, url: new URL(entry.endpoint), pool, limits, signer, signedReads });
				const added = {
					endpoint: entry.endpoint,
					signedReads,
					...(deduplicate && { call: sharedCall(member) }),
					...(standIn && { standIn: standIn(entry.slug) }),
				};
				return [[entry.slug, { ...member, ...added }] as const];
			}),
		);
		for (const [slug, member] of before) if (current.get(slug) !== member) member.stop();
		for (const listener of listeners) listener();
	};
	update(directory.entries());
	const unfollow = directory.onChange(update);
	return {
		current: () => current,
		onChange(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		stop() {
			unfollow();
			for (const member of current.values()) member.stop();
		},
	};
}
