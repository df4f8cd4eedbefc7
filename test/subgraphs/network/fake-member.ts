import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A member that answers over HTTP with whatever a test wants it to, and refuses WebSockets. */
export interface FakeMember {
	url: string;
	stop(): Promise<void>;
}

/** Starts one. `answer` gets each operation and returns the body: an object as JSON, a string as it is. */
export async function startFakeMember(answer: (query: string, variables: Record<string, unknown>) => unknown): Promise<FakeMember> {
	const server = createServer((request, response) => {
		if (request.method !== "POST") return void response.writeHead(400).end();
		let body = "";
		request.on("data", (chunk) => (body += chunk));
		return request.on("end", () => {
			const { query, variables } = JSON.parse(body) as { query: string; variables: Record<string, unknown> };
			const content = answer(query, variables);
			response.setHeader("content-type", "application/json").end(typeof content === "string" ? content : JSON.stringify(content));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
		async stop() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
