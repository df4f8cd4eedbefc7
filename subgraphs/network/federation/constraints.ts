import type { Constraints } from "./entity-statement.ts";

/** Constraints of OpenID Federation 1.0 §6.2: how far down, about whom and about what a superior lets others speak. */

/** What a constraint forbids. `below`: entities between the one that sets it and the leaf; `subjects`: all below the one that sets it. */
export function findBreach(
	{ max_path_length, naming_constraints }: Constraints,
	below: number,
	subjects: readonly string[],
): { reason: "PATH_TOO_LONG" | "NAME_NOT_PERMITTED"; description: string } | undefined {
	if (max_path_length !== undefined && below > max_path_length)
		return { reason: "PATH_TOO_LONG", description: `there are ${below} entities between, and ${max_path_length} are allowed` };
	for (const subject of subjects) {
		const host = new URL(subject).hostname;
		const { permitted, excluded = [] } = naming_constraints ?? {};
		if (excluded.some((name) => isWithin(host, name))) return { reason: "NAME_NOT_PERMITTED", description: `${subject} is excluded` };
		if (permitted && !permitted.some((name) => isWithin(host, name)))
			return { reason: "NAME_NOT_PERMITTED", description: `${subject} is not among the permitted names` };
	}
	return undefined;
}

/** RFC 5280 §4.2.1.10, for the host of an address: a name with a leading period is of all below it, else of itself alone. */
function isWithin(host: string, constraint: string): boolean {
	const name = constraint.toLowerCase();
	return name.startsWith(".") ? host.endsWith(name) : host === name;
}
