import type { DataSource } from "typeorm";
import { Membership } from "../collective.ts";
import { Member, MemberStatus } from "../member.ts";
import { recognitionsInForce } from "../recognition-service.ts";
import { TrustGraph } from "./trust-graph.ts";

/** Milliseconds after which the graph is read again in any case: recognitions begin and expire without anybody's doing. */
const LONGEST = 500;

/** The graph of recognitions in force, read again when the register has changed: no answer is older than what was committed before it was asked. */
export class KeptGraph {
	private kept: { version: string; readAt: number; graph: TrustGraph } | undefined;
	private reading: Promise<TrustGraph> | undefined;

	constructor(private readonly database: DataSource) {}

	async current(): Promise<TrustGraph> {
		const [{ version, changes }] = (await this.database.query(
			`SELECT "version", (SELECT count(*) FROM "recognition" WHERE "revokedAt" IS NULL AND ("expiresAt" IS NOT NULL OR "since" > now() - interval '5 minutes'))::integer AS "changes" FROM "register_version"`,
		)) as [{ version: string; changes: number }];
		const { kept } = this;
		const isFresh = kept?.version === version && (changes === 0 || performance.now() - kept.readAt < LONGEST);
		return kept && isFresh ? kept.graph : this.read(version);
	}

	/** Together with whoever asks while it is read: what is read began after the version that they know. */
	private async read(version: string): Promise<TrustGraph> {
		const before = this.reading;
		if (before) {
			await before.catch(() => undefined);
			if (this.kept?.version === version) return this.kept.graph;
		}
		this.reading ??= this.load(version).finally(() => {
			this.reading = undefined;
		});
		return this.reading;
	}

	private async load(version: string): Promise<TrustGraph> {
		const readAt = performance.now();
		const [recognitions, members, memberships] = await Promise.all([
			recognitionsInForce(this.database.manager).getMany(),
			this.database.manager.find(Member, { where: { status: MemberStatus.ADMITTED }, order: { nameCursor: "ASC" } }),
			this.database.manager.find(Membership, { order: { collectiveId: "ASC" } }),
		]);
		const collectives = new Map<string, string[]>();
		for (const { memberSlug, collectiveId } of memberships) {
			const known = collectives.get(memberSlug);
			if (known) known.push(collectiveId);
			else collectives.set(memberSlug, [collectiveId]);
		}
		const graph = new TrustGraph(
			recognitions,
			members.map(({ slug }) => slug),
			collectives,
		);
		// What was read may be newer than the version that was asked for, never older: it is then read once more.
		this.kept = { version, readAt, graph };
		return graph;
	}
}
