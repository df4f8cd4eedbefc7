import { FederationError } from "./federation-error.ts";

/** Parameters of a request, as Fastify reads them: repeated ones are lists. */
export type Parameters = Readonly<Record<string, string | string[] | undefined>>;

/** One value. Throws `invalid_request` where it is given twice, or not given though it is `required`. */
export function one(parameters: Parameters, name: string): string | undefined {
	const value = parameters[name];
	if (Array.isArray(value)) throw new FederationError("invalid_request", `${name} is given more than once`);
	return value === "" ? undefined : value;
}

export function required(parameters: Parameters, name: string): string {
	const value = one(parameters, name);
	if (value === undefined) throw new FederationError("invalid_request", `the parameter ${name} is missing`);
	return value;
}

export function many(parameters: Parameters, name: string): string[] {
	const value = parameters[name];
	return value === undefined ? [] : [value].flat().slice(0, 50);
}

/** `true` or `false`. */
export function flag(parameters: Parameters, name: string): boolean | undefined {
	const value = one(parameters, name);
	if (value !== undefined && value !== "true" && value !== "false")
		throw new FederationError("invalid_request", `${name} is true or false`);
	return value === undefined ? undefined : value === "true";
}

/** Throws `unsupported_parameter` for whatever is not among those that are known: a filter that is passed over would lie. */
export function refuseOthers(parameters: Parameters, known: readonly string[]): void {
	const unknown = Object.keys(parameters).find((name) => !known.includes(name));
	if (unknown !== undefined)
		throw new FederationError(
			"unsupported_parameter",
			`${JSON.stringify(unknown)} is not supported: the parameters are ${known.join(", ")}`,
		);
}
