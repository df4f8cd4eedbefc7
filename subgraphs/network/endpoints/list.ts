import { millisecondsOf } from "../instant.ts";
import type { Trust } from "../trust/trust.ts";
import { type Entities, type Entity, subordinatesOf } from "./entities.ts";
import { FederationError } from "./federation-error.ts";
import { flag, many, one, type Parameters, refuseOthers } from "./parameters.ts";
import { marked, marksOf } from "./trust-marks.ts";

/** Lists of entities: OpenID Federation 1.0 §8.2, and the draft of an entity collection. */

const FILTERS = ["entity_type", "trust_marked", "trust_mark_type", "intermediate"];
const COLLECTION = ["from_entity_id", "limit", "entity_type", "trust_mark_type", "trust_anchor", "query", "entity_claims", "ui_claims"];
const LARGEST_PAGE = 500;

/** Entity identifiers directly below one, sorted. */
export function listSubordinates(trust: Trust, superior: Entity, parameters: Parameters, entities: Entities): string[] {
	refuseOthers(parameters, FILTERS);
	const types = many(parameters, "entity_type");
	const intermediate = flag(parameters, "intermediate");
	const type = one(parameters, "trust_mark_type");
	const isMarked = flag(parameters, "trust_marked");
	const bearers = type !== undefined || isMarked !== undefined ? marked(trust, entities, { type }) : undefined;
	return subordinatesOf(superior, entities)
		.filter((entity) => types.length === 0 || typesOf(entity).some((name) => types.includes(name)))
		.filter(({ kind }) => intermediate === undefined || (kind === "collective") === intermediate)
		.filter(({ id }) => !bearers || bearers.has(id) === (isMarked ?? true))
		.map(({ id }) => id)
		.sort();
}

/** A page of every entity of the network. Not signed, and so for information only. */
export async function collect(trust: Trust, parameters: Parameters, entities: Entities): Promise<object> {
	refuseOthers(parameters, COLLECTION);
	const { byId, hub, record } = entities;
	const anchor = one(parameters, "trust_anchor");
	if (anchor !== undefined && anchor !== hub.id)
		throw new FederationError("invalid_trust_anchor", `the anchor of this network is ${hub.id}`);
	const limit = Number(one(parameters, "limit") ?? LARGEST_PAGE);
	if (!Number.isInteger(limit) || limit < 1 || limit > LARGEST_PAGE)
		throw new FederationError("invalid_request", `limit is a whole number from 1 to ${LARGEST_PAGE}`);
	const types = many(parameters, "entity_type");
	const type = one(parameters, "trust_mark_type");
	const bearers = type === undefined ? undefined : marked(trust, entities, { type });
	const words = one(parameters, "query")?.toLocaleLowerCase("fr");
	const found = [...byId.values()]
		.filter((entity) => types.length === 0 || typesOf(entity).some((name) => types.includes(name)))
		.filter(({ id, name }) => (!bearers || bearers.has(id)) && (words === undefined || name.toLocaleLowerCase("fr").includes(words)))
		.sort((left, right) => (left.id < right.id ? -1 : 1));
	const from = one(parameters, "from_entity_id");
	const start = from === undefined ? 0 : found.findIndex(({ id }) => id === from);
	if (start === -1) throw new FederationError("not_found", `${from} is not in this list`);
	const page = found.slice(start, start + limit);
	return {
		entities: await Promise.all(
			page.map(async (entity) => ({
				entity_id: entity.id,
				entity_types: typesOf(entity),
				ui_infos: Object.fromEntries(typesOf(entity).map((name) => [name, { display_name: entity.name, "display_name#fr": entity.name }])),
				...(entity.kind === "member" && {
					trust_marks: (await marksOf(trust, entity, entities)).map(({ type: trust_mark_type, token }) => ({
						trust_mark_type,
						trust_mark: token,
					})),
				}),
			})),
		),
		...(found[start + limit] && { next_entity_id: found[start + limit]?.id }),
		last_updated: Math.floor((millisecondsOf(record.entries.at(-1)?.recordedAt) ?? entities.now) / 1000),
	};
}

function typesOf({ kind }: Entity): string[] {
	return kind === "member" ? ["federation_entity", "open_badge_issuer"] : ["federation_entity"];
}
