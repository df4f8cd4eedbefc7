import { readFileSync } from "node:fs";
import { parse } from "graphql";
import { z } from "zod";
import { isGlobalId, isSlug, ownerOf } from "../../schema/global-id.ts";
import { OperatorError } from "../kit/errors.ts";
import { askEndpoint, EndpointError, type Question, type RouterProof } from "./ask-endpoint.ts";
import { checkContract } from "./check-contract.ts";

/** What an endpoint says of itself, once found to be a member's. */
export interface Candidate {
	slug: string;
	name: string;
	/** Badge classes it has, as it counts them. */
	badgeClasses: number;
	/** Whether it answers reads only when the router has signed them. */
	signedReads: boolean;
}

const PRESENTATION = "{ institutes { slug name } _service { sdl } }";
const SAMPLE =
	"{ badgeClasses(first: 100) { totalCount nodes { id issuer { id } institute { slug } } } changes(first: 100) { changes { id } } }";

const presentationSchema = z.object({
	institutes: z.array(z.object({ slug: z.string(), name: z.string().trim().min(1).max(200) })),
	_service: z.object({ sdl: z.string() }),
});
const sampleSchema = z.object({
	badgeClasses: z.object({
		totalCount: z.int().min(0),
		nodes: z.array(z.object({ id: z.string(), issuer: z.object({ id: z.string() }), institute: z.object({ slug: z.string() }) })),
	}),
	changes: z.object({ changes: z.array(z.object({ id: z.string() })) }),
});

/**
 * Examines an endpoint before its admission: it answers, is one institute, conforms to the contract, and returns only
 * rows of its own. Throws an {@link OperatorError} that says everything found wrong.
 *
 * It is asked as anyone would ask it. One that answers only the router is asked again with `proof`, which has to name it
 * beforehand: nobody gets a signature for the name of another by asking for it.
 */
export async function examineMember(endpoint: string, proof?: RouterProof): Promise<Candidate> {
	if (!URL.canParse(endpoint) || !/^https?:$/.test(new URL(endpoint).protocol))
		throw new OperatorError(`${JSON.stringify(endpoint)} is not an http(s) address.`);
	const signedReads = await wantsSignature(endpoint);
	if (signedReads && !proof)
		throw new OperatorError(
			`${endpoint} answers only what the router has signed: say whose it is (--slug), where the router's keys can be read.`,
		);
	const read = reader(endpoint, signedReads ? proof : undefined);
	const { institutes, _service } = await read(PRESENTATION, presentationSchema);
	const [institute] = institutes;
	if (institutes.length !== 1 || !institute)
		throw new OperatorError(`${endpoint} must be one institute, and presents ${institutes.length}.`);
	if (!isSlug(institute.slug))
		throw new OperatorError(
			`${endpoint} calls itself ${JSON.stringify(institute.slug)}, which is not a slug: lower-case letters, digits and inner hyphens, at most 63.`,
		);
	if (signedReads && institute.slug !== proof?.audience)
		throw new OperatorError(`${endpoint} calls itself ${JSON.stringify(institute.slug)}, and not ${JSON.stringify(proof?.audience)}.`);
	const problems = checkContract(readContract(), _service.sdl);
	if (problems.length > 0)
		throw new OperatorError(
			`The schema of ${endpoint} does not conform to the member contract (schema/member.graphql):\n${problems.map((line) => `  - ${line}`).join("\n")}`,
		);

	const { badgeClasses, changes } = await read(SAMPLE, sampleSchema);
	const ids = [...badgeClasses.nodes.flatMap((node) => [node.id, node.issuer.id]), ...changes.changes.map(({ id }) => id)];
	const wrong =
		ids.find((id) => !isGlobalId(id) || ownerOf(id) !== institute.slug) ??
		badgeClasses.nodes.find((node) => node.institute.slug !== institute.slug)?.institute.slug;
	if (wrong !== undefined)
		throw new OperatorError(
			`${endpoint} returned ${JSON.stringify(wrong)}: every id of ${institute.slug} must be ${institute.slug}:<local id>.`,
		);
	return { slug: institute.slug, name: institute.name.trim(), badgeClasses: badgeClasses.totalCount, signedReads };
}

/** Whether it refuses to a stranger what it may well answer to the router. */
async function wantsSignature(endpoint: string): Promise<boolean> {
	try {
		await askEndpoint({ endpoint, query: "{ __typename }" });
		return false;
	} catch (error) {
		return error instanceof EndpointError && error.code === "ROUTER_TOKEN_REQUIRED";
	}
}

function reader(endpoint: string, proof: RouterProof | undefined) {
	return <Schema extends z.ZodType>(query: string, schema: Schema) => read({ endpoint, query, proof }, schema);
}

async function read<Schema extends z.ZodType>(question: Question, schema: Schema): Promise<z.output<Schema>> {
	const { endpoint } = question;
	let data: Record<string, unknown>;
	try {
		data = await askEndpoint(question);
	} catch (error) {
		if (error instanceof EndpointError) throw new OperatorError(`${endpoint} cannot be admitted: ${error.message}.`, { cause: error });
		throw error;
	}
	const result = schema.safeParse(data);
	if (result.success) return result.data;
	const [issue] = result.error.issues;
	throw new OperatorError(`${endpoint} gave an answer that is not what was asked for: ${issue?.path.join(".")}: ${issue?.message}.`);
}

function readContract() {
	return parse(readFileSync(new URL("../../schema/member.graphql", import.meta.url), "utf8"), { noLocation: true });
}
