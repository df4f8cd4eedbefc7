import { buildASTSchema, type DefinitionNode, type GraphQLSchema, Kind, parse } from "graphql";

/** Definitions of the machinery, which are not part of what clients see. */
const MACHINERY = /^(__|join__|link__|core__)|^(GatherMerge|gather|owned|route|link)$/;

/** What the router adds to the composed schema. */
const ROUTER_DIRECTIVES = `
"""
How much of the network an answer must hold. \`PARTIAL\`, the default: members that do not answer are named in
\`extensions.completeness.missing\`. \`STRICT\`: they make the whole request an error.
"""
directive @completeness(policy: CompletenessPolicy!) on QUERY | SUBSCRIPTION
enum CompletenessPolicy { PARTIAL STRICT }
`;

/**
 * The schema that clients see, from the planner's view of a supergraph (its `consumerSchema`), which holds
 * introspection and the machinery of composition as if they were types of ours.
 */
export function clientSchema(consumerSdl: string): GraphQLSchema {
	const composed = parse(consumerSdl, { noLocation: true }).definitions.flatMap(clientDefinition);
	return buildASTSchema(
		{ kind: Kind.DOCUMENT, definitions: [...composed, ...parse(ROUTER_DIRECTIVES, { noLocation: true }).definitions] },
		{ assumeValidSDL: true },
	);
}

function clientDefinition(definition: DefinitionNode): DefinitionNode[] {
	if ("name" in definition && definition.name && MACHINERY.test(definition.name.value)) return [];
	if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION)
		return ["directives" in definition ? ({ ...definition, directives: keepKnown(definition.directives) } as DefinitionNode) : definition];
	const fields = definition.fields
		?.filter((field) => !field.name.value.startsWith("__"))
		.map((field) => ({ ...field, directives: keepKnown(field.directives) }));
	return [{ ...definition, directives: keepKnown(definition.directives), fields }];
}

function keepKnown<Directive extends { name: { value: string } }>(directives: readonly Directive[] | undefined): Directive[] {
	return (directives ?? []).filter(({ name }) => !MACHINERY.test(name.value));
}
