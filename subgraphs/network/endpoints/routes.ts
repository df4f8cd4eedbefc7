import type { FastifyInstance } from "fastify";
import type { Log } from "../../kit/log.ts";
import { FEDERATION_PATH } from "../trust/entity-ids.ts";
import type { Trust } from "../trust/trust.ts";
import { FederationError } from "./federation-error.ts";
import { PUBLIC, serveFederation } from "./federation-routes.ts";
import { serveLog } from "./log-routes.ts";
import { serveTrqp, TRQP_PATH } from "./trqp-routes.ts";

/**
 * Everything about trust that is not GraphQL, for whoever asks: OpenID Federation 1.0, TRQP v2, the list of issuers, the log.
 * Answers are for pages of any origin, as they are public and no credentials count.
 */
export function serveTrust(app: FastifyInstance, trust: Trust, log: Log): void {
	void app.register(async (scope) => {
		scope.addHook("onRequest", async (_request, reply) => {
			reply.header("access-control-allow-origin", "*").header("cache-control", "no-store").header("x-content-type-options", "nosniff");
		});
		// Reads in the form of a POST: a form, and JSON that the guard's parser has read.
		scope.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string", bodyLimit: 32_768 }, (_request, body, done) => {
			done(null, Object.fromEntries(new URLSearchParams(body as string)));
		});
		scope.setErrorHandler((error, _request, reply) => {
			if (error instanceof FederationError)
				return reply.code(error.status).send({ error: error.code, error_description: error.description });
			const status = (error as { statusCode?: number }).statusCode ?? 500;
			if (status === 415)
				return reply
					.code(415)
					.send({ error: "invalid_request", error_description: "send the parameters as application/x-www-form-urlencoded" });
			if (status < 500) return reply.code(status).send({ error: "invalid_request", error_description: (error as Error).message });
			log.error({ error: (error as Error).stack }, "an endpoint of the federation failed");
			return reply.code(500).send({ error: "server_error", error_description: "something went wrong here" });
		});
		serveFederation(scope, trust);
		serveLog(scope, trust);
		serveTrqp(scope, trust, log);
		for (const path of [FEDERATION_PATH, TRQP_PATH]) {
			scope.all(`${path}/*`, PUBLIC, async ({ method, url }) => {
				throw new FederationError("not_found", `there is nothing at ${method} ${url.split("?")[0]}`);
			});
		}
	});
}
