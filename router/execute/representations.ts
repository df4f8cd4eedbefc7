import type { JsonObject } from "./json.ts";

/**
 * The representations that one fetch of entities asks for, each once however often it stands in the answer. They are
 * kept as JSON text: it is made once, and cut into the requests of as many owners as there are.
 */
export class Representations {
	/** Each as JSON text. */
	readonly json: string[] = [];
	/** The type of each. */
	readonly types: string[] = [];
	/** The value of its only key field, where it has one; otherwise the whole. */
	private readonly keys: (string | JsonObject)[] = [];
	private readonly positions = new Map<string, number>();

	/** Makes them from plain objects, as a request from outside holds them. */
	static from(objects: readonly JsonObject[]): Representations {
		const representations = new Representations();
		// Positions are the client's: the same one twice stands in two places.
		for (const object of objects) representations.push(String(object.__typename), JSON.stringify(object), object);
		return representations;
	}

	get length(): number {
		return this.json.length;
	}

	/** Adds one with a single key field, unless it is there. Returns its position. `prefix` is its JSON up to the value. */
	placeKeyed(type: string, prefix: string, value: string, quoted: string): number {
		// Types share positions: their texts differ in the prefix.
		const identity = prefix + value;
		return this.positions.get(identity) ?? this.remember(identity, this.push(type, `${prefix}${quoted}}`, value));
	}

	/** Adds any other one, unless it is there. Returns its position. */
	place(object: JsonObject): number {
		const text = JSON.stringify(object);
		return this.positions.get(text) ?? this.remember(text, this.push(String(object.__typename), text, object));
	}

	/** The value of the field that names the owner. */
	keyOf(position: number, field: string): unknown {
		const key = this.keys[position];
		return typeof key === "object" ? key[field] : key;
	}

	/** The items of a JSON list, of all or of those at some positions, without brackets. */
	listText(positions?: readonly number[]): string {
		if (!positions) return this.json.join(",");
		let text = "";
		for (let index = 0; index < positions.length; index += 1) text += (index > 0 ? "," : "") + this.json[positions[index] as number];
		return text;
	}

	private push(type: string, text: string, key: string | JsonObject): number {
		this.types.push(type);
		this.keys.push(key);
		return this.json.push(text) - 1;
	}

	private remember(identity: string, position: number): number {
		this.positions.set(identity, position);
		return position;
	}
}

/** The JSON text of variables, some of which may be representations. */
export function variablesText(variables: Readonly<Record<string, unknown>>): string {
	let text = "{";
	for (const name in variables) {
		const value = variables[name];
		if (value === undefined) continue;
		text += `${text.length > 1 ? "," : ""}${JSON.stringify(name)}:${value instanceof Representations ? `[${value.listText()}]` : JSON.stringify(value)}`;
	}
	return `${text}}`;
}
