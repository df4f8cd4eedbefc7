import DataLoader from "dataloader";
import { Brackets, type DataSource, In } from "typeorm";
import { isGlobalId, ownerOf } from "../../schema/global-id.ts";
import type { Caller } from "../kit/caller.ts";
import { loadByKey, loadListByKey } from "../kit/loader.ts";
import { Collective, Membership } from "./collective.ts";
import type { Directory } from "./directory.ts";
import type { Feed } from "./feed.ts";
import type { KeptGraph } from "./graph/kept-graph.ts";
import type { NetworkChange } from "./graph/network-change.ts";
import { Member } from "./member.ts";
import { type MemberRecognitions, memberRecognitions } from "./member-recognitions.ts";
import { type Recognition, RecognitionScope } from "./recognition.ts";
import { recognitionsInForce } from "./recognition-service.ts";
import type { LogEntry } from "./trust/log-entry.ts";
import { readEntriesAt } from "./trust/log-rows.ts";
import type { NetworkLog } from "./trust/network-log.ts";
import type { Trust } from "./trust/trust.ts";

/** What the network's resolvers know. Each loader makes one query for all that a request asks for. */
export interface NetworkContext {
	database: DataSource;
	directoryFeed: Feed<Directory>;
	changeFeed: Feed<NetworkChange>;
	/** Who recognises whom now, in memory. */
	graph: KeptGraph;
	/** What the signed statements say, at any time. */
	record: NetworkLog;
	/** The hub's keys; undefined where it takes no statements. */
	trust: Trust | undefined;
	/** For whom the router asks, when it asks for someone. */
	caller?: Caller | undefined;
	/** Every entry of the register, by slug, members that have left included. */
	members: DataLoader<string, Member | null>;
	collectives: DataLoader<string, Collective | null>;
	/** With their collectives, by name. */
	membershipsOfMember: DataLoader<string, Membership[]>;
	/** With their members, by name. */
	membershipsOfCollective: DataLoader<string, Membership[]>;
	/** Entries of the log by sequence, as the table has them now. */
	storedEntries: DataLoader<number, LogEntry | null>;
	/** In force: by members, of members, and between them. */
	memberRecognitions: MemberRecognitions;
	/** In force, newest first: of a badge class or its whole institute. */
	recognitionsOfBadgeClass: DataLoader<string, Recognition[]>;
}

export function networkContext(
	shared: Pick<NetworkContext, "database" | "directoryFeed" | "changeFeed" | "graph" | "record" | "trust">,
): NetworkContext {
	const { database } = shared;
	const { manager } = database;
	return {
		...shared,
		members: loadByKey(
			(slugs) => manager.findBy(Member, { slug: In(slugs) }),
			({ slug }) => slug,
		),
		collectives: loadByKey(
			(ids) => manager.findBy(Collective, { id: In(ids) }),
			({ id }) => id,
		),
		membershipsOfMember: loadListByKey(
			(slugs) =>
				manager.find(Membership, {
					where: { memberSlug: In(slugs) },
					relations: { collective: true },
					order: { collective: { name: "ASC", id: "ASC" } },
				}),
			({ memberSlug }) => memberSlug,
		),
		membershipsOfCollective: loadListByKey(
			(ids) =>
				manager.find(Membership, {
					where: { collectiveId: In(ids) },
					relations: { member: true },
					order: { member: { nameCursor: "ASC" } },
				}),
			({ collectiveId }) => collectiveId,
		),
		storedEntries: loadByKey(
			(sequences) => readEntriesAt(manager, sequences),
			({ sequence }) => sequence,
		),
		memberRecognitions: memberRecognitions(manager),
		recognitionsOfBadgeClass: new DataLoader(async (given) => {
			const ids = given.filter(isGlobalId);
			if (ids.length === 0) return given.map(() => []);
			const owners = [...new Set(ids.map(ownerOf))];
			const whole = new Brackets((either) =>
				either
					.where(`recognition."badgeClassId" IN (:...ids)`, { ids })
					.orWhere("recognition.scope = :institute", { institute: RecognitionScope.INSTITUTE }),
			);
			const rows = await recognitionsInForce(manager)
				.andWhere(`recognition."memberSlug" IN (:...owners)`, { owners })
				.andWhere(whole)
				.getMany();
			return given.map((id) =>
				rows.filter((row) => row.badgeClassId === id || (row.badgeClassId === null && row.memberSlug === ownerOf(id))),
			);
		}),
	};
}
