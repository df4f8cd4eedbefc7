import type { LoaderFunctionArgs } from "react-router";
import { openHub } from "../hub-client.ts";
import { publicOrigin } from "../hub-context.ts";

/** Everything may be read, but for lists of filtered lists, which have no end. */
export function loader(args: LoaderFunctionArgs) {
	const origin = publicOrigin(openHub(args).settings, args.request);
	const lines = ["User-agent: *", "Disallow: /*?", "Disallow: /graphql", "Allow: /", "", `Sitemap: ${origin}/sitemap.xml`, ""];
	return new Response(lines.join("\n"), { headers: { "Content-Type": "text/plain; charset=utf-8" } });
}
