import { findConflict } from "./policy-conflicts.ts";
import { includes, intersection, sameValue, union } from "./value-sets.ts";

/**
 * Metadata policies of OpenID Federation 1.0, §6.1: what superiors allow the metadata of those below them to be. A
 * policy is merged down the chain, each statement only ever narrowing it, and then applied to the leaf's metadata.
 */

/** The operators of one metadata parameter, §6.1.3.1. Operators that are not known are kept out; see {@link mergePolicies}. */
export interface ParameterPolicy {
	value?: unknown;
	add?: unknown[];
	default?: unknown;
	one_of?: unknown[];
	subset_of?: unknown[];
	superset_of?: unknown[];
	essential?: boolean;
}

/** Name of a parameter → its operators: a policy for one entity type. */
export type MetadataPolicy = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
export type Metadata = Readonly<Record<string, unknown>>;

/** `invalid_policy`: the policies contradict themselves or one another; `invalid_metadata`: the metadata is not allowed. */
interface PolicyError {
	ok: false;
	error: "invalid_policy" | "invalid_metadata";
	/** Names the parameter. */
	description: string;
}

export type Merged = { ok: true; policy: Record<string, ParameterPolicy> } | PolicyError;
export type Applied = { ok: true; metadata: Record<string, unknown> } | PolicyError;

const LISTS = new Set(["add", "one_of", "subset_of", "superset_of"]);
const OPERATORS = new Set([...LISTS, "value", "default", "essential"]);

/**
 * Merges policies from the trust anchor downwards. An operator that is not of the standard is left out, unless it is
 * named in `critical` (`metadata_policy_crit`): then nothing may be decided without understanding it.
 */
export function mergePolicies(policies: readonly MetadataPolicy[], critical: readonly string[] = []): Merged {
	const unknown = critical.find((name) => !OPERATORS.has(name));
	if (unknown !== undefined) return invalidPolicy(`the operator ${JSON.stringify(unknown)} is critical and not known`);
	const merged: Record<string, ParameterPolicy> = {};
	for (const policy of policies) {
		for (const [parameter, given] of Object.entries(policy)) {
			const read = readOperators(parameter, given);
			if ("error" in read) return read;
			const own = findConflict(read);
			if (own !== undefined) return invalidPolicy(`${parameter}: ${own}`);
			const known = merged[parameter];
			const narrowed = known ? narrow(parameter, known, read) : read;
			if ("error" in narrowed) return narrowed;
			const conflict = findConflict(narrowed);
			if (conflict !== undefined) return invalidPolicy(`${parameter}: ${conflict}`);
			merged[parameter] = narrowed;
		}
	}
	return { ok: true, policy: merged };
}

function readOperators(parameter: string, given: Readonly<Record<string, unknown>>): ParameterPolicy | PolicyError {
	const operators: Record<string, unknown> = {};
	for (const [name, value] of Object.entries(given)) {
		if (!OPERATORS.has(name)) continue;
		// §6.1.3.1.8: the values of `scope` are words of one text.
		const read = parameter === "scope" && name !== "essential" && value !== null ? words(value) : value;
		if (LISTS.has(name) && !Array.isArray(read)) return invalidPolicy(`${parameter}: ${name} must be a list`);
		if (name === "essential" && typeof value !== "boolean") return invalidPolicy(`${parameter}: essential must be true or false`);
		if (name === "default" && value === null) return invalidPolicy(`${parameter}: default must not be null`);
		operators[name] = read;
	}
	return operators as ParameterPolicy;
}

/** Merges a subordinate's operators into those above, §6.1.3.1. */
function narrow(parameter: string, above: ParameterPolicy, below: ParameterPolicy): ParameterPolicy | PolicyError {
	const merged: ParameterPolicy = { ...above, ...below };
	for (const name of ["value", "default"] as const) {
		if (name in above && name in below && !sameValue(above[name], below[name])) {
			return invalidPolicy(`${parameter}: a subordinate gives another ${name} than its superior`);
		}
	}
	for (const name of ["add", "superset_of"] as const) {
		if (above[name] && below[name]) merged[name] = union(above[name], below[name]);
	}
	for (const name of ["one_of", "subset_of"] as const) {
		if (above[name] && below[name]) merged[name] = intersection(above[name], below[name]);
	}
	if (above.one_of && below.one_of && merged.one_of?.length === 0) return invalidPolicy(`${parameter}: nothing is left of one_of`);
	if (above.essential !== undefined && below.essential !== undefined) merged.essential = above.essential || below.essential;
	return merged;
}

/** Applies a merged policy, §6.1.3.1 and §6.1.4: value, add, default, one_of, subset_of, superset_of, essential, in this order. */
export function applyPolicy(policy: Readonly<Record<string, ParameterPolicy>>, metadata: Metadata): Applied {
	const applied: Record<string, unknown> = { ...metadata };
	for (const [parameter, operators] of Object.entries(policy)) {
		const isScope = parameter === "scope";
		const given = isScope && applied[parameter] !== undefined ? words(applied[parameter]) : applied[parameter];
		const result = applyOperators(operators, given);
		if ("problem" in result) return { ok: false, error: "invalid_metadata", description: `${parameter}: ${result.problem}` };
		if (result.value === undefined) delete applied[parameter];
		else applied[parameter] = isScope && Array.isArray(result.value) ? result.value.join(" ") : result.value;
	}
	return { ok: true, metadata: applied };
}

function applyOperators(operators: ParameterPolicy, given: unknown): { value: unknown } | { problem: string } {
	let value = given;
	if ("value" in operators) value = operators.value === null ? undefined : operators.value;
	if (operators.add) {
		if (value !== undefined && !Array.isArray(value)) return { problem: "is not a list, and values are to be added" };
		value = union((value as unknown[] | undefined) ?? [], operators.add);
	}
	if (value === undefined && "default" in operators) value = operators.default;
	if (value !== undefined) {
		if (operators.one_of && !includes(operators.one_of, value)) return { problem: "is not one of the allowed values" };
		if (operators.subset_of) {
			if (!Array.isArray(value)) return { problem: "is not a list, and is to be a subset" };
			value = intersection(value, operators.subset_of);
		}
		if (operators.superset_of) {
			const present = value;
			if (!Array.isArray(present) || !operators.superset_of.every((one) => includes(present, one)))
				return { problem: "lacks a required value" };
		}
	}
	if (operators.essential && value === undefined) return { problem: "is required, and is not there" };
	return { value };
}

function invalidPolicy(description: string): PolicyError {
	return { ok: false, error: "invalid_policy", description };
}

function words(value: unknown): unknown {
	return typeof value === "string" ? value.split(" ").filter((word) => word !== "") : value;
}
