import { createHash } from "node:crypto";
import { type GraphQLField, type GraphQLObjectType, type GraphQLSchema, getNamedType, isLeafType, isObjectType } from "graphql";
import { chooseArguments } from "./fuzz-arguments.ts";
import { Choices } from "./fuzz-choices.ts";
import { UNKNOWN_FIELDS } from "./fuzz-reference.ts";
import type { FuzzData } from "./fuzz-region.ts";

/** A query with variables for the router, and for the reference: cursors differ, nothing else does. */
export interface FuzzQuery {
	text: string;
	variables: Record<string, unknown>;
	referenceVariables: Record<string, unknown>;
}

const DEEPEST = 6;
const MOST_FRAGMENTS = 6;

/**
 * Makes a valid query of choices. Response keys tell field and arguments, so that selections of one key always agree:
 * the same field may be selected many times over, with other subfields, as GraphQL has it.
 */
export function makeQuery(numbers: readonly number[], schema: GraphQLSchema, data: FuzzData): FuzzQuery {
	const choices = new Choices(numbers);
	const definitions: string[] = [];
	const fragments: { name: string; type: string; text: string }[] = [];
	const swaps = new Map<string, [string, string]>();
	const variables: Record<string, unknown> = {};
	const referenceVariables: Record<string, unknown> = {};
	const body = selectionSet(schema.getQueryType() as GraphQLObjectType, 0);
	const header = definitions.length > 0 ? `(${definitions.join(", ")})` : "";
	// Only fragments that are used: an unused one makes a document invalid.
	const text = [
		`query Fuzz${header} ${body}`,
		...fragments.map(({ name, type, text: inner }) => `fragment ${name} on ${type} ${inner}`),
	].join(" ");
	return { text, variables, referenceVariables };

	function variable(type: string, value: unknown, reference: unknown): string {
		const name = `v${definitions.length}`;
		// A default takes the place of a value that is not given, where the two cannot differ.
		if (value === reference && isScalar(value) && !type.startsWith("BadgeClassOrder") && choices.rarely(4)) {
			definitions.push(`$${name}: ${type} = ${JSON.stringify(value)}`);
			return `$${name}`;
		}
		definitions.push(`$${name}: ${type}`);
		variables[name] = value;
		referenceVariables[name] = reference;
		return `$${name}`;
	}

	function selectionSet(type: GraphQLObjectType, depth: number): string {
		const count = 1 + choices.next(4);
		return `{ ${Array.from({ length: count }, () => selection(type, depth)).join(" ")} }`;
	}

	function selection(type: GraphQLObjectType, depth: number): string {
		switch (choices.next(12)) {
			case 8:
				return `__typename${condition()}`;
			case 9:
			case 10:
				return `...${choices.next(2) === 0 ? "" : ` on ${type.name}`}${condition()} ${selectionSet(type, depth)}`.replace(
					/^\.\.\. *\{/,
					"... {",
				);
			case 11:
				return spread(type, depth);
			default:
				return field(type, depth);
		}
	}

	function spread(type: GraphQLObjectType, depth: number): string {
		const known = fragments.find((fragment) => fragment.type === type.name);
		if (known && choices.next(2) === 1) return `...${known.name}${condition()}`;
		if (fragments.length >= MOST_FRAGMENTS) return field(type, depth);
		// Made before it is named: a fragment cannot spread itself.
		const inner = selectionSet(type, depth);
		const name = `F${fragments.length}`;
		fragments.push({ name, type: type.name, text: inner });
		return `...${name}${condition()}`;
	}

	function field(type: GraphQLObjectType, depth: number): string {
		const usable = usableFields(type, depth);
		const chosen = choices.of(usable);
		const named = getNamedType(chosen.type);
		const args = chooseArguments(type.name, chosen.name, chosen.args, choices, variable, data);
		const alias = args !== "" ? `${chosen.name}_${digest(args)}: ` : aliasOf(type, chosen.name);
		const inner = isObjectType(named) ? ` ${selectionSet(named, depth + 1)}` : "";
		return `${alias}${chosen.name}${args}${condition()}${inner}`;
	}

	/** No alias, one of its own, or the name of another field of the type, which then has this one's: the same all over the query. */
	function aliasOf(type: GraphQLObjectType, name: string): string {
		let swapped = swaps.get(type.name);
		if (!swapped) {
			const plain = Object.values(type.getFields()).filter((one) => one.args.length === 0);
			swapped = choices.rarely(3) && plain.length > 1 ? [choices.of(plain).name, choices.of(plain).name] : ["", ""];
			swaps.set(type.name, swapped);
		}
		const [one, other] = swapped;
		if (name === one) return one === other ? "" : `${other}: `;
		if (name === other) return `${one}: `;
		return choices.rarely(5) ? `x_${name}: ` : "";
	}

	function condition(): string {
		if (!choices.rarely(8)) return "";
		const directive = choices.of(["include", "skip"]);
		const value = choices.next(2) === 1;
		return ` @${directive}(if: ${choices.next(3) === 0 ? String(value) : variable("Boolean!", value, value)})`;
	}
}

/** The fields that may be selected, the simplest first: choices that have come to their end must end the query. */
function usableFields(type: GraphQLObjectType, depth: number): GraphQLField<unknown, unknown>[] {
	const fields = Object.values(type.getFields()).filter(({ name }) => !UNKNOWN_FIELDS[type.name]?.includes(name));
	const leaves = fields.filter((one) => isLeafType(getNamedType(one.type)));
	if (depth >= DEEPEST && leaves.length > 0) return leaves;
	return [...leaves, ...fields.filter((one) => !leaves.includes(one))];
}

function isScalar(value: unknown): boolean {
	return value !== null && typeof value !== "object";
}

function digest(text: string): string {
	return createHash("sha256").update(text).digest("hex").slice(0, 8);
}
