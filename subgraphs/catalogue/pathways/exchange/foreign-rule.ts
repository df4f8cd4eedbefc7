/** A rule as another system wrote it: its badges are known by their IRIs, not by our ids. */
export interface ForeignRule {
	/** IRI of the metabadge. */
	goal: string;
	rule: ForeignNode;
}

export type ForeignNode =
	| { iri: string; recognised?: boolean; notOlderThanDays?: number }
	| { competency: string; recognised?: boolean; notOlderThanDays?: number }
	| { needed: number; of: ForeignNode[]; distinctIssuers?: number };

/** What `extensions:requirement` of a badge file takes. See `subgraphs/institute/requirement-file.ts`. */
type FileNode =
	| { badge: string; recognised?: boolean; notOlderThanDays?: number }
	| { competency: string; recognised?: boolean; notOlderThanDays?: number }
	| FileGroup;
export interface FileGroup {
	rule: "ALL" | "ANY" | "AT_LEAST";
	atLeast?: number;
	distinctIssuers?: number;
	of: FileNode[];
}

/** Every IRI that a rule names. */
export function irisIn(node: ForeignNode): string[] {
	if ("iri" in node) return [node.iri];
	return "of" in node ? node.of.flatMap(irisIn) : [];
}

/** Writes a rule for a badge file. Badges that nobody knows are left out and named; undefined when nothing remains. */
export function toFileRule(node: ForeignNode, ids: ReadonlyMap<string, string>): { rule: FileGroup | undefined; unknown: string[] } {
	const unknown = new Set<string>();
	const convert = (one: ForeignNode): FileNode | undefined => {
		if ("iri" in one) {
			const { iri, ...conditions } = one;
			const badge = ids.get(iri);
			if (badge === undefined) unknown.add(iri);
			return badge === undefined ? undefined : { badge, ...conditions };
		}
		if (!("of" in one)) return one;
		const of = one.of.flatMap((part) => convert(part) ?? []);
		if (of.length === 0) return undefined;
		const needed = Math.min(one.needed, of.length);
		const issuers = one.distinctIssuers !== undefined && one.distinctIssuers > 1 ? { distinctIssuers: one.distinctIssuers } : {};
		if (needed === of.length) return { rule: "ALL", ...issuers, of };
		return needed === 1 ? { rule: "ANY", ...issuers, of } : { rule: "AT_LEAST", atLeast: needed, ...issuers, of };
	};
	const converted = convert(node);
	const rule = converted && !("of" in converted) ? ({ rule: "ALL", of: [converted] } as const) : converted;
	return { rule: rule && { ...rule, of: [...rule.of] }, unknown: [...unknown] };
}
