import { createServer, type Server, type Socket } from "node:net";
import { LRUCache } from "lru-cache";

/**
 * A server so light that whoever asks it is the bottleneck: it reads HTTP/1.1 by hand, and answers each body it has met
 * before with bytes kept from then. Only the first time is the answer worked out.
 */
export interface CannedServer {
	port: number;
	/** Requests answered so far. */
	count(): number;
	stop(): Promise<void>;
}

export interface CannedOptions {
	answer: (body: string) => Promise<string>;
	/** Milliseconds before each answer. */
	delay?: number;
}

const MOST_KEPT = 3_000;
const MARK = /"mark":"[^"]*"/;
const SEPARATOR = Buffer.from("\r\n\r\n");

export async function startCannedServer({ answer, delay = 0 }: CannedOptions): Promise<CannedServer> {
	const kept = new LRUCache<string, Buffer | Promise<Buffer>>({ max: MOST_KEPT });
	const sockets = new Set<Socket>();
	let count = 0;

	async function workOut(body: string): Promise<Buffer> {
		const text = await answer(body);
		return Buffer.from(`HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
	}

	async function respond(socket: Socket, body: string): Promise<void> {
		// What makes requests distinct, and answers not.
		const key = body.replace(MARK, "");
		let bytes = kept.get(key);
		if (!bytes) {
			bytes = workOut(body);
			kept.set(key, bytes);
			kept.set(key, await bytes);
		}
		count += 1;
		const whole = bytes instanceof Promise ? await bytes : bytes;
		if (delay === 0) socket.write(whole);
		else setTimeout(() => socket.writable && socket.write(whole), delay);
	}

	const server: Server = createServer({ noDelay: true }, (socket) => {
		sockets.add(socket);
		socket.on("close", () => sockets.delete(socket));
		socket.on("error", () => undefined);
		let waiting: Buffer | undefined;
		socket.on("data", (chunk: Buffer) => {
			let rest = waiting ? Buffer.concat([waiting, chunk]) : chunk;
			for (;;) {
				const end = rest.indexOf(SEPARATOR);
				if (end === -1) break;
				const length = Number(/content-length: *(\d+)/i.exec(rest.toString("latin1", 0, end))?.[1] ?? 0);
				const start = end + SEPARATOR.length;
				if (rest.length < start + length) break;
				void respond(socket, rest.toString("utf8", start, start + length));
				rest = rest.subarray(start + length);
			}
			waiting = rest.length > 0 ? rest : undefined;
		});
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	return {
		port: (server.address() as { port: number }).port,
		count: () => count,
		async stop() {
			for (const socket of sockets) socket.destroy();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
}
