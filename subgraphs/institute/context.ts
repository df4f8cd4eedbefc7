import type DataLoader from "dataloader";
import { type DataSource, In } from "typeorm";
import { loadByKey } from "../kit/loader.ts";
import { BadgeClass } from "./badge-class.ts";
import type { ChangeFeed } from "./change-feed.ts";
import type { Institute } from "./institute.ts";
import { Issuer } from "./issuer.ts";

/** What an institute's resolvers know. */
export interface InstituteContext {
	institute: Institute;
	database: DataSource;
	feed: ChangeFeed;
	/** The address of an image given as an address or as a file of the institute. */
	fileUrl: (file: string | null) => string | null;
	badgeClasses: DataLoader<string, BadgeClass | null>;
	issuers: DataLoader<string, Issuer | null>;
	/** Whether the request carries the institute's management key. */
	isManager: boolean;
}

export function instituteContext(
	shared: Pick<InstituteContext, "institute" | "database" | "feed" | "fileUrl">,
	isManager: boolean,
): InstituteContext {
	const { database } = shared;
	return {
		...shared,
		isManager,
		badgeClasses: loadByKey(
			(ids) => database.manager.findBy(BadgeClass, { id: In(ids) }),
			({ id }) => id,
		),
		issuers: loadByKey(
			(ids) => database.manager.findBy(Issuer, { id: In(ids) }),
			({ id }) => id,
		),
	};
}
