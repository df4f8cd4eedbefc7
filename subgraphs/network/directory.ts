import { createHash } from "node:crypto";
import { Directive, Field, ID, ObjectType } from "type-graphql";
import type { DataSource } from "typeorm";
import { Membership } from "./collective.ts";
import { Member, MemberStatus } from "./member.ts";

@Directive("@inaccessible")
@ObjectType({ simpleResolvers: true })
export class DirectoryEntry {
	@Field(() => ID)
	slug: string;

	@Field(() => String)
	name: string;

	@Field(() => String)
	endpoint: string;

	@Field(() => [String])
	departements: string[];

	@Field(() => [ID])
	collectives: string[];

	@Field(() => Boolean, { description: "Whether it answers reads only when the router has signed them." })
	signedReads: boolean;
}

/** Who is admitted, and where they answer. Its version is a digest: replicas agree on it, and it changes with the content only. */
@Directive("@inaccessible")
@ObjectType({ simpleResolvers: true })
export class Directory {
	@Field(() => String)
	version: string;

	@Field(() => [DirectoryEntry])
	entries: DirectoryEntry[];
}

/** The directory as it is now, by slug. */
export async function readDirectory(database: DataSource): Promise<Directory> {
	const entries = await database.transaction("REPEATABLE READ", async (manager) => {
		const members = await manager.find(Member, { where: { status: MemberStatus.ADMITTED } });
		const memberships = await manager.find(Membership, { order: { collectiveId: "ASC" } });
		return members
			.sort((left, right) => (left.slug < right.slug ? -1 : 1))
			.map(({ slug, name, endpoint, departementCodes, signedReads }) =>
				Object.assign(new DirectoryEntry(), {
					slug,
					name,
					endpoint,
					departements: departementCodes,
					collectives: memberships.filter(({ memberSlug }) => memberSlug === slug).map(({ collectiveId }) => collectiveId),
					signedReads,
				}),
			);
	});
	return Object.assign(new Directory(), {
		version: createHash("sha256").update(JSON.stringify(entries)).digest("hex").slice(0, 16),
		entries,
	});
}
