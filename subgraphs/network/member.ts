import { GraphQLDateTime } from "graphql-scalars";
import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";
import { INSTANT } from "./instant.ts";

export enum MemberStatus {
	ADMITTED = "ADMITTED",
	SUSPENDED = "SUSPENDED",
	LEFT = "LEFT",
}
registerEnumType(MemberStatus, { name: "MemberStatus" });

/** An institute of the network's register. Its collectives, départements and recognitions are resolved. */
@Entity()
@ObjectType({
	simpleResolvers: true,
	description: "An institute as the network admitted it: what is said here does not depend on the institute answering.",
})
export class Member {
	@PrimaryColumn({ type: "text" })
	@Field(() => ID)
	slug: string;

	@Column({ type: "text" })
	@Field(() => String, { description: "The name under which the network admitted it." })
	name: string;

	@Column({ type: "text" })
	@Field(() => MemberStatus)
	status: MemberStatus;

	/** Address of its GraphQL endpoint: for the router and the harvesters alone, see `directory.ts`. */
	@Column({ type: "text" })
	endpoint: string;

	/** INSEE codes, in the order given at admission. */
	@Column({ type: "text", array: true })
	departementCodes: string[];

	/** Whether it answers reads only when the router has signed them: found out at admission. */
	@Column({ type: "boolean" })
	signedReads: boolean;

	/** When an operator asked that its key be read anew, because it was lost or compromised. */
	@Column({ type: "timestamp with time zone", precision: 3, nullable: true, transformer: INSTANT })
	keyWantedAt: Date | null;

	@Column({ type: "timestamp with time zone", precision: 3, transformer: INSTANT })
	@Field(() => GraphQLDateTime)
	admittedAt: Date;

	@Column({ type: "boolean" })
	@Field(() => Boolean, { description: "Invented for the demonstration." })
	demonstration: boolean;

	/** Place in lists by name, compared by code point. */
	@Column({ type: "text", collation: "C" })
	nameCursor: string;
}
