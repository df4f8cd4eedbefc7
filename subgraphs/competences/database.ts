import type { DataSource } from "typeorm";
import { openDatabase } from "../kit/database.ts";
import type { DatabaseAddress } from "../kit/database-address.ts";
import { Badge, BadgeCompetency, BadgeJob, HarvestedMember } from "./aligned-badge.ts";
import { Competency } from "./competency.ts";
import { Mapping, MappingEvent } from "./curation/mapping.ts";
import { Domain } from "./domain.ts";
import { Job, JobCompetency, NearJob } from "./job.ts";
import { Competences1767225600001 } from "./migrations/0001-competences.ts";
import { Referentials1767225600002 } from "./migrations/0002-referentials.ts";
import { Activity, Agreement, Opco } from "./opco/opco.ts";
import { Referential } from "./referential.ts";

/** Opens the referential and the alignments, and brings their tables up to date. */
export function openCompetencesDatabase(address: DatabaseAddress, poolSize = 6): Promise<DataSource> {
	return openDatabase({
		address,
		schema: "competences",
		entities: [
			Referential,
			Domain,
			Opco,
			Agreement,
			Activity,
			Job,
			JobCompetency,
			NearJob,
			Competency,
			HarvestedMember,
			Badge,
			BadgeJob,
			BadgeCompetency,
			Mapping,
			MappingEvent,
		],
		migrations: [Competences1767225600001, Referentials1767225600002],
		poolSize,
	});
}
