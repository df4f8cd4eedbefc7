import { Arg, Ctx, createUnionType, Field, ID, InputType, Mutation, ObjectType, Resolver } from "type-graphql";
import { BadgeClassStatus } from "./badge-class.parts.ts";
import { BadgeClass } from "./badge-class.ts";
import type { InstituteContext } from "./context.ts";
import { saveBadgeClass, takeTurn } from "./record-change.ts";

/**
 * What the institute itself may change, with its management key. Outside the member contract: other implementations
 * keep their own ways.
 */

@InputType()
export class BadgeClassPatch {
	@Field(() => String, { nullable: true }) name?: string | null;
	@Field(() => String, { nullable: true }) description?: string | null;
	@Field(() => [String], { nullable: true }) tags?: string[] | null;
	@Field(() => BadgeClassStatus, { nullable: true }) status?: BadgeClassStatus | null;
}

@ObjectType({ simpleResolvers: true })
export class BadgeClassUpdated {
	@Field(() => BadgeClass) badgeClass: BadgeClass;
}

/** Why nothing was changed. */
@ObjectType({ simpleResolvers: true })
export class ChangeRefused {
	@Field(() => String) code: "UNAUTHENTICATED" | "UNKNOWN_BADGE_CLASS" | "INVALID_FIELD";
	@Field(() => String, { nullable: true }) field: string | null;
	@Field(() => String) message: string;
}

const UpdateBadgeClassResult = createUnionType({
	name: "UpdateBadgeClassResult",
	types: () => [BadgeClassUpdated, ChangeRefused] as const,
	resolveType: (value) => ("badgeClass" in value ? BadgeClassUpdated : ChangeRefused),
});

const LONGEST = { name: 200, description: 10_000 } as const;

@Resolver()
export class ManagementResolver {
	@Mutation(() => UpdateBadgeClassResult)
	async updateBadgeClass(
		@Arg("id", () => ID) id: string,
		@Arg("changes", () => BadgeClassPatch) changes: BadgeClassPatch,
		@Ctx() context: InstituteContext,
	): Promise<BadgeClassUpdated | ChangeRefused> {
		// The router may sign a mutation of anyone who has a token.
		if (!context.isManager) return refuse("UNAUTHENTICATED", null, "Send the institute's management key: `Authorization: Bearer <key>`.");
		for (const field of ["name", "description"] as const) {
			const text = changes[field];
			if (text != null && (text.trim() === "" || text.length > LONGEST[field]))
				return refuse("INVALID_FIELD", `changes.${field}`, `Must hold 1 to ${LONGEST[field]} characters.`);
		}
		return context.database.transaction(async (manager) => {
			await takeTurn(manager);
			const row = await manager.findOneBy(BadgeClass, { id });
			if (!row) return refuse("UNKNOWN_BADGE_CLASS", "id", `This institute has no badge class ${JSON.stringify(id)}.`);
			const { issuerRow: _issuerRow, ...content } = row;
			const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value != null));
			await saveBadgeClass(manager, { ...content, ...given, updatedAt: new Date() });
			return Object.assign(new BadgeClassUpdated(), { badgeClass: await manager.findOneByOrFail(BadgeClass, { id }) });
		});
	}
}

function refuse(code: ChangeRefused["code"], field: string | null, message: string): ChangeRefused {
	return Object.assign(new ChangeRefused(), { code, field, message });
}
