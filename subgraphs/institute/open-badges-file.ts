import { readFileSync } from "node:fs";
import { z } from "zod";
import { localIdFrom } from "../../schema/global-id.ts";
import { describeIssue, parseJson } from "../kit/config.ts";
import type { Requirement } from "./badge-class.parts.ts";
import { badgeClassId, requirement } from "./requirement-file.ts";

/**
 * Reads badge classes from a file of Open Badges 3.0 Achievements or 2.0 BadgeClasses.
 *
 * The file is a JSON array of them, or an object with `achievements` or `badgeClasses`. Each entry is checked by
 * itself: a wrong one is reported with its place and left out, the others are kept.
 */

const text = (longest: number) => z.string().trim().min(1, "must not be empty").max(longest, `must have at most ${longest} characters`);
const oneOrMany = <T extends z.ZodType>(item: T) => z.union([z.array(item), item.transform((value) => [value])]).optional();

/** Open Badges 2.0 Profile §Profile, 3.0 §Profile: what is used of it. */
const profile = z.object({
	id: z.string().optional(),
	name: text(200),
	description: z.string().nullish(),
	url: z.string().nullish(),
	email: z.string().nullish(),
	image: z.union([z.string(), z.object({ id: z.string() })]).nullish(),
});

const alignment = z.object({
	targetName: text(500),
	targetUrl: z.string().nullish(),
	targetFramework: z.string().nullish(),
	targetCode: z.union([z.string(), z.number().transform(String)]).nullish(),
	targetDescription: z.string().nullish(),
});

const extensions = {
	"extensions:requirement": requirement.optional(),
	"extensions:exactMatches": z.array(badgeClassId).max(100).optional(),
	"extensions:request": z
		.object({ open: z.boolean(), url: z.url({ protocol: /^https?$/, error: "must be an http(s) address" }).nullish() })
		.optional(),
	"extensions:status": z.enum(["PUBLISHED", "RETIRED"]).optional(),
	"extensions:dates": z
		.object({ created: z.iso.datetime({ offset: true }), updated: z.iso.datetime({ offset: true }).optional() })
		.optional(),
};

const common = {
	id: text(1000),
	name: text(200),
	description: text(10_000),
	criteria: z.union([
		z.string().transform((url) => ({ id: url, narrative: undefined })),
		z.object({ id: z.string().nullish(), narrative: z.string().max(20_000).nullish() }),
	]),
	...extensions,
};
const image = z.union([z.string(), z.object({ id: z.string() })]).nullish();

/** Open Badges 3.0 §Achievement. */
const achievement = z.object({
	...common,
	image,
	creator: profile.optional(),
	tag: z.array(z.string()).optional(),
	inLanguage: z.string().optional(),
	alignment: oneOrMany(alignment),
});
/** Open Badges 2.0 §BadgeClass. */
const badgeClass = z.object({
	...common,
	image,
	issuer: profile.optional(),
	tags: z.array(z.string()).optional(),
	"@language": z.string().optional(),
	alignment: oneOrMany(alignment),
});

export interface BadgeEntry {
	localId: string;
	iri: string;
	name: string;
	description: string;
	image: string | null;
	criteria: { narrative: string | null; url: string | null };
	tags: string[];
	language: string | null;
	alignments: {
		targetName: string;
		targetUrl: string | null;
		targetFramework: string | null;
		targetCode: string | null;
		targetDescription: string | null;
	}[];
	issuer: {
		iri: string | null;
		name: string;
		description: string | null;
		url: string | null;
		email: string | null;
		image: string | null;
	} | null;
	requirement: Requirement | null;
	exactMatches: string[];
	request: { open: boolean; url: string | null };
	status: "PUBLISHED" | "RETIRED";
	createdAt: Date | null;
	updatedAt: Date | null;
}

export interface BadgeFile {
	entries: BadgeEntry[];
	/** One line per entry left out: its place, its name, what is wrong. */
	problems: string[];
	/** The local ids of entries left out, where they can be told. */
	brokenLocalIds: string[];
}

/** Reads a badge file. Throws an `OperatorError` when it cannot be read or is not JSON; wrong entries are in `problems`. */
export function readBadgeFile(file: string): BadgeFile {
	return parseBadgeFile(parseJson(readFileSync(file, "utf8"), file));
}

