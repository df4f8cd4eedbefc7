import type { IncomingMessage, ServerResponse } from "node:http";
import { pathToFileURL } from "node:url";
import type { HubSettings, PageListener } from "./app/hub-context.ts";
import { buildPages, serverBundle } from "./build.ts";
import { readAssets } from "./static-assets.ts";

export interface PagesOptions {
	/** Address of the hub's GraphQL router, as this process reaches it. */
	graphqlUrl: string;
	/** Address under which readers see the pages, for codes, sitemaps and structured data. Default: that of each request. */
	publicUrl?: string;
	/** Lets the server fetch badges' images from private addresses. Default false; the demonstration needs it. */
	allowPrivateAddresses?: boolean;
	/** Looks at each request whether the sources changed, and builds again when they did. Default false. */
	dev?: boolean;
	/** Told what went wrong behind a page: a pino logger will do. Default: nobody. */
	log?: { warn(details: object, message: string): void };
}

export interface Pages {
	/** Answers any request; meant for whatever the hub itself does not serve. */
	handle(req: IncomingMessage, res: ServerResponse): void;
	stop(): Promise<void>;
}

/** Prepares the explorer's pages, building them first if their sources changed. Throws when the build fails. */
export async function createPages(options: PagesOptions): Promise<Pages> {
	const settings: HubSettings = {
		graphqlUrl: options.graphqlUrl,
		publicUrl: options.publicUrl,
		allowPrivateAddresses: options.allowPrivateAddresses ?? false,
		log: (message, details = {}) => options.log?.warn(details, message),
	};
	let listener = await load(settings);
	if (!options.dev) return { handle: guarded(listener), stop: async () => {} };
	const handle: PageListener = async (req, res) => {
		try {
			listener = (await buildPages()) ? await load(settings) : listener;
			listener(req, res);
		} catch (error) {
			res.writeHead(500, { "Content-Type": "text/plain; charset=utf-8" }).end(String(error));
		}
	};
	return { handle: guarded(handle), stop: async () => {} };
}

/** The pages as built now: files from memory, all the rest from React Router. */
async function load(settings: HubSettings): Promise<PageListener> {
	await buildPages();
	const assets = await readAssets();
	// The time in the address makes Node read a bundle that was built again.
	const bundle = (await import(`${pathToFileURL(serverBundle).href}?${Date.now()}`)) as {
		createPageListener(settings: HubSettings): PageListener;
	};
	const listener = bundle.createPageListener(settings);
	return (req, res) => {
		if (!assets.serve(req, res)) listener(req, res);
	};
}

/** Where forms may be sent to, in either language; the rest is only read. */
const FORMS = /^(\/en)?\/referent(\/|$)/;
/** Bytes of a form: more than any of ours. */
const LARGEST_FORM = 262_144;

/** Readings, and the forms of stewards, are answered, each with the headers that protect its reader. */
const guarded =
	(listener: PageListener): PageListener =>
	(req, res) => {
		res.setHeader("X-Content-Type-Options", "nosniff");
		res.setHeader("Referrer-Policy", "strict-origin-when-cross-origin");
		res.setHeader("X-Frame-Options", "DENY");
		res.setHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
		res.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
		const refused = req.method === "GET" || req.method === "HEAD" ? null : refuseForm(req);
		if (refused !== null) {
			res.writeHead(refused, refused === 405 ? { Allow: "GET, HEAD" } : { Connection: "close" }).end();
			return;
		}
		if (!isDecodable(req.url ?? "/")) {
			res.writeHead(400, { "Content-Type": "text/plain; charset=utf-8" }).end("Adresse mal formée.\n");
			return;
		}
		listener(req, res);
	};

/** The status by which something sent is refused; null for a form of a size that can be read. */
function refuseForm({ method, url = "/", headers }: IncomingMessage): number | null {
	if (method !== "POST" || !FORMS.test(url.split("?")[0] ?? "")) return 405;
	if (!/^application\/x-www-form-urlencoded\b/i.test(headers["content-type"] ?? "")) return 415;
	if (headers["content-length"] === undefined) return 411;
	return Number(headers["content-length"]) <= LARGEST_FORM ? null : 413;
}

/** React Router would write a line on the console about each of these. */
function isDecodable(url: string): boolean {
	try {
		decodeURIComponent(url.split("?")[0] ?? "");
		return true;
	} catch {
		return false;
	}
}
