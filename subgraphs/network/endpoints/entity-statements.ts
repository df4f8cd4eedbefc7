import { didOfKey } from "../../kit/did-key.ts";
import type { SigningKeys } from "../../kit/key-file.ts";
import { nowInSeconds, signToken } from "../../kit/sign-token.ts";
import { ENTITY_STATEMENT_TYPE } from "../federation/entity-statement.ts";
import { FEDERATION_PATH, markType } from "../trust/entity-ids.ts";
import { collectiveOf } from "../trust/party.ts";
import type { Trust } from "../trust/trust.ts";
import { type Entities, type Entity, subordinatesOf } from "./entities.ts";
import { FederationError } from "./federation-error.ts";

/** What the hub and the collectives say of themselves and of those below them, OpenID Federation 1.0 §3. */

const DAY = 86_400;
const MARKS = ["charter", "qualiopi", "metabadge-operator"] as const;

/** The keys of an entity that speaks here. */
export function keysOf({ authority }: Trust, { kind, party }: Entity): SigningKeys {
	const id = collectiveOf(party);
	return kind === "collective" && id !== undefined ? authority.collective(id) : authority.keys;
}

/** Address below which an entity's endpoints are. */
export function endpointsOf(trust: Trust, entity: Entity): string {
	return entity.kind === "hub" ? `${trust.base}${FEDERATION_PATH}` : entity.id;
}

/** An entity's own statement: of the hub or a collective. */
export function configurationOf(trust: Trust, entity: Entity, entities: Entities): Promise<string> {
	const at = endpointsOf(trust, entity);
	const isHub = entity.kind === "hub";
	return sign(trust, entity, entity.id, {
		jwks: { keys: entity.keys },
		...(!isHub && { authority_hints: entity.above }),
		metadata: {
			federation_entity: {
				organization_name: entity.name,
				federation_fetch_endpoint: `${at}/fetch`,
				federation_list_endpoint: `${at}/list`,
				federation_trust_mark_endpoint: `${at}/trust-mark`,
				federation_trust_mark_status_endpoint: `${at}/trust-mark-status`,
				federation_trust_mark_list_endpoint: `${at}/trust-mark-list`,
				federation_historical_keys_endpoint: `${at}/historical-keys`,
				...(isHub && { federation_resolve_endpoint: `${at}/resolve`, federation_collection_endpoint: `${at}/collection` }),
			},
		},
		...(isHub && whoGivesMarks(trust, entities)),
	});
}

/** §7: who gives the marks of each type, and whose those types are which others may give for it. */
function whoGivesMarks(trust: Trust, { hub, byId, byParty, record, now }: Entities): object {
	const collectives = [...byId.values()].filter(({ kind }) => kind === "collective").map(({ id }) => id);
	const charged = (mark: string) => record.delegationsAt(now).flatMap((one) => (one.mark === mark ? (byParty.get(one.to)?.id ?? []) : []));
	const issuers = MARKS.map((mark) => [markType(trust.base, mark), mark === "charter" ? collectives : [hub.id, ...charged(mark)]] as const);
	const own = MARKS.filter((mark) => mark !== "charter");
	return {
		// An empty list would let everybody give the mark.
		trust_mark_issuers: Object.fromEntries(issuers.filter(([, ids]) => ids.length > 0)),
		trust_mark_owners: Object.fromEntries(own.map((mark) => [markType(trust.base, mark), { sub: hub.id, jwks: { keys: hub.keys } }])),
	};
}

/** What an entity says of one directly below it. Throws a {@link FederationError} where there is none of that name. */
export function subordinateStatement(trust: Trust, superior: Entity, subject: string, entities: Entities): Promise<string> {
	if (subject === superior.id)
		throw new FederationError("invalid_request", "sub is the issuer itself: its own statement is at its well-known address");
	const below = subordinatesOf(superior, entities).find(({ id }) => id === subject);
	if (!below) throw new FederationError("not_found", `${subject} is not directly below ${superior.id}`);
	return sign(trust, superior, below.id, {
		jwks: { keys: below.keys },
		source_endpoint: `${endpointsOf(trust, superior)}/fetch`,
		...(below.kind === "collective"
			? {
					// Between the hub and a member stands one collective, and members issue badges.
					constraints: { max_path_length: 1, allowed_entity_types: ["open_badge_issuer"] },
					metadata_policy: { open_badge_issuer: { profile_id: { essential: true }, organization_name: { essential: true } } },
				}
			: {
					metadata: {
						open_badge_issuer: {
							profile_id: below.party,
							organization_name: below.name,
							dids: below.keys.map(didOfKey),
							graphql_url: below.endpoint,
						},
					},
				}),
	});
}

function sign(trust: Trust, issuer: Entity, subject: string, claims: object): Promise<string> {
	const iat = nowInSeconds();
	return signToken(keysOf(trust, issuer), ENTITY_STATEMENT_TYPE, { iss: issuer.id, sub: subject, iat, exp: iat + DAY, ...claims });
}
