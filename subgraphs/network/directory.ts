import { createHash } from "node:crypto";
import { Directive, Field, ID, ObjectType } from "type-graphql";
import type { DataSource } from "typeorm";
import type { Events } from "../kit/events.ts";
import { Membership } from "./collective.ts";
import { DIRECTORY_CHANNEL } from "./directory-service.ts";
import { Member, MemberStatus } from "./member.ts";

@Directive("@inaccessible")
@ObjectType({ simpleResolvers: true })
export class DirectoryEntry {
	@Field(() => ID)
	slug: string;

	@Field(() => String)
	name: string;

	@Field(() => String)
	endpoint: string;

	@Field(() => [String])
	departements: string[];

	@Field(() => [ID])
	collectives: string[];

	@Field(() => Boolean, { description: "Whether it answers reads only when the router has signed them." })
	signedReads: boolean;
}

/** Who is admitted, and where they answer. Its version is a digest: replicas agree on it, and it changes with the content only. */
@Directive("@inaccessible")
@ObjectType({ simpleResolvers: true })
export class Directory {
	@Field(() => String)
	version: string;

	@Field(() => [DirectoryEntry])
	entries: DirectoryEntry[];
}

/** The directory as it is now, by slug. */
export async function readDirectory(database: DataSource): Promise<Directory> {
	const entries = await database.transaction("REPEATABLE READ", async (manager) => {
		const members = await manager.find(Member, { where: { status: MemberStatus.ADMITTED } });
		const memberships = await manager.find(Membership, { order: { collectiveId: "ASC" } });
		return members
			.sort((left, right) => (left.slug < right.slug ? -1 : 1))
			.map(({ slug, name, endpoint, departementCodes, signedReads }) =>
				Object.assign(new DirectoryEntry(), {
					slug,
					name,
					endpoint,
					departements: departementCodes,
					collectives: memberships.filter(({ memberSlug }) => memberSlug === slug).map(({ collectiveId }) => collectiveId),
					signedReads,
				}),
			);
	});
	return Object.assign(new Directory(), {
		version: createHash("sha256").update(JSON.stringify(entries)).digest("hex").slice(0, 16),
		entries,
	});
}

/** Gives the directory to many streams: now, and after each change of it. */
export class DirectoryFeed {
	readonly #database: DataSource;
	readonly #waiting = new Set<() => void>();

	private constructor(database: DataSource) {
		this.#database = database;
	}

	static async open(database: DataSource, events: Events): Promise<DirectoryFeed> {
		const feed = new DirectoryFeed(database);
		await events.listen(DIRECTORY_CHANNEL, () => {
			for (const wake of feed.#waiting) wake();
		});
		return feed;
	}

	/** The whole directory now and at each change, until the consumer returns. */
	stream(): AsyncIterableIterator<Directory> {
		const state = { ended: false, wake: () => undefined as unknown };
		const directories = this.#read(state);
		return {
			next: () => directories.next(),
			// A generator that waits cannot be returned from outside: it has to be woken first.
			return() {
				state.ended = true;
				state.wake();
				return directories.return(undefined);
			},
			[Symbol.asyncIterator]() {
				return this;
			},
		};
	}

	async *#read(state: { ended: boolean; wake: () => unknown }): AsyncGenerator<Directory, undefined> {
		let seen: string | undefined;
		const waker = () => {
			state.wake();
		};
		this.#waiting.add(waker);
		try {
			while (!state.ended) {
				// Armed before reading: a change committed while we read wakes the next round.
				const woken = new Promise<void>((resolve) => {
					state.wake = resolve;
				});
				const directory = await readDirectory(this.#database);
				if (directory.version !== seen) {
					seen = directory.version;
					yield directory;
				}
				if (!state.ended) await woken;
			}
		} finally {
			this.#waiting.delete(waker);
		}
		return undefined;
	}
}
