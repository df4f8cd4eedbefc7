import type { DataSource } from "typeorm";
import { nowInSeconds } from "../../kit/sign-token.ts";
import { announce, takeTurn } from "../directory-service.ts";
import { Member, MemberStatus } from "../member.ts";
import { appendStatements } from "./append.ts";
import type { Authority } from "./authority.ts";
import type { NetworkLog } from "./network-log.ts";
import { signStatement } from "./sign-statement.ts";

export type StatusRefusal = { ok: false; code: "UNKNOWN_MEMBER" | "ALREADY_SO" | "HAS_LEFT"; field: string; message: string; mend: string };

/** Suspends a member, or admits a suspended one again, with the hub's statement that says why. */
export async function changeStatus(
	database: DataSource,
	authority: Authority,
	log: NetworkLog,
	slug: string,
	to: MemberStatus.ADMITTED | MemberStatus.SUSPENDED,
	reason: string,
): Promise<{ ok: true; member: Member } | StatusRefusal> {
	const refuse = (code: StatusRefusal["code"], message: string, mend: string): StatusRefusal => ({
		ok: false,
		code,
		field: "slug",
		message,
		mend,
	});
	return database.transaction(async (manager) => {
		await takeTurn(manager);
		const member = await manager.findOneBy(Member, { slug });
		if (!member) return refuse("UNKNOWN_MEMBER", `the network has no member ${JSON.stringify(slug)}`, "give the slug of a member");
		if (member.status === MemberStatus.LEFT) return refuse("HAS_LEFT", `${slug} has left the network`, "admit it with npm run admit");
		if (member.status === to) return refuse("ALREADY_SO", `${slug} is ${to.toLowerCase()} already`, "nothing needs to be done");
		await manager.update(Member, { slug }, { status: to });
		authority.follow(await log.current(manager));
		const { network, keys } = authority;
		const status = to === MemberStatus.ADMITTED ? "admitted" : "suspended";
		const claims = {
			iss: network,
			aud: network,
			sub: slug,
			status,
			name: member.name,
			departements: member.departementCodes,
			since: nowInSeconds(),
			reason,
		};
		await appendStatements(manager, authority, [await signStatement(keys, "MEMBERSHIP", claims)]);
		await announce(manager);
		return { ok: true as const, member: Object.assign(member, { status: to }) };
	});
}
