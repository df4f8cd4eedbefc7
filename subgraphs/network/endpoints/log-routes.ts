import type { FastifyInstance } from "fastify";
import { FEDERATION_PATH } from "../trust/entity-ids.ts";
import { lastCheckpoint, readEntries } from "../trust/log-rows.ts";
import type { Trust } from "../trust/trust.ts";
import { FederationError } from "./federation-error.ts";
import { one, type Parameters, refuseOthers } from "./parameters.ts";

/** The log of statements, for whoever wants to verify it: as it is stored, read from the table each time. */

const LARGEST_PAGE = 500;

export function serveLog(app: FastifyInstance, { database, authority, log }: Trust): void {
	app.get(`${FEDERATION_PATH}/log`, async (request) => {
		const parameters = request.query as Parameters;
		refuseOthers(parameters, ["after", "limit"]);
		const after = wholeNumber(parameters, "after", 0, 0, 2 ** 31 - 1);
		const limit = wholeNumber(parameters, "limit", LARGEST_PAGE, 1, LARGEST_PAGE);
		const entries = await readEntries(database.manager, after, limit);
		return {
			network: authority.network,
			entries: entries.map(({ sequence, id, token, recordedAt, previous, hash }) => ({ sequence, id, token, recordedAt, previous, hash })),
			next: entries.length === limit ? entries.at(-1)?.sequence : null,
		};
	});
	app.get(`${FEDERATION_PATH}/log/checkpoint`, async (_request, reply) => {
		const token = await lastCheckpoint(database.manager);
		if (token === undefined) throw new FederationError("not_found", "the log is empty");
		return reply.type("application/network-checkpoint+jwt").send(token);
	});
	app.get<{ Params: { id: string } }>(`${FEDERATION_PATH}/statements/:id`, async (request, reply) => {
		const found = (await log.current()).byId.get(request.params.id);
		if (!found) throw new FederationError("not_found", "there is no such statement");
		return reply.type("application/jwt").send(found.entry.token);
	});
}

function wholeNumber(parameters: Parameters, name: string, absent: number, least: number, most: number): number {
	const value = Number(one(parameters, name) ?? absent);
	if (!Number.isInteger(value) || value < least || value > most)
		throw new FederationError("invalid_request", `${name} is a whole number from ${least} to ${most}`);
	return value;
}
