import type { FastifyInstance } from "fastify";
import { didOfKey } from "../kit/did-key.ts";
import type { SigningKeys } from "../kit/key-file.ts";
import { nowInSeconds, signToken } from "../kit/sign-token.ts";
import type { InstituteProfile } from "./config.ts";

/** How an institute presents itself to a federation (OpenID Federation 1.0 §9), and by which keys its statements are known. */
export interface FederationSettings {
	/** Its keys, as they are now: the first signs. */
	keys: () => SigningKeys;
	/** Entity identifiers of those above it: collectives, or the hub. */
	authorities: readonly string[];
}

const PATH = "/.well-known/openid-federation";
const DAY = 86_400;

/** Serves the entity configuration. `entity` is the institute's own identifier: its address without a path at its end. */
export function serveEntityConfiguration(
	app: FastifyInstance,
	{ keys, authorities }: FederationSettings,
	profile: InstituteProfile,
	entity: () => string,
): void {
	app.get(PATH, async (_request, reply) => {
		const held = keys();
		const iat = nowInSeconds();
		const id = entity();
		const name = { organization_name: profile.name, ...(profile.website && { organization_uri: profile.website }) };
		const configuration = await signToken(held, "entity-statement+jwt", {
			iss: id,
			sub: id,
			iat,
			exp: iat + DAY,
			jwks: held.published,
			...(authorities.length > 0 && { authority_hints: authorities }),
			metadata: {
				federation_entity: { ...name, ...(profile.email && { contacts: [profile.email] }) },
				open_badge_issuer: {
					...name,
					profile_id: profile.slug,
					graphql_url: `${id}/graphql`,
					dids: held.published.keys.map(didOfKey).filter((did) => did !== undefined),
				},
			},
		});
		return reply.type("application/entity-statement+jwt").header("cache-control", "no-store").send(configuration);
	});
}
