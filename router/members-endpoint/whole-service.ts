import { type DocumentNode, type GraphQLSchema, Kind, type OperationDefinitionNode, parse } from "graphql";
import type { Horizontal } from "../../schema/horizontal.ts";
import { type CollectedField, collectFields, type Fragments, fragmentsOf, subSelections } from "../execute/collect-fields.ts";
import type { PreparedFetch, Service } from "../execute/execution.ts";
import type { JsonObject } from "../execute/json.ts";
import { pickVariables } from "../execute/pick-variables.ts";
import type { Members } from "../horizontal/member.ts";
import { membersService } from "../horizontal/members-service.ts";
import { prepareEntityFields } from "./entity-fields.ts";
import { mergedNode, readRoots, withRoots } from "./own-fields.ts";
import { entityTypes } from "./subgraph-schema.ts";

export interface WholeServiceOptions {
	contractSdl: string;
	contract: DocumentNode;
	schema: GraphQLSchema;
	horizontal: Horizontal;
	members: Members;
}

/**
 * Everything that a Federation 2 subgraph answers, for the logical subgraph `members`: its own SDL, entities, and root
 * fields, in any mixture. The members are asked by {@link membersService}.
 */
export function wholeService({ contractSdl, contract, schema, horizontal, members }: WholeServiceOptions): Service {
	const service = membersService(schema, horizontal, members);
	const entities = new Set(entityTypes(contract));
	return {
		prepare(operation) {
			const { definition, fragments } = read(operation);
			const root = readRoots(definition, fragments, schema);
			const kinds = {
				sdl: [] as CollectedField[],
				entities: [] as CollectedField[],
				unspread: [] as CollectedField[],
				members: [] as CollectedField[],
			};
			for (const field of root.fields) kinds[kindOf(field)].push(field);
			const parts: PreparedFetch[] = [
				...kinds.sdl.map((field) => sdlField(field, fragments)),
				...kinds.unspread.map(refuse),
				...(kinds.entities.length > 0 ? [prepareEntityFields(kinds.entities, root, schema, entities, service)] : []),
			];
			if (kinds.members.length > 0) {
				const { text, variables } = withRoots(root, kinds.members.map(mergedNode));
				const fetch = service.prepare(text);
				parts.push((given, execution) => fetch(pickVariables(variables, given), execution));
			}
			return async (variables, execution) => {
				const answers = await Promise.all(parts.map((part) => part(variables, execution)));
				return {
					data: Object.assign({}, ...answers.map(({ data }) => data)) as JsonObject,
					errors: answers.flatMap(({ errors }) => errors),
				};
			};

			function kindOf({ name }: CollectedField): keyof typeof kinds {
				if (name === "_service") return "sdl";
				if (name === "_entities") return "entities";
				const rootType = schema.getRootType(definition.operation)?.name;
				return name === "__typename" || horizontal.roots.has(`${rootType}.${name}`) ? "members" : "unspread";
			}
		},
		subscribe(operation, variables, execution) {
			const { definition, fragments } = read(operation);
			const root = readRoots(definition, fragments, schema);
			return service.subscribe(withRoots(root, root.fields.map(mergedNode)).text, variables, execution);
		},
	};

	function sdlField(field: CollectedField, fragments: Fragments): PreparedFetch {
		const type = schema.getType("_Service");
		const keys = collectFields(schema, type as never, subSelections(field.nodes), fragments).map(({ key }) => key);
		return async () => ({ data: { [field.key]: Object.fromEntries(keys.map((key) => [key, contractSdl])) }, errors: [] });
	}
}

/** A field that the contract does not spread, such as `changes`, has no meaning over all members. */
function refuse({ key, name }: CollectedField): PreparedFetch {
	return async () => ({
		data: { [key]: null },
		errors: [
			{
				message: `${name} is read directly from each member, not from all of them.`,
				path: [key],
				extensions: { code: "BAD_USER_INPUT", field: name },
			},
		],
	});
}

function read(text: string): { definition: OperationDefinitionNode; fragments: Fragments } {
	const document = parse(text, { noLocation: true });
	const definition = document.definitions.find((one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION);
	if (!definition) throw new Error("An operation without a definition");
	return { definition, fragments: fragmentsOf(document) };
}
