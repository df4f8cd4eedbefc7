import { Arg, Args, Ctx, Query, Resolver } from "type-graphql";
import type { DataSource } from "typeorm";
import { z } from "zod";
import { isGlobalId } from "../../../../schema/global-id.ts";
import { describeIssue } from "../../../kit/config.ts";
import { badInput } from "../../../kit/errors.ts";
import type { CatalogueContext } from "../../context.ts";
import { readClr, writeClr } from "./clr.ts";
import { readCtdl, writeCtdl } from "./ctdl.ts";
import { DocumentArguments, PathwayDocument, PathwayFormat, PathwayLoss, ReadPathway } from "./exchange.ts";
import { readMilestone, writeMilestone } from "./factory-milestone.ts";
import { type ForeignRule, irisIn, toFileRule } from "./foreign-rule.ts";
import { readPathway, type SharedPathway, type Written } from "./pathway.ts";

interface Format {
	mediaType: string;
	write(pathway: SharedPathway, base: string): Written;
	read(document: unknown): ForeignRule;
}

const FORMATS: Record<PathwayFormat, Format> = {
	[PathwayFormat.CTDL]: { mediaType: "application/ld+json", write: writeCtdl, read: readCtdl },
	[PathwayFormat.CLR]: { mediaType: "application/ld+json", write: writeClr, read: readClr },
	[PathwayFormat.OPEN_BADGE_FACTORY]: { mediaType: "application/json", write: writeMilestone, read: readMilestone },
};

/** Characters of a document that is read. */
const LONGEST = 500_000;

@Resolver()
export class ExchangeResolver {
	@Query(() => PathwayDocument, {
		nullable: true,
		description: "A metabadge for other systems; null when the catalogue does not know it, or when it is no metabadge.",
	})
	async pathwayDocument(
		@Args(() => DocumentArguments) { badgeClassId, format, base }: DocumentArguments,
		@Ctx() { database }: CatalogueContext,
	): Promise<PathwayDocument | null> {
		if (!URL.canParse(base) || !/^https?:$/.test(new URL(base).protocol)) throw badInput("base", "must be an http(s) address");
		const pathway = isGlobalId(badgeClassId) ? await readPathway(database, badgeClassId) : undefined;
		if (!pathway?.rules.has(badgeClassId)) return null;
		const { mediaType, write } = FORMATS[format];
		const { document, lost } = write(pathway, base.replace(/\/+$/, ""));
		return Object.assign(new PathwayDocument(), {
			mediaType,
			document: JSON.stringify(document, null, 2),
			lost: lost.map((one) => PathwayLoss[one]),
		});
	}

	@Query(() => ReadPathway, {
		description:
			"Reads a document of another system as the rule of a metabadge, for the badge file of its institute. Nothing of it is kept.",
	})
	async readPathwayDocument(
		@Arg("format", () => PathwayFormat) format: PathwayFormat,
		@Arg("document", () => String) document: string,
		@Ctx() { database }: CatalogueContext,
	): Promise<ReadPathway> {
		const answer = (fields: Partial<ReadPathway>) =>
			Object.assign(new ReadPathway(), { goalIri: null, goalId: null, requirement: null, unknownBadges: [], problem: null }, fields);
		if (document.length > LONGEST) return answer({ problem: `the document has more than ${LONGEST} characters` });
		const read = readForeign(FORMATS[format], document);
		if (typeof read === "string") return answer({ problem: read });
		const ids = await idsByIri(database, [read.goal, ...irisIn(read.rule)]);
		const { rule, unknown } = toFileRule(read.rule, ids);
		return answer({
			goalIri: read.goal,
			goalId: ids.get(read.goal) ?? null,
			requirement: rule ? JSON.stringify(rule, null, 2) : null,
			unknownBadges: unknown,
		});
	}
}

/** What is wrong with it instead, when it cannot be read. */
function readForeign({ read }: Format, document: string): ForeignRule | string {
	let json: unknown;
	try {
		json = JSON.parse(document);
	} catch (error) {
		return `the document is not JSON: ${(error as Error).message.slice(0, 200)}`;
	}
	try {
		return read(json);
	} catch (error) {
		if (error instanceof z.ZodError) return error.issues.slice(0, 5).map(describeIssue).join("; ");
		if (error instanceof Error) return error.message.slice(0, 500);
		throw error;
	}
}

/** Badges by their IRI, or by an id of ours that stands where an IRI would. */
async function idsByIri(database: DataSource, iris: readonly string[]): Promise<Map<string, string>> {
	const clean = iris.filter((iri) => !iri.includes("\u0000")).slice(0, 2000);
	const rows: { id: string; iri: string }[] = await database.query(
		`SELECT "id", "iri" FROM "badge" WHERE "iri" = ANY ($1) OR "id" = ANY ($1)`,
		[clean],
	);
	return new Map(rows.flatMap(({ id, iri }) => [[iri, id] as const, [id, id] as const]));
}
