import { type Dispatcher, request } from "undici";

/** Asks a hub as anyone would, with a deadline and a bound for each answer. */
export interface HubClient {
	/** The address that was given, without a slash at its end. */
	hub: string;
	pool: Dispatcher;
	text(path: string): Promise<string>;
	json(path: string, body?: object): Promise<unknown>;
}

/** The hub, or an endpoint of it, gave no answer that could be looked at. */
export class Unreachable extends Error {
	override name = "Unreachable";
}

const DEADLINE = 10_000;
const LARGEST = 64 * 1024 * 1024;

export function hubClient(address: string, pool: Dispatcher): HubClient {
	const hub = address.replace(/\/+$/, "");
	async function ask(path: string, body?: object): Promise<string> {
		try {
			const answer = await request(`${hub}${path}`, {
				dispatcher: pool,
				method: body ? "POST" : "GET",
				...(body && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
				signal: AbortSignal.timeout(DEADLINE),
			});
			const chunks: Buffer[] = [];
			let size = 0;
			for await (const chunk of answer.body as AsyncIterable<Buffer>) {
				size += chunk.length;
				if (size > LARGEST) throw new Error("the answer is too large");
				chunks.push(chunk);
			}
			if (answer.statusCode >= 500) throw new Error(`HTTP ${answer.statusCode}`);
			return Buffer.concat(chunks).toString("utf8");
		} catch (error) {
			throw new Unreachable(`${hub}${path}: ${(error as { code?: string }).code ?? (error as Error).message}`);
		}
	}
	return {
		hub,
		pool,
		text: (path) => ask(path),
		async json(path, body) {
			const text = await ask(path, body);
			try {
				return JSON.parse(text);
			} catch {
				throw new Unreachable(`${hub}${path}: what it sent is not JSON`);
			}
		},
	};
}
