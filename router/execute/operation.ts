import type { PlanNode } from "@graphql-hive/router-query-planner";
import { type DocumentNode, Kind, type OperationDefinitionNode, print } from "graphql";
import type { Caller } from "../../subgraphs/kit/caller.ts";
import type { ResponseError } from "../errors.ts";
import type { Requirement } from "../identity/requirements.ts";
import { grants, requirementsIn, type Withheld, withhold } from "../identity/withhold.ts";
import { nameTypes } from "../plan/name-types.ts";
import { protectAliases } from "../plan/protect-aliases.ts";
import { conditionVariables, hasConditions, specialise } from "../plan/specialise.ts";
import type { Supergraph } from "../plan/supergraph.ts";
import { fragmentsOf } from "./collect-fields.ts";
import { compilePlan, type Services, type Step } from "./compile-plan.ts";
import { completeAnswer } from "./complete.ts";
import { splitIntrospection } from "./introspect.ts";
import type { JsonObject } from "./json.ts";
import { compileVariables, type ReadVariables } from "./read-variables.ts";
import { compileWriter, type Writer } from "./write.ts";

/** One operation of one document, with its variants: one for each way its conditions fall. */
export interface CompiledOperation {
	definition: OperationDefinitionNode;
	/** The document with this operation alone. */
	document: DocumentNode;
	isStrict: boolean;
	/** Checks and completes variables. Throws a {@link RequestError}. */
	coerce: ReadVariables;
	/** The variant for these conditions and for what the caller may have. Throws a {@link RequestError} where that is nothing. */
	variant(variables: Readonly<Record<string, unknown>>, caller?: Caller): Variant;
}

export interface Variant {
	plan: PlanNode | undefined;
	/** Answers what is asked about the schema itself. */
	introspect: ((variables: Readonly<Record<string, unknown>>) => JsonObject) | undefined;
	run: Step;
	write: Writer;
	complete(data: JsonObject | null, errors: ResponseError[]): JsonObject | null;
}

/** Compiles an operation. Plans are made when a variant is first met, and kept with the operation. */
export function compileOperation(
	document: DocumentNode,
	definition: OperationDefinitionNode,
	supergraph: Supergraph,
	services: Services,
): CompiledOperation {
	const { schema } = supergraph;
	const { keyNames, requirements } = supergraph;
	const own = onlyOperation(document, definition);
	const alone = keyNames ? protectAliases(own, keyNames) : own;
	const conditions = conditionVariables(alone);
	const conditional = hasConditions(alone);
	const touched = requirements && !requirements.isEmpty ? requirementsIn(alone, schema, requirements) : NONE;
	const variants = new Map<string, Variant>();
	return {
		definition,
		document: alone,
		isStrict: isStrict(definition),
		coerce: compileVariables(schema, definition),
		variant(variables, caller) {
			let key = "";
			for (const name of conditions) key += variables[name] === true ? "1" : "0";
			const granted = touched.length > 0 ? grants(touched, caller) : "";
			if (granted !== "") key += granted;
			let variant = variants.get(key);
			if (!variant) {
				const settled = conditional ? specialise(alone, variables) : alone;
				const withheld = granted !== "" && requirements ? withhold(settled, schema, requirements, caller) : undefined;
				if (variants.size >= MOST_VARIANTS) variants.clear();
				variants.set(key, (variant = compileVariant(settled, supergraph, services, withheld)));
			}
			return variant;
		},
	};
}

/** Variants of one operation that are kept: as many as its conditions and its callers' grants make. */
const MOST_VARIANTS = 256;
const NONE: readonly Requirement[] = [];

function compileVariant(document: DocumentNode, { planner, schema }: Supergraph, services: Services, withheld?: Withheld): Variant {
	const operation = document.definitions.find(
		(definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
	) as OperationDefinitionNode;
	const fragments = fragmentsOf(document);
	const { fetched, introspect } = splitIntrospection(withheld?.document ?? document, schema);
	const plan = fetched && planner.plan(print(nameTypes(fetched, schema)), operation.name?.value ?? null, NO_LABELS, 0).node;
	return {
		plan,
		introspect,
		run: compilePlan(plan, schema, services),
		// What is withheld is written by the one way that makes errors.
		write: withheld ? () => undefined : compileWriter(schema, operation, fragments),
		complete: (data, errors) => completeAnswer(schema, operation, fragments, data, errors, withheld?.fields),
	};
}

const NO_LABELS = new Set<string>();

/** The document with this operation alone, and without the directives that are the router's. */
function onlyOperation(document: DocumentNode, definition: OperationDefinitionNode): DocumentNode {
	const operation = { ...definition, directives: definition.directives?.filter(({ name }) => name.value !== "completeness") };
	return { ...document, definitions: [operation, ...document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION)] };
}

function isStrict({ directives }: OperationDefinitionNode): boolean {
	const policy = directives
		?.find(({ name }) => name.value === "completeness")
		?.arguments?.find(({ name }) => name.value === "policy")?.value;
	return policy?.kind === Kind.ENUM && policy.value === "STRICT";
}
