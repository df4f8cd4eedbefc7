import { type Dispatcher, request } from "undici";
import { WELL_KNOWN } from "./entity-ids.ts";

/** Asks entities of a federation for what they say, with a deadline, a bound on the size, and no redirects. */

const DEADLINE = 4_000;
const LARGEST = 256 * 1024;

/** Rejects when there is no answer with status 200 in time. */
export async function fetchText(pool: Dispatcher, address: string, type: string, signal?: AbortSignal): Promise<string> {
	const patience = AbortSignal.timeout(DEADLINE);
	const response = await request(address, {
		dispatcher: pool,
		headers: { accept: type },
		signal: signal ? AbortSignal.any([signal, patience]) : patience,
	});
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of response.body as AsyncIterable<Buffer>) {
		size += chunk.length;
		if (size > LARGEST) throw new Error(`more than ${LARGEST} bytes`);
		chunks.push(chunk);
	}
	if (response.statusCode !== 200) throw new Error(`HTTP ${response.statusCode}`);
	return Buffer.concat(chunks).toString("utf8");
}

/** An entity's own statement, from its well-known address. */
export function fetchConfiguration(pool: Dispatcher, entity: string, signal?: AbortSignal): Promise<string> {
	return fetchText(pool, `${entity.replace(/\/$/, "")}${WELL_KNOWN}`, "application/entity-statement+jwt", signal);
}
