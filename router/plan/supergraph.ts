import { QueryPlanner } from "@graphql-hive/router-query-planner";
import { type DocumentNode, type GraphQLSchema, Kind, parse } from "graphql";
import { clientSchema } from "../../schema/client-schema.ts";
import { type Horizontal, readHorizontal } from "../../schema/horizontal.ts";
import { type Requirements, readRequirements } from "../identity/requirements.ts";

/** A composed supergraph, made ready: what clients see, how rows are spread over members, and the planner. */
export interface Supergraph {
	planner: QueryPlanner;
	/** What clients see. */
	schema: GraphQLSchema;
	horizontal: Horizontal;
	/** Names of the fields that keys of entities are made of. Undefined where nothing is planned: aliases are then nobody's trouble. */
	keyNames: ReadonlySet<string> | undefined;
	/** Who may ask for what; undefined where whoever asks answers for that. */
	requirements: Requirements | undefined;
	/** Names of the subgraphs. */
	services: readonly string[];
}

/** Reads a supergraph. Throws when it is not one. */
export function readSupergraph(sdl: string): Supergraph {
	const document = parse(sdl, { noLocation: true });
	const planner = new QueryPlanner(sdl);
	const schema = clientSchema(planner.consumerSchema);
	return {
		planner,
		schema,
		horizontal: readHorizontal(document),
		keyNames: readKeyNames(document),
		requirements: readRequirements(document, schema),
		services: readServices(document),
	};
}

function readServices(document: DocumentNode): string[] {
	const graphs = document.definitions.find(
		(definition) => definition.kind === Kind.ENUM_TYPE_DEFINITION && definition.name.value === "join__Graph",
	);
	if (graphs?.kind !== Kind.ENUM_TYPE_DEFINITION) throw new Error("Not a supergraph: it has no enum join__Graph");
	return (graphs.values ?? []).map((value) => {
		const name = value.directives
			?.find((directive) => directive.name.value === "join__graph")
			?.arguments?.find((argument) => argument.name.value === "name")?.value;
		return name?.kind === Kind.STRING ? name.value : value.name.value.toLowerCase();
	});
}

function readKeyNames(document: DocumentNode): ReadonlySet<string> {
	const names = new Set<string>();
	for (const definition of document.definitions) {
		if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
		for (const directive of definition.directives ?? []) {
			if (directive.name.value !== "join__type") continue;
			const key = directive.arguments?.find((argument) => argument.name.value === "key")?.value;
			if (key?.kind === Kind.STRING) for (const [name] of key.value.matchAll(/\w+/g)) names.add(name);
		}
	}
	return names;
}
