import { existsSync, readFileSync } from "node:fs";
import { isDeepStrictEqual, parseArgs } from "node:util";
import { OperatorError } from "../../subgraphs/kit/errors.ts";
import { applyPolicy, type Metadata, type MetadataPolicy, mergePolicies } from "../../subgraphs/network/federation/metadata-policy.ts";

/** One case of the published vectors: a trust anchor's and an intermediate's policy, and what becomes of metadata. */
interface Vector {
	n: number;
	combination: string[];
	TA: MetadataPolicy;
	INT: MetadataPolicy;
	merged?: object;
	metadata: Metadata;
	resolved?: object;
	error?: string;
}

const USUAL_FILE = "../shared/data/trust/oidf-metadata-policy-vectors.json";
const MOST_TOLD = 20;

/**
 * `npm run eval -- policy [--vectors FILE]`: the metadata-policy engine against the vectors of Connect2id for OpenID
 * Federation 1.0. A case passes when it is accepted or refused with the code that the vector names, and when the
 * merged policy and the resolved metadata are the vector's, lists as sets.
 */
export async function evaluatePolicy(words: readonly string[]): Promise<Record<string, unknown>> {
	const { values } = parseArgs({ args: [...words], options: { vectors: { type: "string", default: USUAL_FILE } }, strict: true });
	if (!existsSync(values.vectors)) throw new OperatorError(`There are no vectors at ${values.vectors}: give their file by --vectors.`);
	const vectors = JSON.parse(readFileSync(values.vectors, "utf8")) as Vector[];
	const failed: number[] = [];
	for (const vector of vectors) {
		const difference = differenceOf(vector);
		if (difference === undefined) continue;
		failed.push(vector.n);
		if (failed.length <= MOST_TOLD) process.stdout.write(`${vector.n} (${vector.combination.join(", ")}): ${difference}\n`);
	}
	const passed = vectors.length - failed.length;
	process.stdout.write(`${passed} of ${vectors.length} vectors\n`);
	if (failed.length > 0) process.exitCode = 1;
	return { vectors: vectors.length, passed, failed };
}

function differenceOf({ TA, INT, merged, metadata, resolved, error }: Vector): string | undefined {
	const policy = mergePolicies([TA, INT]);
	const result = policy.ok ? applyPolicy(policy.policy, metadata) : policy;
	if (merged && policy.ok && !isDeepStrictEqual(asSets(policy.policy), asSets(merged))) return `merged to ${JSON.stringify(policy.policy)}`;
	if (!result.ok) return result.error === error ? undefined : `refused with ${result.error}: ${result.description}`;
	if (error !== undefined) return `accepted, where ${error} was due`;
	return isDeepStrictEqual(asSets(result.metadata), asSets(resolved)) ? undefined : `resolved to ${JSON.stringify(result.metadata)}`;
}

/** A value with its lists in one order. */
function asSets(value: unknown): unknown {
	if (Array.isArray(value)) return value.map((item) => JSON.stringify(asSets(item))).sort();
	if (typeof value === "object" && value !== null)
		return Object.fromEntries(
			Object.entries(value)
				.sort(([a], [b]) => (a < b ? -1 : 1))
				.map(([key, inner]) => [key, asSets(inner)]),
		);
	return value;
}
