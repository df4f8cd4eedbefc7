import type { DataSource } from "typeorm";
import type { Dispatcher } from "undici";
import type { Authority } from "./authority.ts";
import type { NetworkLog } from "./network-log.ts";

/** What the parts of the network that are about trust share. */
export interface Trust {
	database: DataSource;
	authority: Authority;
	/** The hub's public address, without a path at its end: its entity identifier. */
	base: string;
	log: NetworkLog;
	/** Connections to members. */
	pool: Dispatcher;
}
