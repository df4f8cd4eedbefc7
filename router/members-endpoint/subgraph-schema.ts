import { buildASTSchema, type ConstDirectiveNode, type DocumentNode, extendSchema, type GraphQLSchema, Kind, parse } from "graphql";

/** The contract as a Federation 2 subgraph answers it: with `_service` and `_entities`. */
export function subgraphSchema(contract: DocumentNode): GraphQLSchema {
	const entities = entityTypes(contract);
	// A contract uses federation's directives without defining them: composition does, and nothing here needs them.
	return extendSchema(buildASTSchema(contract, { assumeValidSDL: true }), parse(federationFields(entities), { noLocation: true }), {
		assumeValidSDL: true,
	});
}

/** Names of the types that can be asked for by a representation. */
export function entityTypes(contract: DocumentNode): string[] {
	const names = contract.definitions.flatMap((definition) =>
		(definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.OBJECT_TYPE_EXTENSION) &&
		definition.directives?.some(isResolvableKey)
			? [definition.name.value]
			: [],
	);
	return [...new Set(names)];
}

function isResolvableKey({ name, arguments: given }: ConstDirectiveNode): boolean {
	if (name.value !== "key") return false;
	const resolvable = given?.find((argument) => argument.name.value === "resolvable")?.value;
	return resolvable?.kind !== Kind.BOOLEAN || resolvable.value;
}

/** Apollo Federation, "Subgraph schema specification": what every subgraph adds to its own schema. */
function federationFields(entities: readonly string[]): string {
	const service = "type _Service { sdl: String! } extend type Query { _service: _Service! }";
	if (entities.length === 0) return service;
	return `${service} scalar _Any union _Entity = ${entities.join(" | ")} extend type Query { _entities(representations: [_Any!]!): [_Entity]! }`;
}
