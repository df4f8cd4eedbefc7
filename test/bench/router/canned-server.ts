import { createServer, type Server, type Socket } from "node:net";

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

const SEPARATOR = Buffer.from("\r\n\r\n");

export async function startCannedServer({ answer, delay = 0 }: CannedOptions): Promise<CannedServer> {
	const kept = new Map<string, Buffer>();
	const sockets = new Set<Socket>();
	let count = 0;

	async function respond(socket: Socket, body: string): Promise<void> {
		let bytes = kept.get(body);
		if (!bytes) {
			const text = Buffer.from(await answer(body));
			bytes = Buffer.concat([
				Buffer.from(`HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${text.length}\r\n\r\n`),
				text,
			]);
			kept.set(body, bytes);
		}
		count += 1;
		const whole = bytes;
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
