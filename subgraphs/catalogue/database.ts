import type { DataSource } from "typeorm";
import { openDatabase } from "../kit/database.ts";
import type { DatabaseAddress } from "../kit/database-address.ts";
import { BadgeHit } from "./badge-hit.ts";
import { CollectiveName, Harvest, Refusal } from "./harvest.ts";
import { Catalogue1767225600001 } from "./migrations/0001-catalogue.ts";
import { StandIn1767225600002 } from "./migrations/0002-stand-in.ts";
import { Search1767225600003 } from "./migrations/0003-search.ts";
import { Rules1767225600004 } from "./migrations/0004-rules.ts";
import { DrawnPathways1767225600005 } from "./migrations/0005-drawn-pathways.ts";
import { WordForms1767225600006 } from "./migrations/0006-word-forms.ts";
import { DrawnPathway, DrawnPathwayEvent, DrawnStep } from "./pathways/drawn/drawn-pathway.ts";
import { Requirement } from "./required-badge.ts";

/** Opens the catalogue's snapshot and brings its tables up to date. */
export function openCatalogueDatabase(
	address: DatabaseAddress,
	{ poolSize = 8, deadline }: { poolSize?: number; deadline?: number } = {},
): Promise<DataSource> {
	return openDatabase({
		address,
		schema: "catalogue",
		entities: [BadgeHit, Harvest, Refusal, CollectiveName, Requirement, DrawnPathway, DrawnStep, DrawnPathwayEvent],
		migrations: [
			Catalogue1767225600001,
			StandIn1767225600002,
			Search1767225600003,
			Rules1767225600004,
			DrawnPathways1767225600005,
			WordForms1767225600006,
		],
		poolSize,
		deadline,
	});
}
