import { type ChainFailure, type ChainReason, chainFailure } from "./chain-error.ts";
import { findBreach } from "./constraints.ts";
import { type EntityStatement, type FederationKeys, readStatement } from "./entity-statement.ts";
import { applyPolicy, type MetadataPolicy, mergePolicies } from "./metadata-policy.ts";
import { type FindHistory, type Moment, verifyStatement } from "./verify-statement.ts";

/** An authority that is trusted, and the keys that are known of it from elsewhere. */
type TrustAnchors = ReadonlyMap<string, FederationKeys>;

export interface VerifiedChain {
	ok: true;
	subject: string;
	anchor: string;
	/** Entity type → metadata, after superiors' metadata, allowed types and policies. */
	metadata: Record<string, Record<string, unknown>>;
	/** Seconds since 1970: the earliest end of its statements. */
	expiresAt: number;
	/** From the leaf's own statement to the anchor's. */
	statements: EntityStatement[];
}

export interface VerifyOptions {
	anchors: TrustAnchors;
	moment: Moment;
	history?: FindHistory;
}

/**
 * Verifies a trust chain, OpenID Federation 1.0 §10.2: the leaf's configuration, the statements of each superior about
 * the one below it, and the anchor's configuration.
 */
export async function verifyChain(
	chain: readonly string[],
	{ anchors, moment, history }: VerifyOptions,
): Promise<VerifiedChain | ChainFailure> {
	const statements: EntityStatement[] = [];
	for (const [at, jwt] of chain.entries()) {
		const read = readStatement(jwt);
		if (!read.ok) return chainFailure(read.reason, at, read.description);
		statements.push(read.statement);
	}
	const leaf = statements[0];
	const top = statements.at(-1);
	if (!leaf || !top) return chainFailure("MALFORMED", 0, "the chain is empty");
	const misfit = checkLinks(statements);
	if (misfit) return misfit;
	const known = anchors.get(top.claims.iss);
	if (!known) return chainFailure("UNKNOWN_ANCHOR", statements.length - 1, `${top.claims.iss} is not trusted here`);
	for (const [at, statement] of statements.entries()) {
		// The leaf's own statement is signed by the leaf; each other's issuer is vouched for by the next one above.
		const keys = at === 0 && statements.length > 1 ? leaf.claims.jwks : (statements[at + 1]?.claims.jwks ?? known);
		const failure =
			(await verifyStatement(statement, keys, at, moment, history)) ??
			// What a superior says of the leaf's keys counts, not what the leaf says.
			(at === 0 && statements[1] ? await verifyStatement(statement, statements[1].claims.jwks, at, moment, history) : undefined);
		if (failure) return failure;
	}
	const breach = checkConstraints(statements);
	if (breach) return breach;
	const metadata = resolveMetadata(statements);
	if ("ok" in metadata) return metadata;
	return {
		ok: true,
		subject: leaf.claims.sub,
		anchor: top.claims.iss,
		metadata: metadata.resolved,
		expiresAt: Math.min(...statements.map(({ claims }) => claims.exp)),
		statements,
	};
}

/** Whether each statement is about the issuer of the one below it, and the first and the last about themselves. */
function checkLinks(statements: readonly EntityStatement[]): ChainFailure | undefined {
	const last = statements.length - 1;
	const seen = new Set<string>();
	for (const [at, { claims }] of statements.entries()) {
		const isOwn = at === 0 || at === last;
		if (isOwn && claims.iss !== claims.sub)
			return chainFailure("WRONG_SUBJECT", at, `${claims.iss} speaks of ${claims.sub} where it should speak of itself`);
		const below = statements[at - 1]?.claims;
		if (below && !isOwn && claims.sub !== below.iss)
			return chainFailure("WRONG_SUBJECT", at, `${claims.iss} speaks of ${claims.sub}, and the statement below is by ${below.iss}`);
		if (below && at === last && last > 0 && claims.iss !== below.iss)
			return chainFailure("WRONG_ISSUER", at, `the last statement is by ${claims.iss}, and the one below it by ${below.iss}`);
		if (!isOwn || at === 0) {
			if (seen.has(claims.iss)) return chainFailure("LOOP", at, `${claims.iss} is above itself`);
			seen.add(claims.iss);
		}
	}
	return undefined;
}

function checkConstraints(statements: readonly EntityStatement[]): ChainFailure | undefined {
	for (const [at, { claims }] of statements.entries()) {
		// An entity's own configuration constrains nobody.
		if (!claims.constraints || at === 0 || at === statements.length - 1) continue;
		const below = statements.slice(0, at + 1);
		// Between the leaf and whoever sets the constraint stand those that the statements below it are by.
		const between = at - 1;
		const breach = findBreach(claims.constraints, between, [...new Set(below.map((one) => one.claims.sub))]);
		if (breach) return chainFailure(breach.reason, at, breach.description);
	}
	return undefined;
}

/** §6.1.4 and §6.2.3: the immediate superior's metadata, then allowed entity types, then the merged policies. */
function resolveMetadata(statements: readonly EntityStatement[]): { resolved: Record<string, Record<string, unknown>> } | ChainFailure {
	const [leaf, superior] = statements;
	const own = leaf?.claims.metadata ?? {};
	const above = statements.length > 2 ? (superior?.claims.metadata ?? {}) : {};
	const resolved: Record<string, Record<string, unknown>> = {};
	for (const type of new Set([...Object.keys(own), ...Object.keys(above)])) {
		const refusing = statements.findIndex(
			({ claims }) => type !== "federation_entity" && claims.constraints?.allowed_entity_types?.includes(type) === false,
		);
		if (refusing > 0) continue;
		const merged = mergePolicies(policiesFor(statements, type), criticalOperators(statements));
		if (!merged.ok) return failureOf("POLICY", `${type}: ${merged.description}`);
		const applied = applyPolicy(merged.policy, { ...own[type], ...above[type] });
		if (!applied.ok) return failureOf("METADATA", `${type}: ${applied.description}`);
		resolved[type] = applied.metadata;
	}
	return { resolved };
}

/** From the anchor downwards. */
function policiesFor(statements: readonly EntityStatement[], type: string): MetadataPolicy[] {
	return statements
		.toReversed()
		.map(({ claims }) => claims.metadata_policy?.[type])
		.filter((policy) => policy !== undefined);
}

function criticalOperators(statements: readonly EntityStatement[]): string[] {
	return statements.flatMap(({ claims }) => claims.metadata_policy_crit ?? []);
}

function failureOf(reason: ChainReason, description: string): ChainFailure {
	return chainFailure(reason, 0, description);
}
