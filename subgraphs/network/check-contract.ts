import {
	type ConstDirectiveNode,
	type DefinitionNode,
	type DocumentNode,
	type EnumValueDefinitionNode,
	type FieldDefinitionNode,
	GraphQLError,
	type InputValueDefinitionNode,
	Kind,
	parse,
	print,
	type TypeNode,
} from "graphql";

/**
 * Holds the schema of a subgraph against the member contract. More than the contract asks is fine, as long as what
 * the hub sends stays valid.
 */

interface Definition {
	kind: string;
	/** Whether the entity has `@key(fields: …)`, by its fields. */
	keys: Set<string>;
	fields: Map<string, FieldDefinitionNode | InputValueDefinitionNode>;
	values: Set<string>;
}

/** Returns every way in which `sdl` falls short of `contract`, in plain words; an empty list when it conforms. */
export function checkContract(contract: DocumentNode, sdl: string): string[] {
	let document: DocumentNode;
	try {
		document = parse(sdl, { noLocation: true });
	} catch (error) {
		return [`The schema cannot be read: ${error instanceof GraphQLError ? error.message : String(error)}`];
	}
	const offered = definitions(document);
	return [...definitions(contract)].flatMap(([name, wanted]) => {
		const found = offered.get(name);
		// `GatherMerge` only serves the contract's own directives: they belong to the hub.
		if (!found) return name === "GatherMerge" ? [] : [`${name}: there is no such ${wanted.kind}`];
		if (found.kind !== wanted.kind) return [`${name}: must be of the kind "${wanted.kind}", and is of the kind "${found.kind}"`];
		return [
			...checkKeys(name, wanted, found),
			...checkValues(name, wanted, found),
			...(wanted.kind === "input type"
				? checkInputs((field) => `${name}.${field}`, wanted.fields, found.fields)
				: checkFields(name, wanted, found)),
		];
	});
}

function checkKeys(name: string, wanted: Definition, found: Definition): string[] {
	return [...wanted.keys].filter((key) => !found.keys.has(key)).map((key) => `${name}: must be an entity, @key(fields: "${key}")`);
}

function checkValues(name: string, wanted: Definition, found: Definition): string[] {
	return [
		...[...wanted.values].filter((value) => !found.values.has(value)).map((value) => `${name}: lacks the value ${value}`),
		...[...found.values]
			.filter((value) => !wanted.values.has(value))
			.map((value) => `${name}: has a value ${value} that the contract does not know`),
	];
}

function checkFields(type: string, wanted: Definition, found: Definition): string[] {
	return [...(wanted.fields as Map<string, FieldDefinitionNode>)].flatMap(([name, field]) => {
		const place = `${type}.${name}`;
		const offered = found.fields.get(name) as FieldDefinitionNode | undefined;
		if (!offered) return [`${place}: there is no such field`];
		const problems = isOutputOf(offered.type, field.type) ? [] : [`${place}: must be ${print(field.type)}, and is ${print(offered.type)}`];
		return [...problems, ...checkInputs((argument) => `${place}(${argument}:)`, byName(field.arguments), byName(offered.arguments))];
	});
}

/** Arguments of a field, or fields of an input type: what the hub sends must be accepted, and mean the same. */
function checkInputs(
	placeOf: (name: string) => string,
	wanted: Map<string, FieldDefinitionNode | InputValueDefinitionNode>,
	found: Map<string, FieldDefinitionNode | InputValueDefinitionNode>,
): string[] {
	const problems: string[] = [];
	for (const [name, argument] of wanted as Map<string, InputValueDefinitionNode>) {
		const offered = found.get(name) as InputValueDefinitionNode | undefined;
		const where = placeOf(name);
		if (!offered) problems.push(`${where}: there is no such argument`);
		else if (!isInputOf(argument.type, offered.type))
			problems.push(`${where}: must accept ${print(argument.type)}, and takes ${print(offered.type)}`);
		else if (argument.defaultValue && (!offered.defaultValue || print(offered.defaultValue) !== print(argument.defaultValue)))
			problems.push(`${where}: must be ${print(argument.defaultValue)} by default`);
	}
	for (const [name, argument] of found as Map<string, InputValueDefinitionNode>) {
		if (!wanted.has(name) && argument.type.kind === Kind.NON_NULL_TYPE && !argument.defaultValue)
			problems.push(`${placeOf(name)}: is required, and the contract does not know it`);
	}
	return problems;
}

