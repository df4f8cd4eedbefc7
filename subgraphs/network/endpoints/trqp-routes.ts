import type { FastifyInstance } from "fastify";
import type { Log } from "../../kit/log.ts";
import type { Trust } from "../trust/trust.ts";
import { answerTrqp, type Problem } from "./trqp.ts";

/** Path below the hub's address. */
export const TRQP_PATH = "/trqp";

/** `POST /trqp/authorization` and `/trqp/recognition`; problems are RFC 7807's. */
export function serveTrqp(app: FastifyInstance, trust: Trust, log: Log): void {
	void app.register(async (scope) => {
		scope.setErrorHandler((error, _request, reply) => {
			const status = (error as { statusCode?: number }).statusCode ?? 500;
			if (status >= 500) log.error({ error: (error as Error).stack }, "an answer of the trust registry failed");
			const detail = status < 500 ? (error as Error).message : "something went wrong here";
			const problem = { type: "about:blank", title: status < 500 ? "Bad request" : "Internal server error", status, detail };
			return reply.code(status).type("application/problem+json").send(JSON.stringify(problem));
		});
		for (const kind of ["authorization", "recognition"] as const) {
			scope.post(`${TRQP_PATH}/${kind}`, { config: { isPublic: true }, bodyLimit: 16_384 }, async (request, reply) => {
				const answer = await answerTrqp(trust, kind, request.body);
				if (answer.ok) return reply.type("application/json").send(JSON.stringify(answer.body));
				const { problem }: { problem: Problem } = answer;
				return reply.code(problem.status).type("application/problem+json").send(JSON.stringify(problem));
			});
		}
	});
}
