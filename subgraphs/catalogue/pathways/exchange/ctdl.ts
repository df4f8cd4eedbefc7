import { z } from "zod";
import { neededOf, type Rule } from "../rule.ts";
import type { ForeignNode, ForeignRule } from "./foreign-rule.ts";
import type { Lost, SharedBadge, SharedPathway, Written } from "./pathway.ts";

/**
 * Pathways of the Credential Transparency Description Language (CTDL, credreg.net/ctdl/terms): a `ceterms:Pathway`
 * whose components each name the badge that they stand for (`proxyFor`) and, for metabadges, a
 * `ceterms:ComponentCondition`: so many (`requiredNumber`) of its components and conditions together. What CTDL has no
 * word for is said in terms of our own, explained where formats are; a reader that does not know them reads the rest.
 */

const CONTEXT = "https://credreg.net/ctdl/schema/context/json";

interface Condition {
	"@type": "ceterms:ComponentCondition";
	"ceterms:requiredNumber": number;
	"ceterms:targetComponent"?: string[];
	"ceterms:hasCondition"?: Condition[];
	"hub:distinctIssuers"?: number;
	"hub:recognisedOnly"?: boolean;
	"hub:notOlderThanDays"?: number;
}

/** `base` is the address of the hub's pages, without a slash at its end. */
export function writeCtdl({ goal, badges, rules, standsFor }: SharedPathway, base: string): Written {
	const pathwayId = `${base}/parcours/${goal.id}`;
	const idOf = (part: string) => `${pathwayId}#${encodeURIComponent(part)}`;
	const components = new Map<string, object>();
	const lost = new Set<Lost>();
	const text = (value: string, language: string) => ({ [language]: value });

	function competency(code: string): string {
		const id = idOf(code);
		const isAddress = URL.canParse(code);
		components.set(id, {
			"@id": id,
			"@type": "ceterms:CompetencyComponent",
			"ceterms:name": text(code, "fr"),
			"ceterms:isPartOf": [pathwayId],
			...(isAddress ? { "ceterms:proxyFor": [code] } : { "ceterms:codedNotation": code }),
		});
		return id;
	}

	function component(id: string): string | undefined {
		const known = badges.get(id);
		if (!known) {
			lost.add("UNKNOWN_BADGES");
			return undefined;
		}
		const componentId = idOf(id);
		if (components.has(componentId)) return componentId;
		const made: Record<string, unknown> = describe(known, componentId);
		components.set(componentId, made);
		const rule = rules.get(id);
		const condition = rule && conditionOf(rule);
		if (condition) made["ceterms:hasCondition"] = [condition];
		return componentId;
	}

	function describe({ iri, name, description, language }: SharedBadge, componentId: string): Record<string, unknown> {
		return {
			"@id": componentId,
			"@type": "ceterms:CredentialComponent",
			"ceterms:name": text(name, language),
			"ceterms:description": text(description, language),
			"ceterms:isPartOf": [pathwayId],
			"ceterms:proxyFor": [iri],
		};
	}

	function conditionOf(rule: Rule): Condition | undefined {
		if (rule.kind === "badge" || rule.kind === "competency") return leafCondition(rule);
		const targets: string[] = [];
		const conditions: Condition[] = [];
		for (const part of rule.of) {
			const plain = part.kind === "badge" && !hasConditions(part) && standsFor(part.id).length === 0 ? component(part.id) : undefined;
			if (plain) targets.push(plain);
			else if (part.kind !== "badge" || hasConditions(part) || standsFor(part.id).length > 0) {
				const condition = conditionOf(part);
				if (condition) conditions.push(condition);
			}
		}
		return {
			...group(neededOf(rule), targets, conditions),
			...(rule.distinctIssuers && { "hub:distinctIssuers": rule.distinctIssuers }),
		};
	}

	/** One badge of several that will do, or under conditions. */
	function leafCondition(leaf: Extract<Rule, { kind: "badge" | "competency" }>): Condition | undefined {
		const targets =
			leaf.kind === "competency" ? [competency(leaf.id)] : [leaf.id, ...standsFor(leaf.id)].flatMap((id) => component(id) ?? []);
		if (targets.length === 0) return undefined;
		const { recognised, notOlderThan } = leaf.conditions ?? {};
		return {
			...group(1, targets, []),
			...(recognised && { "hub:recognisedOnly": true }),
			...(notOlderThan !== undefined && { "hub:notOlderThanDays": notOlderThan }),
		};
	}

	const destination = component(goal.id) as string;
	const pathway = {
		"@id": pathwayId,
		"@type": "ceterms:Pathway",
		"ceterms:name": text(goal.name, goal.language),
		"ceterms:description": text(goal.description, goal.language),
		"ceterms:inLanguage": [goal.language],
		"ceterms:subjectWebpage": pathwayId,
		"ceterms:hasDestinationComponent": [destination],
		"ceterms:hasPart": [...components.keys()],
	};
	const document = { "@context": [CONTEXT, { hub: `${base}/reseau/formats#` }], "@graph": [pathway, ...components.values()] };
	return { document, lost: [...lost] };
}