/** Whether values of `offered` can stand where `wanted` is promised: the same, or never null where it may be. */
function isOutputOf(offered: TypeNode, wanted: TypeNode): boolean {
	if (wanted.kind === Kind.NON_NULL_TYPE) return offered.kind === Kind.NON_NULL_TYPE && isOutputOf(offered.type, wanted.type);
	if (offered.kind === Kind.NON_NULL_TYPE) return isOutputOf(offered.type, wanted);
	if (wanted.kind === Kind.LIST_TYPE) return offered.kind === Kind.LIST_TYPE && isOutputOf(offered.type, wanted.type);
	return offered.kind === Kind.NAMED_TYPE && offered.name.value === wanted.name.value;
}

/** Whether every value of `sent` is accepted where `accepted` is declared. */
function isInputOf(sent: TypeNode, accepted: TypeNode): boolean {
	return isOutputOf(sent, accepted);
}

function definitions(document: DocumentNode): Map<string, Definition> {
	const all = new Map<string, Definition>();
	for (const node of document.definitions) {
		const kind = kindOf(node);
		if (kind === undefined || !("name" in node) || node.name === undefined) continue;
		const { fields, values, directives } = node as {
			fields?: readonly (FieldDefinitionNode | InputValueDefinitionNode)[];
			values?: readonly EnumValueDefinitionNode[];
			directives?: readonly ConstDirectiveNode[];
		};
		let definition = all.get(node.name.value);
		if (!definition) all.set(node.name.value, (definition = { kind, keys: new Set(), fields: new Map(), values: new Set() }));
		for (const field of fields ?? []) definition.fields.set(field.name.value, field);
		for (const value of values ?? []) definition.values.add(value.name.value);
		for (const key of keysOf(directives)) definition.keys.add(key);
	}
	return all;
}

function kindOf({ kind }: DefinitionNode): string | undefined {
	if (kind === Kind.OBJECT_TYPE_DEFINITION || kind === Kind.OBJECT_TYPE_EXTENSION) return "object type";
	if (kind === Kind.INPUT_OBJECT_TYPE_DEFINITION || kind === Kind.INPUT_OBJECT_TYPE_EXTENSION) return "input type";
	if (kind === Kind.ENUM_TYPE_DEFINITION || kind === Kind.ENUM_TYPE_EXTENSION) return "enum";
	if (kind === Kind.SCALAR_TYPE_DEFINITION || kind === Kind.SCALAR_TYPE_EXTENSION) return "scalar";
	if (kind === Kind.INTERFACE_TYPE_DEFINITION || kind === Kind.UNION_TYPE_DEFINITION) return "abstract type";
	return undefined;
}

/** The directive may bear its full name, `@federation__key`. A key that cannot be resolved is none. */
function keysOf(directives: readonly ConstDirectiveNode[] | undefined): string[] {
	return (directives ?? []).flatMap(({ name, arguments: given }) => {
		if (name.value !== "key" && name.value !== "federation__key") return [];
		const value = (argument: string) => given?.find((one) => one.name.value === argument)?.value;
		const fields = value("fields");
		const resolvable = value("resolvable");
		return fields?.kind === Kind.STRING && !(resolvable?.kind === Kind.BOOLEAN && !resolvable.value) ? [fields.value.trim()] : [];
	});
}

function byName<Node extends { name: { value: string } }>(nodes: readonly Node[] | undefined): Map<string, Node> {
	return new Map((nodes ?? []).map((node) => [node.name.value, node]));
}
