import { z } from "zod";
import { OperatorError } from "../../kit/errors.ts";
import { createOutgoingPool } from "../../kit/outgoing.ts";
import { askEndpoint, EndpointError } from "../ask-endpoint.ts";
import { fetchText } from "../trust/federation-client.ts";

/** A hub as whoever makes statements needs it. */
export interface SigningHub {
	/** The name of its network, for which statements are signed. */
	network: string;
	/** Publishes a statement. Returns its id and its place in the log. Throws an {@link OperatorError} that says why it was refused, and what mends it. */
	publish(token: string): Promise<{ id: string; sequence: number }>;
}

const PUBLISH = `mutation ($token: String!) { publishStatement(token: $token) {
	... on StatementPublished { statement { id sequence } }
	... on NetworkChangeRefused { code field message mend } } }`;

const resultSchema = z.object({
	publishStatement: z.union([
		z.object({ statement: z.object({ id: z.string(), sequence: z.int() }) }),
		z.object({ code: z.string(), field: z.string(), message: z.string(), mend: z.string() }),
	]),
});

/** Reads the name of the network at an address. Throws an {@link OperatorError} where there is none. */
export async function findHub(address: string): Promise<SigningHub> {
	if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol))
		throw new OperatorError(`--hub: ${JSON.stringify(address)} is not an http(s) address.`);
	const hub = address.replace(/\/+$/, "");
	// The operator gives the address.
	const pool = createOutgoingPool({ allowPrivateAddresses: true });
	let network: string | undefined;
	try {
		const page: unknown = JSON.parse(await fetchText(pool, `${hub}/federation/log?limit=1`, "application/json"));
		network = z.object({ network: z.string() }).safeParse(page).data?.network;
	} catch {
		// said below
	} finally {
		await pool.destroy();
	}
	if (network === undefined) throw new OperatorError(`--hub: no hub of a network answers at ${hub}.`);
	return {
		network,
		async publish(token) {
			let data: Record<string, unknown>;
			try {
				data = await askEndpoint({ endpoint: `${hub}/graphql`, query: PUBLISH, variables: { token } });
			} catch (error) {
				if (error instanceof EndpointError)
					throw new OperatorError(`${hub} did not take the statement: ${error.message}.`, { cause: error });
				throw error;
			}
			const result = resultSchema.parse(data).publishStatement;
			if ("statement" in result) return result.statement;
			throw new OperatorError(`Not recorded (${result.code}). ${result.field}: ${result.message}.\nTo mend it: ${result.mend}.`);
		},
	};
}
