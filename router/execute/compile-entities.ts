import type { EntityBatchAlias } from "@graphql-hive/router-query-planner";
import type { GraphQLSchema } from "graphql";
import type { Path } from "../errors.ts";
import type { Step } from "./compile-plan.ts";
import type { Execution, Service, SubgraphError } from "./execution.ts";
import type { Json, JsonObject } from "./json.ts";
import { mergeInto } from "./merge.ts";
import { pickVariables } from "./pick-variables.ts";
import { compileRepresentation, type Represent } from "./represent.ts";
import { Representations } from "./representations.ts";
import { toResponseError } from "./response-error.ts";
import { compileRewrites, type Rewrite } from "./rewrite.ts";
import { compilePath, type PathWalker } from "./walk.ts";

export interface EntityFetch {
	serviceName: string;
	operation: string;
	variableUsages?: string[];
	aliases: readonly EntityBatchAlias[];
}

interface Alias {
	alias: string;
	variable: string;
	walkers: PathWalker[];
	represent: Represent;
	rewriteOutput: Rewrite | undefined;
}

/** The objects of one alias, and which representation stands for each (-1: none, a required field was missing). */
interface Placed {
	alias: Alias;
	objects: JsonObject[];
	places: number[];
}

/** Compiles a fetch of entities: collects objects, asks for each distinct one once, merges what comes back into all. */
export function compileEntityFetch(fetchNode: EntityFetch, schema: GraphQLSchema, service: Service): Step {
	const { serviceName, variableUsages } = fetchNode;
	const aliases = fetchNode.aliases.map(
		(alias): Alias => ({
			alias: alias.alias,
			variable: alias.representationsVariableName,
			walkers: alias.paths.map((path) => compilePath(path, schema)),
			represent: compileRepresentation(alias.requires, schema, compileRewrites(alias.inputRewrites, schema)),
			rewriteOutput: compileRewrites(alias.outputRewrites, schema),
		}),
	);
	const fetch = service.prepare(fetchNode.operation, aliases);
	return (execution) => {
		if (execution.data === null) return undefined;
		const variables = pickVariables(variableUsages, execution.variables);
		const placed = collectRepresentations(aliases, execution.data, variables);
		if (placed === undefined) return undefined;
		return fetch(variables, execution).then(({ data, errors }) => {
			if (data) for (const one of placed) mergeEntities(one, data[one.alias.alias]);
			if (errors.length > 0) placeErrors(errors, placed, serviceName, execution);
		});
	};
}

/** Fills `variables` with representations; undefined when there are none. */
function collectRepresentations(aliases: readonly Alias[], data: JsonObject, variables: Record<string, unknown>): Placed[] | undefined {
	let any = false;
	const placed = aliases.map((alias): Placed => {
		const asked = (variables[alias.variable] ??= new Representations()) as Representations;
		const objects: JsonObject[] = [];
		for (const walker of alias.walkers) walker.collect(data, objects);
		const places = new Array<number>(objects.length);
		for (let index = 0; index < objects.length; index += 1) places[index] = alias.represent(objects[index] as JsonObject, asked);
		any ||= asked.length > 0;
		return { alias, objects, places };
	});
	return any ? placed : undefined;
}

function mergeEntities({ alias, objects, places }: Placed, entities: Json | undefined): void {
	if (!Array.isArray(entities)) return;
	alias.rewriteOutput?.(entities);
	const used = entities.length < objects.length ? new Set<number>() : undefined;
	for (let index = 0; index < objects.length; index += 1) {
		const position = places[index] as number;
		const entity = position < 0 ? null : entities[position];
		if (entity === null || typeof entity !== "object" || Array.isArray(entity)) continue;
		// An object that stands in several places is completed in each by its own copy.
		mergeInto(objects[index] as JsonObject, used?.has(position) ? structuredClone(entity as JsonObject) : (entity as JsonObject));
		used?.add(position);
	}
}

/** An error about one entity is an error at every place where it stands; one about the fetch is an error at each of its places. */
function placeErrors(errors: readonly SubgraphError[], placed: readonly Placed[], service: string, execution: Execution): void {
	const paths = new Map<Placed, Map<JsonObject, Path[]>>();
	for (const error of errors) {
		const [first, position, ...rest] = error.path ?? [];
		const concerned = placed.filter(({ alias }) => first === undefined || alias.alias === first);
		for (const one of concerned.length > 0 ? concerned : placed) {
			const located = paths.get(one) ?? locateObjects(one, execution.data as JsonObject);
			paths.set(one, located);
			one.objects.forEach((object, index) => {
				if (typeof position === "number" ? one.places[index] !== position : (one.places[index] as number) < 0) return;
				for (const path of located.get(object) ?? []) execution.errors.push(toResponseError(error, service, [...path, ...rest]));
			});
		}
	}
}

function locateObjects({ alias }: Placed, data: JsonObject): Map<JsonObject, Path[]> {
	const located = new Map<JsonObject, Path[]>();
	for (const walker of alias.walkers) {
		walker.locate(data, (object, path) => {
			const paths = located.get(object);
			if (paths) paths.push(path);
			else located.set(object, [path]);
		});
	}
	return located;
}
