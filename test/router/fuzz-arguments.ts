import type { GraphQLArgument } from "graphql";
import { encodeCursor, listDigest } from "../../router/horizontal/list-cursor.ts";
import type { Choices } from "./fuzz-choices.ts";
import { PLACE, placeOf } from "./fuzz-reference.ts";
import type { FuzzData } from "./fuzz-region.ts";

/** Makes variables: returns `$name` for a value. */
export type MakeVariable = (type: string, value: unknown, reference: unknown) => string;

const ORDERS = ["NAME", "CREATED", "UPDATED"];

/** Types of the fields of the one input type. */
const INPUT_FIELDS: Record<string, string> = { institutes: "[ID!]", tag: "String" };

/** Chooses values for the arguments of a field, as literals or as variables, by the names that the schema gives them. */
export function chooseArguments(
	typeName: string,
	fieldName: string,
	args: readonly GraphQLArgument[],
	choices: Choices,
	variable: MakeVariable,
	{ rows }: FuzzData,
): string {
	const slugs = Object.keys(rows);
	const write = (type: string, value: unknown, reference: unknown = value): string =>
		choices.next(2) === 0 && reference === value ? literal(value, type) : variable(type, value, reference);
	/** A literal whose parts may be variables. */
	const literal = (value: unknown, type: string): string => {
		if (Array.isArray(value)) return `[${value.map((item) => write("ID!", item)).join(", ")}]`;
		if (typeof value === "object" && value !== null)
			return `{${Object.entries(value)
				.map(([name, inner]) => `${name}: ${write(INPUT_FIELDS[name] as string, inner)}`)
				.join(", ")}}`;
		return type.startsWith("BadgeClassOrder") ? String(value) : JSON.stringify(value);
	};
	if (fieldName === "badgeClasses") return pageArguments();
	const parts = args.flatMap(({ name, type }) => {
		const isRequired = String(type).endsWith("!");
		if (!isRequired && choices.next(2) === 0) return [];
		return [`${name}: ${write(String(type), valueFor(name))}`];
	});
	return parts.length > 0 ? `(${parts.join(", ")})` : "";

	function valueFor(name: string): unknown {
		switch (name) {
			case "id":
				return idFor();
			case "slug":
				return choices.of([...slugs, "nobody"]);
			case "slugs":
				return choices.some([...slugs, "nobody", "NOT a slug"]);
			case "filter":
				return filterValue();
			case "collective":
				return choices.of(["occitanie", "bfc", "none"]);
			case "first":
				return choices.of([1, 2, 50]);
			case "words":
				return choices.of(["e", "ecole", "gamma éc", "none", ""]);
			case "departement":
				return choices.of(["25", "31", "75"]);
			default:
				throw new Error(`No values are known for the argument ${fieldName}.${name}`);
		}
	}

	function idFor(): string {
		if (fieldName === "collective") return choices.of(["occitanie", "bfc", "none"]);
		if (fieldName === "issuer") return choices.of(["alpha:issuer", "gamma:issuer", "gamma:issuer0", "nobody:issuer", "?"]);
		const slug = choices.of(slugs);
		return choices.of([`${slug}:r${choices.next(10)}`, `${slug}:none`, "nobody:r0", "NOT an id"]);
	}

	function filterValue(): Record<string, unknown> {
		const filter: Record<string, unknown> = {};
		if (choices.next(2) === 1) filter.institutes = choices.rarely(8) ? null : choices.some(slugs);
		if (choices.next(2) === 1) filter.tag = choices.of(["accueil", "bois", "none"]);
		return filter;
	}

	/** The arguments of a page; its cursors are of the list that the other arguments describe. */
	function pageArguments(): string {
		const list: Record<string, unknown> = {};
		const parts: string[] = [];
		if (choices.next(2) === 1) {
			list.filter = choices.rarely(10) ? null : filterValue();
			parts.push(`filter: ${write("BadgeClassFilter", list.filter)}`);
		}
		if (choices.next(2) === 1) {
			list.orderBy = choices.of(ORDERS);
			parts.push(`orderBy: ${write("BadgeClassOrder!", list.orderBy)}`);
		}
		const digest = listDigest("badgeClasses", list);
		const size = choices.next(4);
		if (size === 1 || size === 3) parts.push(`first: ${write("Int", choices.next(9))}`);
		// A null is as good as nothing.
		if (size === 3) parts.push(`last: ${write("Int", null)}`);
		if (size === 2) parts.push(`last: ${write("Int", choices.next(9))}`);
		const all = Object.values(rows).flat();
		for (const field of ["after", "before"]) {
			if (!choices.rarely(3)) continue;
			const place = placeOf(choices.of(all), String(list.orderBy ?? "NAME"));
			parts.push(
				`${field}: ${typeName === "Query" ? write("String", encodeCursor(digest, { place, missing: [] }), PLACE + place) : write("String", place)}`,
			);
		}
		return parts.length > 0 ? `(${parts.join(", ")})` : "";
	}
}
