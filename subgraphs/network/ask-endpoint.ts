import { request } from "undici";
import { digestOfBody, ROUTER_TOKEN_HEADER } from "../kit/router-token/format.ts";
import type { RouterSigner } from "../kit/router-token/signer.ts";

/**
 * Asks a GraphQL endpoint that is not ours to trust: with a deadline, a bound on the size of the answer, and no
 * redirects.
 */

export interface Question {
	endpoint: string;
	query: string;
	variables?: Record<string, unknown>;
	/** Milliseconds for the whole exchange. */
	deadline?: number;
	/** Bytes of the largest answer accepted. */
	largestAnswer?: number;
	signal?: AbortSignal;
	/** Signs the question as the router would: for an endpoint that answers nothing else. */
	proof?: RouterProof | undefined;
}

/** The router's key, in the hands of a part of its hub, and whom it speaks to. */
export interface RouterProof {
	signer: RouterSigner;
	/** The member's slug. */
	audience: string;
}

/** Why an endpoint gave no answer that can be used. The message says it in plain words, without the address. */
export class EndpointError extends Error {
	override name = "EndpointError";
	/** The code of the error that it answered with, if it did. */
	code: string | undefined;
}

const DEADLINE = 10_000;
const LARGEST_ANSWER = 2 * 1024 * 1024;

/** Returns the `data` of the answer. Throws an {@link EndpointError} for everything else, errors of GraphQL included. */
export async function askEndpoint({
	endpoint,
	query,
	variables = {},
	deadline = DEADLINE,
	largestAnswer = LARGEST_ANSWER,
	signal,
	proof,
}: Question): Promise<Record<string, unknown>> {
	const patience = AbortSignal.timeout(deadline);
	const body = JSON.stringify({ query, variables });
	let status: number;
	let text: string;
	try {
		const response = await request(endpoint, {
			method: "POST",
			headers: {
				"content-type": "application/json",
				accept: "application/graphql-response+json, application/json",
				...(proof && { [ROUTER_TOKEN_HEADER]: proof.signer.sign(proof.audience, digestOfBody(body)) }),
			},
			body,
			signal: signal ? AbortSignal.any([signal, patience]) : patience,
		});
		status = response.statusCode;
		text = await readBounded(response.body, largestAnswer);
	} catch (error) {
		if (error instanceof EndpointError) throw error;
		throw new EndpointError(patience.aborted ? `it did not answer within ${deadline / 1000} s` : reasonOf(error), { cause: error });
	}
	const answer = parseAnswer(text, status);
	const [problem] = Array.isArray(answer.errors) ? answer.errors : [];
	if (problem !== undefined) throw answeredError(problem);
	if (typeof answer.data !== "object" || answer.data === null) throw new EndpointError("its answer holds no data");
	return answer.data as Record<string, unknown>;
}

function answeredError(problem: unknown): EndpointError {
	const { message, extensions } = (problem ?? {}) as { message?: unknown; extensions?: { code?: unknown } | null };
	const error = new EndpointError(`it answered with an error: ${String(message).slice(0, 300)}`);
	if (typeof extensions?.code === "string") error.code = extensions.code;
	return error;
}

async function readBounded(body: AsyncIterable<Buffer>, largest: number): Promise<string> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of body) {
		size += chunk.length;
		if (size > largest) throw new EndpointError(`its answer is larger than ${Math.round(largest / 1024)} kB`);
		chunks.push(chunk);
	}
	return Buffer.concat(chunks).toString("utf8");
}

function parseAnswer(text: string, status: number): { data?: unknown; errors?: unknown } {
	try {
		const answer: unknown = JSON.parse(text);
		if (typeof answer === "object" && answer !== null && ("data" in answer || "errors" in answer)) return answer;
	} catch {
		// said below
	}
	throw new EndpointError(
		status >= 300 && status < 400
			? `it redirects (status ${status}): give the address it leads to`
			: `it does not speak GraphQL: what it sent (status ${status}) is not an answer`,
	);
}

const REASONS: Record<string, string> = {
	ECONNREFUSED: "nothing answers there",
	ENOTFOUND: "there is no host of that name",
	EAI_AGAIN: "the name of the host cannot be looked up now",
	ECONNRESET: "it closed the connection",
	UND_ERR_SOCKET: "it closed the connection",
	UND_ERR_CONNECT_TIMEOUT: "the connection could not be made in time",
};

function reasonOf(error: unknown): string {
	const { code, message } = error as { code?: string; message?: string };
	return REASONS[code ?? ""] ?? message ?? "it could not be asked";
}
