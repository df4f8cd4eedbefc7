import type { DataSource } from "typeorm";
import { openDatabase } from "../kit/database.ts";
import type { DatabaseAddress } from "../kit/database-address.ts";
import { Badge, BadgeCompetency, BadgeJob, HarvestedMember } from "./aligned-badge.ts";
import { Competency } from "./competency.ts";
import { Job, JobCompetency } from "./job.ts";
import { Competences1767225600001 } from "./migrations/0001-competences.ts";
import { Referential } from "./referential.ts";

/** Opens the referential and the alignments, and brings their tables up to date. */
export function openCompetencesDatabase(address: DatabaseAddress, poolSize = 6): Promise<DataSource> {
	return openDatabase({
		address,
		schema: "competences",
		entities: [Referential, Job, JobCompetency, Competency, HarvestedMember, Badge, BadgeJob, BadgeCompetency],
		migrations: [Competences1767225600001],
		poolSize,
	});
}
