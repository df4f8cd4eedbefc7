import { createHash } from "node:crypto";
import { LRUCache } from "lru-cache";
import type { LoaderFunctionArgs } from "react-router";
import { isBadgeId } from "../badge/badge-id.ts";
import { graphql } from "../graphql.ts";
import { type Hub, openHub } from "../hub-client.ts";
import { drawEmblem } from "./emblem.ts";
import { type Picture, readImage } from "./read-image.ts";

const BadgeImage_Query = graphql(`
	query BadgeImage_Query($id: ID!) {
		badgeClass(id: $id) {
			name
			image
		}
		pathway(badgeClassId: $id) {
			name
		}
	}
`);

interface Shown extends Picture {
	etag: string;
	/** Seconds a browser may keep it: long for the issuer's own, short for what stands in until it answers. */
	maxAge: number;
}

const pictures = new LRUCache<string, Shown, Hub>({
	maxSize: 24_000_000,
	sizeCalculation: ({ body }) => body.length + 500,
	ttl: 10 * 60_000,
	// One reading for all the readers who ask at once.
	fetchMethod: async (key, _old, { context: hub, options }) => {
		const shown = await findPicture(key.slice(key.lastIndexOf(" ") + 1), hub);
		options.ttl = shown.maxAge * 1_000;
		return shown;
	},
});

/** A badge's picture: its issuer's, fetched by the hub, or else its emblem. Never an error that a page would show. */
export async function loader(args: LoaderFunctionArgs) {
	const id = args.params.id ?? "";
	if (!isBadgeId(id)) return new Response("unknown", { status: 404 });
	// Not bound to this request: another reader may be waiting for the same picture.
	const hub = openHub({ context: args.context, request: new Request(args.request.url) });
	const shown = (await pictures.fetch(`${hub.settings.graphqlUrl} ${id}`, { context: hub })) ?? present(emblem(id), 60);
	const headers = {
		ETag: shown.etag,
		"Cache-Control": `public, max-age=${shown.maxAge}`,
		"Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
	};
	if (args.request.headers.get("if-none-match") === shown.etag) return new Response(null, { status: 304, headers });
	return new Response(new Uint8Array(shown.body), { headers: { ...headers, "Content-Type": shown.type } });
}

async function findPicture(id: string, hub: Hub): Promise<Shown> {
	const answer = await hub.ask(BadgeImage_Query, { id });
	const badge = answer.data?.badgeClass;
	const name = badge?.name ?? answer.data?.pathway?.name;
	if (!badge?.image) return present(emblem(name ?? id), badge ? 3_600 : 60);
	try {
		return present(await readImage(badge.image, hub.settings), 3_600);
	} catch (error) {
		hub.settings.log("a badge's image cannot be shown", { id, error: String(error) });
		return present(emblem(badge.name), 300);
	}
}

const emblem = (name: string): Picture => ({ type: "image/svg+xml", body: Buffer.from(drawEmblem(name)) });

const present = (picture: Picture, maxAge: number): Shown => ({
	...picture,
	maxAge,
	etag: `"${createHash("sha256").update(picture.body).digest("base64url").slice(0, 22)}"`,
});