function group(needed: number, targets: string[], conditions: Condition[]): Condition {
	return {
		"@type": "ceterms:ComponentCondition",
		"ceterms:requiredNumber": needed,
		...(targets.length > 0 && { "ceterms:targetComponent": targets }),
		...(conditions.length > 0 && { "ceterms:hasCondition": conditions }),
	};
}

function hasConditions({ conditions }: Extract<Rule, { kind: "badge" }>): boolean {
	return conditions?.recognised === true || conditions?.notOlderThan !== undefined;
}

const many = <T extends z.ZodType>(item: T) =>
	z
		.union([z.array(item), item.transform((value) => [value])])
		.optional()
		.transform((value) => value ?? []);
interface ReadCondition {
	"ceterms:requiredNumber"?: number | undefined;
	"ceterms:logicalOperator"?: unknown;
	"ceterms:targetComponent": string[];
	"ceterms:hasCondition": ReadCondition[];
	"hub:distinctIssuers"?: number | undefined;
	"hub:recognisedOnly"?: boolean | undefined;
	"hub:notOlderThanDays"?: number | undefined;
}
const reference = z.union([z.string(), z.object({ "@id": z.string() }).transform((value) => value["@id"])]);
const condition: z.ZodType<ReadCondition> = z.lazy(() =>
	z.object({
		"ceterms:requiredNumber": z.number().int().min(0).optional(),
		"ceterms:logicalOperator": z.unknown().optional(),
		"ceterms:targetComponent": many(reference),
		"ceterms:hasCondition": many(condition),
		"hub:distinctIssuers": z.number().int().optional(),
		"hub:recognisedOnly": z.boolean().optional(),
		"hub:notOlderThanDays": z.number().int().optional(),
	}),
);
const node = z.looseObject({
	"@id": z.string(),
	"@type": many(z.string()),
	"ceterms:proxyFor": many(reference),
	"ceterms:codedNotation": z.string().optional(),
	"ceterms:hasDestinationComponent": many(reference),
	"ceterms:hasCondition": many(condition),
});
const graph = z.object({ "@graph": z.array(node).max(2000) });

/** The rule of a pathway's destination, its badges by their IRIs. Throws a `ZodError` or an `Error` that says what is missing. */
export function readCtdl(document: unknown): ForeignRule {
	const nodes = new Map(graph.parse(document)["@graph"].map((one) => [one["@id"], one]));
	const pathway = [...nodes.values()].find((one) => one["@type"].includes("ceterms:Pathway"));
	const destination = nodes.get(pathway?.["ceterms:hasDestinationComponent"][0] ?? "");
	if (!destination) throw new Error("@graph holds no ceterms:Pathway whose ceterms:hasDestinationComponent is there");
	const [first, ...others] = destination["ceterms:hasCondition"];
	if (!first) throw new Error(`${destination["@id"]} has no ceterms:hasCondition: nothing is required`);

	function leaf(id: string, conditions: Pick<ReadCondition, "hub:recognisedOnly" | "hub:notOlderThanDays">): ForeignNode {
		const target = nodes.get(id);
		const named = {
			...(conditions["hub:recognisedOnly"] && { recognised: true }),
			...(conditions["hub:notOlderThanDays"] !== undefined && { notOlderThanDays: conditions["hub:notOlderThanDays"] }),
		};
		const [proxy] = target?.["ceterms:proxyFor"] ?? [];
		if (target?.["@type"].includes("ceterms:CompetencyComponent"))
			return { competency: proxy ?? target["ceterms:codedNotation"] ?? id, ...named };
		return { iri: proxy ?? id, ...named };
	}

	function read(one: ReadCondition, depth: number): ForeignNode {
		if (depth > 20) throw new Error("conditions are more than 20 deep");
		const targets = one["ceterms:targetComponent"];
		const of: ForeignNode[] = [
			...targets.map((id) => leaf(id, one)),
			...one["ceterms:hasCondition"].map((child) => read(child, depth + 1)),
		];
		const [only] = of;
		const issuers = one["hub:distinctIssuers"];
		if (only && of.length === 1 && issuers === undefined) return only;
		const isOr = JSON.stringify(one["ceterms:logicalOperator"] ?? "").includes("Or");
		const needed = one["ceterms:requiredNumber"] ?? (isOr ? 1 : of.length);
		return { needed: Math.min(needed, of.length), of, ...(issuers !== undefined && { distinctIssuers: issuers }) };
	}

	// Several conditions of one component are each a way to it.
	const rules = [first, ...others].map((one) => read(one, 0));
	const rule = rules.length === 1 ? (rules[0] as ForeignNode) : { needed: 1, of: rules };
	return { goal: destination["ceterms:proxyFor"][0] ?? destination["@id"], rule };
}
