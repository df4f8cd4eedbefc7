import type { ParameterPolicy } from "./metadata-policy.ts";
import { includes } from "./value-sets.ts";

/**
 * What operators of one parameter may not stand together, OpenID Federation 1.0 §6.1.3.1: a policy that contradicts
 * itself is an error where it is written, whatever metadata it will meet. Undefined when there is nothing.
 */
export function findConflict(operators: ParameterPolicy): string | undefined {
	const { add, one_of, subset_of, superset_of, essential } = operators;
	if (one_of && (add || subset_of || superset_of)) return "one_of stands beside an operator on lists";
	if ("value" in operators) {
		const { value } = operators;
		if (value === null) {
			if (essential) return "value removes what is essential";
			if ("default" in operators) return "value removes what default gives";
		}
		if (add && !isWithin(add, value)) return "value does not hold what is to be added";
		if (one_of && !includes(one_of, value)) return "value is not among one_of";
		if (subset_of && !isWithin(value, subset_of)) return "value goes beyond subset_of";
		if (superset_of && !isWithin(superset_of, value)) return "value does not hold all of superset_of";
	}
	if (add && subset_of && !isWithin(add, subset_of)) return "what is to be added goes beyond subset_of";
	if (subset_of && superset_of && !isWithin(superset_of, subset_of)) return "superset_of goes beyond subset_of";
	return undefined;
}

function isWithin(part: unknown, whole: unknown): boolean {
	return Array.isArray(part) && Array.isArray(whole) && part.every((one) => includes(whole, one));
}
