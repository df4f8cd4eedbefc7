import { buildSubgraphSchema, printSubgraphSchema } from "@apollo/subgraph";
import { printSchemaWithDirectives } from "@graphql-tools/utils";
import { createPubSub } from "@graphql-yoga/subscription";
import {
	type GraphQLDirective,
	type GraphQLResolveInfo,
	type GraphQLSchema,
	isInputObjectType,
	isInterfaceType,
	isObjectType,
	lexicographicSortSchema,
	parse,
	specifiedDirectives,
} from "graphql";
import { buildSchema, createResolversMap, type NonEmptyArray } from "type-graphql";

/** Resolves a representation, as the router sends it, to the row it stands for; null when there is none. */
type ReferenceResolver<Context> = (representation: Record<string, unknown>, context: Context, info: GraphQLResolveInfo) => unknown;

export interface FederatedSchemaOptions<Context> {
	// biome-ignore lint/complexity/noBannedTypes: type-graphql takes resolver classes as plain functions.
	resolvers: NonEmptyArray<Function>;
	references: Record<string, ReferenceResolver<Context>>;
	/** Entities that no field of this subgraph returns: only references of the router reach them. */
	// biome-ignore lint/complexity/noBannedTypes: type-graphql takes object types as plain functions.
	entities?: Function[];
	/** The `extend schema @link(…)` header of this subgraph. */
	header: string;
	/** Definitions of the directives that the header imports and the classes use. */
	directives?: readonly GraphQLDirective[];
}

/**
 * Builds a Federation 2 subgraph schema from type-graphql classes. Never reads the database: it also runs when the
 * schema is printed.
 *
 * The way through SDL loses what SDL cannot say; {@link carryOver} brings it back.
 */
export async function federatedSchema<Context>({
	resolvers,
	references,
	entities = [],
	header,
	directives = [],
}: FederatedSchemaOptions<Context>): Promise<GraphQLSchema> {
	// type-graphql wants a bus even where each subscription brings its own stream, as ours do.
	const classes = await buildSchema({
		resolvers,
		orphanedTypes: entities,
		pubSub: createPubSub(),
		skipCheck: true,
		validate: false,
		directives: [...specifiedDirectives, ...directives],
	});
	// Sorted: type-graphql prints arguments in the reverse of their declaration.
	const typeDefs = parse(`${header}\n${printSchemaWithDirectives(lexicographicSortSchema(classes))}`);
	// type-graphql's resolver map and Apollo's do not agree on the context's type (MichalLytek/type-graphql#1768).
	const map = createResolversMap(classes) as Record<string, Record<string, unknown>>;
	for (const [type, resolve] of Object.entries(references)) (map[type] ??= {}).__resolveReference = resolve;
	return carryOver(classes, buildSubgraphSchema([{ typeDefs, resolvers: map as never }]));
}

export { printSubgraphSchema };

/** Restores extensions and the internal values of enum defaults (apollographql/federation#363). */
function carryOver(from: GraphQLSchema, to: GraphQLSchema): GraphQLSchema {
	for (const [name, source] of Object.entries(from.getTypeMap())) {
		const target = to.getType(name);
		if (!target || name.startsWith("__")) continue;
		Object.assign(target, { extensions: { ...target.extensions, ...source.extensions } });
		if ((isObjectType(source) || isInterfaceType(source)) && (isObjectType(target) || isInterfaceType(target))) {
			const fields = target.getFields();
			for (const [fieldName, field] of Object.entries(source.getFields())) {
				const copy = fields[fieldName];
				if (!copy) continue;
				Object.assign(copy, { extensions: { ...copy.extensions, ...field.extensions } });
				for (const argument of field.args) {
					const twin = copy.args.find(({ name: twinName }) => twinName === argument.name);
					if (twin) Object.assign(twin, { extensions: argument.extensions, defaultValue: argument.defaultValue });
				}
			}
		} else if (isInputObjectType(source) && isInputObjectType(target)) {
			const fields = target.getFields();
			for (const [fieldName, field] of Object.entries(source.getFields())) {
				const copy = fields[fieldName];
				if (copy) Object.assign(copy, { extensions: { ...copy.extensions, ...field.extensions }, defaultValue: field.defaultValue });
			}
		}
	}
	return to;
}
