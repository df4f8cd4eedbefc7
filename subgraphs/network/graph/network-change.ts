import { GraphQLDateTime } from "graphql-scalars";
import { Field, Int, ObjectType } from "type-graphql";
import type { EntityManager } from "typeorm";

@ObjectType({
	simpleResolvers: true,
	description: "The state of the network: it changes with each admission, suspension, recognition, revocation or key.",
})
export class NetworkChange {
	@Field(() => String, { description: "Changes with each change of the register." })
	version: string;

	@Field(() => Int, { description: "The last entry of the log of statements; 0 for an empty one." })
	sequence: number;

	@Field(() => GraphQLDateTime, { description: "When this was read." })
	at: Date;
}

export async function readNetworkChange(manager: EntityManager): Promise<NetworkChange> {
	const [row] = (await manager.query(
		`SELECT "version", (SELECT coalesce(max("sequence"), 0) FROM "statement") AS "sequence" FROM "register_version"`,
	)) as [{ version: string; sequence: number }];
	return Object.assign(new NetworkChange(), { version: row.version, sequence: row.sequence, at: new Date() });
}
