import type { FastifyInstance, FastifyRequest } from "fastify";
import { nowInSeconds, signToken } from "../../kit/sign-token.ts";
import { FEDERATION_PATH, WELL_KNOWN } from "../trust/entity-ids.ts";
import { collectiveParty } from "../trust/party.ts";
import type { Trust } from "../trust/trust.ts";
import { type Entities, type Entity, readEntities } from "./entities.ts";
import { configurationOf, keysOf, subordinateStatement } from "./entity-statements.ts";
import { FederationError } from "./federation-error.ts";
import { historicalKeys } from "./historical-keys.ts";
import { collect, listSubordinates } from "./list.ts";
import { many, one, type Parameters, required } from "./parameters.ts";
import { registryOf } from "./registry.ts";
import { resolve } from "./resolve.ts";
import { marked, markOf, statusOf } from "./trust-marks.ts";

/** The endpoints of OpenID Federation 1.0 §8, of the hub and of each collective, with the content types that it names. */

const STATEMENT = "application/entity-statement+jwt";
const JSON_TYPE = "application/json";
/** Routes whose POST is a reading that anyone may ask for. */
export const PUBLIC = { config: { isPublic: true } };

type Handler = (asked: { self: Entity; entities: Entities; parameters: Parameters }) => Promise<string | object> | string | object;

export function serveFederation(app: FastifyInstance, trust: Trust): void {
	const answer = (type: string, handle: Handler) => async (request: FastifyRequest, reply: { type(type: string): unknown }) => {
		const entities = await readEntities(trust);
		const { collective } = (request.params ?? {}) as { collective?: string };
		const self = collective === undefined ? entities.hub : entities.byParty.get(collectiveParty(collective));
		if (!self) throw new FederationError("not_found", "there is no such collective");
		const answered = await handle({ self, entities, parameters: (request.method === "POST" ? request.body : request.query) as Parameters });
		reply.type(type);
		// As JSON by hand: Fastify would write the type of a JWT that is a string as text.
		return typeof answered === "string" ? answered : JSON.stringify(answered);
	};
	const own: Handler = ({ self, entities }) => configurationOf(trust, self, entities);
	app.get(WELL_KNOWN, answer(STATEMENT, own));
	for (const at of [FEDERATION_PATH, `${FEDERATION_PATH}/collectives/:collective`]) {
		app.get(
			`${at}/fetch`,
			answer(STATEMENT, ({ self, entities, parameters }) => subordinateStatement(trust, self, required(parameters, "sub"), entities)),
		);
		app.get(
			`${at}/list`,
			answer(JSON_TYPE, ({ self, entities, parameters }) => listSubordinates(trust, self, parameters, entities)),
		);
		app.get(
			`${at}/trust-mark`,
			answer("application/trust-mark+jwt", ({ self, entities, parameters }) =>
				markOf(trust, self, required(parameters, "trust_mark_type"), required(parameters, "sub"), entities),
			),
		);
		app.get(
			`${at}/trust-mark-list`,
			answer(JSON_TYPE, ({ self, entities, parameters }) => {
				const subject = one(parameters, "sub");
				const bearers = marked(trust, entities, { type: required(parameters, "trust_mark_type"), by: self });
				return [...bearers].filter((id) => subject === undefined || id === subject);
			}),
		);
		app.post(
			`${at}/trust-mark-status`,
			PUBLIC,
			answer("application/trust-mark-status-response+jwt", async ({ self, entities, parameters }) => {
				const mark = required(parameters ?? {}, "trust_mark");
				const status = await statusOf(self, mark, entities);
				const claims = { iss: self.id, iat: nowInSeconds(), trust_mark: mark, status };
				return signToken(keysOf(trust, self), "trust-mark-status-response+jwt", claims);
			}),
		);
		app.get(
			`${at}/historical-keys`,
			answer("application/jwk-set+jwt", ({ self, entities, parameters }) => {
				const subject = one(parameters, "sub");
				const about = subject === undefined || self.kind !== "hub" ? self : entities.byId.get(subject);
				if (!about) throw new FederationError("not_found", `${subject} is not an entity of this network`);
				return historicalKeys(trust, self, about, entities);
			}),
		);
	}
	app.get(`${FEDERATION_PATH}/collectives/:collective${WELL_KNOWN}`, answer(STATEMENT, own));
	app.get(
		`${FEDERATION_PATH}/resolve`,
		answer("application/resolve-response+jwt", ({ entities, parameters }) => {
			const subject = required(parameters, "sub");
			const anchors = many(parameters, "trust_anchor");
			if (anchors.length === 0) throw new FederationError("invalid_request", "the parameter trust_anchor is missing");
			return resolve(trust, { subject, anchors, types: many(parameters, "entity_type") }, entities);
		}),
	);
	app.get(
		`${FEDERATION_PATH}/collection`,
		answer(JSON_TYPE, ({ entities, parameters }) => collect(trust, parameters, entities)),
	);
	app.get(
		`${FEDERATION_PATH}/registry.json`,
		answer(JSON_TYPE, ({ entities }) => registryOf(trust, entities)),
	);
}