function parseBadgeFile(content: unknown): BadgeFile {
	const found = listEntries(content);
	if (!found)
		return { entries: [], brokenLocalIds: [], problems: ["The file holds neither an array, nor `achievements`, nor `badgeClasses`."] };
	const entries: BadgeEntry[] = [];
	const problems: string[] = [];
	const brokenLocalIds: string[] = [];
	const seen = new Map<string, string>();
	for (const [index, raw] of found.entries()) {
		const result = (isAchievement(raw) ? achievement.transform(fromAchievement) : badgeClass.transform(fromBadgeClass)).safeParse(raw);
		const place = `Entry ${index + 1}${nameOf(raw)}`;
		if (!result.success) {
			problems.push(`${place}: ${result.error.issues.map(describeIssue).join("; ")}`);
			const iri = (raw as { id?: unknown } | null)?.id;
			const localId = typeof iri === "string" ? localIdOfIri(iri) : "";
			if (localId !== "") brokenLocalIds.push(localId);
			continue;
		}
		const entry = result.data;
		const twin = seen.get(entry.localId) ?? seen.get(entry.iri);
		if (entry.localId === "") problems.push(`${place}: id: no local id can be made of ${JSON.stringify(entry.iri)}`);
		else if (twin) problems.push(`${place}: id: is that of ${twin} too`);
		else {
			entries.push(entry);
			seen.set(entry.localId, place).set(entry.iri, place);
		}
	}
	return { entries, problems, brokenLocalIds };
}

function listEntries(content: unknown): unknown[] | undefined {
	if (Array.isArray(content)) return content;
	const object = content as { achievements?: unknown; badgeClasses?: unknown } | null;
	const list = object?.achievements ?? object?.badgeClasses;
	return Array.isArray(list) ? list : undefined;
}

function isAchievement(raw: unknown): boolean {
	const type = (raw as { type?: unknown } | null)?.type;
	return Array.isArray(type) ? type.includes("Achievement") : type === "Achievement";
}

function nameOf(raw: unknown): string {
	const name = (raw as { name?: unknown } | null)?.name;
	return typeof name === "string" ? ` (${JSON.stringify(name.slice(0, 80))})` : "";
}

function fromAchievement({ creator, tag, inLanguage, ...rest }: z.output<typeof achievement>): BadgeEntry {
	return toEntry(rest, creator, tag, inLanguage);
}

function fromBadgeClass({ issuer, tags, "@language": language, ...rest }: z.output<typeof badgeClass>): BadgeEntry {
	return toEntry(rest, issuer, tags, language);
}

type Common = Omit<z.output<typeof achievement>, "creator" | "tag" | "inLanguage">;

function toEntry(
	raw: Common,
	issuer: z.output<typeof profile> | undefined,
	tags: string[] | undefined,
	language: string | undefined,
): BadgeEntry {
	const request = raw["extensions:request"];
	const dates = raw["extensions:dates"];
	return {
		localId: localIdOfIri(raw.id),
		iri: raw.id,
		name: raw.name,
		description: raw.description,
		image: imageOf(raw.image),
		criteria: { narrative: raw.criteria.narrative ?? null, url: raw.criteria.id ?? null },
		tags: [...new Set((tags ?? []).map((word) => word.trim()).filter((word) => word !== ""))],
		language: language ?? null,
		alignments: (raw.alignment ?? []).map((one) => ({
			targetName: one.targetName,
			targetUrl: one.targetUrl ?? null,
			targetFramework: one.targetFramework ?? null,
			targetCode: one.targetCode ?? null,
			targetDescription: one.targetDescription ?? null,
		})),
		issuer: issuer
			? {
					iri: issuer.id ?? null,
					name: issuer.name,
					description: issuer.description ?? null,
					url: issuer.url ?? null,
					email: issuer.email ?? null,
					image: imageOf(issuer.image),
				}
			: null,
		requirement: raw["extensions:requirement"] ?? null,
		exactMatches: [...new Set(raw["extensions:exactMatches"])],
		request: { open: request?.open ?? false, url: request?.url ?? null },
		status: raw["extensions:status"] ?? "PUBLISHED",
		createdAt: dates ? new Date(dates.created) : null,
		updatedAt: dates?.updated ? new Date(dates.updated) : null,
	};
}

function imageOf(value: z.output<typeof image>): string | null {
	return value == null ? null : typeof value === "string" ? value : value.id;
}

/** The last part of the IRI that names something: of `https://…/badge/_/XYZ.json?v=2.0`, `XYZ`. */
function localIdOfIri(iri: string): string {
	const path = iri.replace(/[?#].*$/, "").replace(/\/+$/, "");
	const last = decodeSafely(path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf(":")) + 1)).replace(/\.(json|jsonld)$/i, "");
	return /^[A-Za-z0-9._~-]{1,200}$/.test(last) ? last : localIdFrom(last);
}

function decodeSafely(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}
