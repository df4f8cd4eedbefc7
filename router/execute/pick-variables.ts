/** The variables that one fetch of a plan uses, where the request gives them. */
export function pickVariables(names: readonly string[] | undefined, variables: Readonly<Record<string, unknown>>): Record<string, unknown> {
	const picked: Record<string, unknown> = {};
	for (const name of names ?? []) if (variables[name] !== undefined) picked[name] = variables[name];
	return picked;
}
