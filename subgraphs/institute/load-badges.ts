import { createHash } from "node:crypto";
import { type DataSource, type EntityManager, IsNull, Not } from "typeorm";
import { globalId, localIdFrom } from "../../schema/global-id.ts";
import { BadgeClassStatus } from "./badge-class.parts.ts";
import { BadgeClass } from "./badge-class.ts";
import type { InstituteProfile } from "./config.ts";
import { Issuer } from "./issuer.ts";
import type { BadgeEntry, BadgeFile } from "./open-badges-file.ts";
import { removeBadgeClass, saveBadgeClass, takeTurn } from "./record-change.ts";

export interface LoadReport {
	added: number;
	changed: number;
	removed: number;
	unchanged: number;
}

/**
 * Brings the badge classes in line with a badge file, in one transaction. An entry that is as it was at the last
 * loading is left alone, whatever was changed here since; one that has gone from the file is removed. One that can
 * no longer be read stays as it was, and rows that did not come from a file are never touched.
 */
export async function loadBadges(
	database: DataSource,
	profile: InstituteProfile,
	{ entries, brokenLocalIds }: BadgeFile,
): Promise<LoadReport> {
	return database.transaction(async (manager) => {
		await takeTurn(manager);
		const known = new Map((await manager.findBy(BadgeClass, { sourceDigest: Not(IsNull()) })).map((row) => [row.id, row]));
		const report: LoadReport = { added: 0, changed: 0, removed: 0, unchanged: 0 };
		const present = new Set<string>(brokenLocalIds.map((localId) => globalId(profile.slug, localId)));
		for (const entry of entries) {
			const id = globalId(profile.slug, entry.localId);
			present.add(id);
			const sourceDigest = digestOf(entry, profile);
			const before = known.get(id);
			if (before?.sourceDigest === sourceDigest) {
				report.unchanged += 1;
				continue;
			}
			await saveBadgeClass(manager, await contentOf(manager, profile, entry, id, sourceDigest, before));
			if (before) report.changed += 1;
			else report.added += 1;
		}
		for (const id of known.keys()) {
			if (present.has(id)) continue;
			await removeBadgeClass(manager, id);
			report.removed += 1;
		}
		return report;
	});
}

async function contentOf(
	manager: EntityManager,
	profile: InstituteProfile,
	entry: BadgeEntry,
	id: string,
	sourceDigest: string,
	before: BadgeClass | undefined,
) {
	const now = new Date();
	const issuer = await saveIssuer(manager, profile, entry);
	return {
		id,
		iri: entry.iri,
		name: entry.name,
		description: entry.description,
		image: entry.image,
		criteria: entry.criteria,
		tags: entry.tags,
		language: entry.language ?? profile.language,
		alignments: entry.alignments,
		issuerId: issuer,
		status: BadgeClassStatus[entry.status],
		createdAt: entry.createdAt ?? before?.createdAt ?? now,
		updatedAt: before ? now : (entry.updatedAt ?? entry.createdAt ?? now),
		request: entry.request,
		requirement: entry.requirement,
		exactMatches: entry.exactMatches,
		sourceDigest,
	};
}

/** The issuer an entry names, or the institute itself. Returns its id. */
async function saveIssuer(manager: EntityManager, profile: InstituteProfile, { issuer }: BadgeEntry): Promise<string> {
	const row = issuer
		? issuer
		: {
				iri: null,
				name: profile.name,
				description: profile.description ?? null,
				url: profile.website ?? null,
				email: profile.email ?? null,
				image: null,
			};
	const id = globalId(profile.slug, localIdFrom(row.name) || "issuer");
	await manager.upsert(Issuer, { ...row, id }, ["id"]);
	return id;
}

/** The file's entry as it was written, and what it takes from the profile. */
function digestOf(entry: BadgeEntry, profile: InstituteProfile): string {
	const parts = [entry, profile.language, entry.issuer ? null : [profile.name, profile.description, profile.website, profile.email]];
	return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}
