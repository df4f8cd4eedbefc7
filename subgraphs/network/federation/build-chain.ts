import { type ChainFailure, chainFailure } from "./chain-error.ts";
import { type EntityStatement, readStatement } from "./entity-statement.ts";
import { type VerifiedChain, type VerifyOptions, verifyChain } from "./verify-chain.ts";

/** Asks entities for statements. Each rejects when there is no answer. */
export interface FederationClient {
	/** The entity's own statement, from its well-known address. */
	configuration(entity: string, signal: AbortSignal): Promise<string>;
	/** What `superior` says of `subject`; `endpoint` is its `federation_fetch_endpoint`. */
	statement(endpoint: string, subject: string, signal: AbortSignal): Promise<string>;
}

export interface BuildOptions extends VerifyOptions {
	client: FederationClient;
	signal: AbortSignal;
	/** Entities above the subject that are asked at most, in one chain. 6. */
	deepest?: number;
	/** Questions asked at most for all chains together: a hostile entity may name ever more superiors. 60. */
	mostQuestions?: number;
}

/** A way upwards: what has been gathered, and who is asked next. */
interface Path {
	jwts: string[];
	entity: string;
	configuration: EntityStatement;
	seen: readonly string[];
}

/**
 * Finds a trust chain from an entity to an anchor, the shortest first (§10.1), by asking upwards along
 * `authority_hints`. Where several ways fail, a chain that is invalid is told before one that could not be checked;
 * an entity whose every way is unreachable is `unchecked`.
 */
export async function buildChain(subject: string, options: BuildOptions): Promise<VerifiedChain | ChainFailure> {
	const { anchors, client, signal, deepest = 6, mostQuestions = 60 } = options;
	const failures: ChainFailure[] = [];
	let questions = 0;
	const ask = async (question: () => Promise<string>, at: number, whom: string): Promise<string | ChainFailure> => {
		questions += 1;
		if (questions > mostQuestions) return chainFailure("PATH_TOO_LONG", at, `more than ${mostQuestions} questions were needed`);
		try {
			return await question();
		} catch {
			return chainFailure("UNREACHABLE", at, `${whom} did not answer`);
		}
	};
	const read = (jwt: string | ChainFailure, at: number): EntityStatement | ChainFailure => {
		if (typeof jwt !== "string") return jwt;
		const statement = readStatement(jwt);
		return statement.ok ? statement.statement : chainFailure(statement.reason, at, statement.description);
	};

	const own = await ask(() => client.configuration(subject, signal), 0, subject);
	const leaf = read(own, 0);
	if ("ok" in leaf) return leaf;
	if (leaf.claims.sub !== subject) return chainFailure("WRONG_SUBJECT", 0, `${subject} presents itself as ${leaf.claims.sub}`);
	let paths: Path[] = [{ jwts: [leaf.jwt], entity: subject, configuration: leaf, seen: [subject] }];
	for (let depth = 0; depth <= deepest && paths.length > 0; depth += 1) {
		const next: Path[] = [];
		for (const path of paths) {
			if (anchors.has(path.entity)) {
				const chain = depth === 0 ? path.jwts : [...path.jwts, path.configuration.jwt];
				const verified = await verifyChain(chain, options);
				if (verified.ok) return verified;
				failures.push(verified);
				continue;
			}
			const hints = path.configuration.claims.authority_hints ?? [];
			if (hints.length === 0) failures.push(chainFailure("UNKNOWN_ANCHOR", path.jwts.length - 1, `${path.entity} is not trusted here`));
			if (hints.length > 0 && depth === deepest)
				failures.push(chainFailure("PATH_TOO_LONG", path.jwts.length - 1, `more than ${deepest} entities stand above ${subject}`));
			else for (const superior of hints) await climb(path, superior, next);
		}
		paths = next;
	}
	return (
		failures.find(({ status }) => status === "invalid") ??
		failures[0] ??
		chainFailure("UNKNOWN_ANCHOR", 0, `nobody stands above ${subject}`)
	);

	async function climb(path: Path, superior: string, next: Path[]): Promise<void> {
		const at = path.jwts.length;
		if (path.seen.includes(superior)) return void failures.push(chainFailure("LOOP", at, `${superior} is above itself`));
		const configuration = read(await ask(() => client.configuration(superior, signal), at, superior), at);
		if ("ok" in configuration) return void failures.push(configuration);
		const endpoint = configuration.claims.metadata?.federation_entity?.federation_fetch_endpoint;
		if (configuration.claims.iss !== superior || typeof endpoint !== "string")
			return void failures.push(chainFailure("WRONG_ISSUER", at, `${superior} says of itself neither who it is nor where to ask it`));
		const statement = read(await ask(() => client.statement(endpoint, path.entity, signal), at, superior), at);
		if ("ok" in statement) return void failures.push(statement);
		next.push({ jwts: [...path.jwts, statement.jwt], entity: superior, configuration, seen: [...path.seen, superior] });
	}
}
