import type { DataSource } from "typeorm";
import { latestFirstCursor, nameCursor } from "../../../schema/cursor.ts";
import { fold } from "../../../schema/global-id.ts";
import { BadgeHit } from "../../../subgraphs/catalogue/badge-hit.ts";
import { Harvest } from "../../../subgraphs/catalogue/harvest.ts";
import { indexBadges } from "../../../subgraphs/catalogue/search/index-badge.ts";
import type { Stems } from "../../../subgraphs/catalogue/search/stems.ts";
import type { EvaluatedBadge } from "./read-tables.ts";

const SAME_DAY = new Date("2026-01-01T00:00:00Z");

/** Puts badges where a harvest would have put them, each issuer as an institute of its own. Their ids stay as they are. */
export async function loadBadges(database: DataSource, stems: Stems, badges: readonly EvaluatedBadge[]): Promise<void> {
	const slugOf = (issuer: string) =>
		fold(issuer)
			.replaceAll("_", "-")
			.slice(0, 60)
			.replace(/^-+|-+$/g, "") || "issuer";
	await database.transaction(async (manager) => {
		const issuers = new Map(badges.map(({ issuer }) => [slugOf(issuer), issuer]));
		await manager.upsert(
			Harvest,
			[...issuers].map(([instituteSlug, name]) => ({ instituteSlug, name, departements: [], collectives: [] })),
			["instituteSlug"],
		);
		const rows = badges.map(({ id, title, description, issuer }) => ({
			id,
			instituteSlug: slugOf(issuer),
			iri: `https://badges.example/${id}`,
			name: title,
			description,
			image: null,
			criteria: { narrative: null, url: null },
			tags: [],
			language: "fr",
			alignments: [],
			issuerId: `${slugOf(issuer)}:issuer`,
			issuerName: issuer,
			retired: false,
			requestable: false,
			requestUrl: null,
			requirement: null,
			exactMatches: [],
			metabadge: false,
			createdAt: SAME_DAY,
			updatedAt: SAME_DAY,
			harvestedAt: SAME_DAY,
			nameCursor: nameCursor(title, id),
			createdCursor: latestFirstCursor(SAME_DAY, id),
			updatedCursor: latestFirstCursor(SAME_DAY, id),
		}));
		await manager.insert(BadgeHit, rows);
		await indexBadges(manager, stems, rows);
	});
}
