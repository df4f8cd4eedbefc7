import { DataSource, type EntityManager } from "typeorm";
import type { DatabaseAddress } from "../kit/database-address.ts";
import { Collective } from "./collective.ts";
import { openNetworkDatabase } from "./database.ts";
import { admitMember, moveMember, saveCollective } from "./directory-service.ts";
import { Member, MemberStatus } from "./member.ts";
import { recordRecognition, wasRecognised } from "./recognition-service.ts";
import type { Region } from "./region.ts";
import { type RegionSigning, signRegion } from "./trust/sign-region.ts";

/**
 * Brings a region into the register, in one transaction. Members whose endpoint is known are admitted; those already
 * there only move to it. What an operator changed since stays changed: a member that was suspended or removed is not
 * admitted again, a recognition that was revoked is not recorded again. With the keys at hand, everything is signed (`trust/sign-region.ts`).
 */
export async function seedRegion(
	database: DataSource | DatabaseAddress,
	region: Region,
	endpoints: ReadonlyMap<string, string>,
	signing?: RegionSigning,
): Promise<void> {
	const whole = async (manager: EntityManager) => {
		await seed(manager, region, endpoints);
		if (signing) await signRegion(manager, region, signing);
	};
	if (database instanceof DataSource) return database.transaction(whole);
	const source = await openNetworkDatabase(database, 1);
	try {
		await source.transaction(whole);
	} finally {
		await source.destroy();
	}
}

async function seed(manager: EntityManager, region: Region, endpoints: ReadonlyMap<string, string>): Promise<void> {
	for (const collective of region.collectives)
		if (!(await manager.existsBy(Collective, { id: collective.id }))) await saveCollective(manager, collective);
	const known = new Map((await manager.find(Member)).map((member) => [member.slug, member]));
	const admitted = new Set([...known.values()].filter(({ status }) => status === MemberStatus.ADMITTED).map(({ slug }) => slug));
	for (const member of region.members) {
		const endpoint = endpoints.get(member.slug);
		if (endpoint === undefined) continue;
		if (known.has(member.slug)) await moveMember(manager, member.slug, endpoint);
		else {
			await admitMember(manager, { ...member, endpoint, admittedAt: new Date(member.admittedAt) });
			admitted.add(member.slug);
		}
	}
	for (const { by, subject, since, reason } of region.recognitions) {
		const between = [by, subject.split(":")[0] as string];
		if (!between.every((slug) => admitted.has(slug)) || (await wasRecognised(manager, by, subject))) continue;
		await recordRecognition(manager, { by, subject, reason, since: new Date(since) });
	}
}
