import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from "type-graphql";
import { IsNull } from "typeorm";
import type { CompetencesContext } from "./context.ts";
import { Domain } from "./domain.ts";

@Resolver(() => Domain)
export class DomainResolver {
	@Query(() => [Domain], { description: "The large domains of ROME, `A` to `N`; those within each are its `domains`." })
	domains(@Ctx() { database }: CompetencesContext) {
		return database.manager.find(Domain, { where: { parentCode: IsNull() }, order: { code: "ASC" } });
	}

	@Query(() => Domain, { nullable: true })
	domain(@Arg("code", () => ID) code: string, @Ctx() { domains }: CompetencesContext) {
		return domains.load(code.trim().toUpperCase());
	}

	@FieldResolver(() => Domain, { nullable: true, description: "The large domain around it." })
	parent(@Root() { parentCode }: Domain, @Ctx() { domains }: CompetencesContext) {
		return parentCode === null ? null : domains.load(parentCode);
	}

	@FieldResolver(() => [Domain], { name: "domains", description: "Those within it, by code." })
	within(@Root() { code }: Domain, @Ctx() { domainsIn }: CompetencesContext) {
		return domainsIn.load(code);
	}

	@FieldResolver(() => Int)
	jobCount(@Root() { code }: Domain, @Ctx() { jobCountOfDomain }: CompetencesContext) {
		return jobCountOfDomain.load(code);
	}
}
