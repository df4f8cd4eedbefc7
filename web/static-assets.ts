import { readdir, readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, gzip } from "node:zlib";
import { clientFolder } from "./build.ts";

const [packBrotli, packGzip] = [promisify(brotliCompress), promisify(gzip)];

const TYPES: Record<string, string> = {
	".css": "text/css; charset=utf-8",
	".js": "text/javascript; charset=utf-8",
	".svg": "image/svg+xml",
	".woff2": "font/woff2",
	".png": "image/png",
};

interface Asset {
	type: string;
	cache: string;
	bodies: { encoding: "br" | "gzip" | null; body: Buffer }[];
}

export interface Assets {
	/** Answers when the path is that of a built file; says whether it did. */
	serve(req: IncomingMessage, res: ServerResponse): boolean;
}

/** Takes the built files into memory: they are few, and a path that is not one of them touches no disk. */
export async function readAssets(): Promise<Assets> {
	const entries = await readdir(clientFolder, { recursive: true, withFileTypes: true });
	const files = entries.filter((entry) => entry.isFile() && TYPES[extname(entry.name)] !== undefined);
	// All at once: packing is done beside the main thread, on which the rest of the hub is starting.
	const assets = new Map(await Promise.all(files.map((entry) => readAsset(join(entry.parentPath, entry.name)))));
	return { serve: (req, res) => serve(assets, req, res) };
}

async function readAsset(file: string): Promise<[path: string, asset: Asset]> {
	const path = file.slice(clientFolder.length).replaceAll("\\", "/");
	const type = TYPES[extname(file)] as string;
	const body = await readFile(file);
	// Files under /assets carry the hash of their content in their name: they never change.
	const cache = path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "public, max-age=86400";
	const bodies: Asset["bodies"] = [{ encoding: null, body }];
	if (/^(text|image\/svg)/.test(type)) {
		const [br, gz] = await Promise.all([packBrotli(body), packGzip(body)]);
		bodies.unshift({ encoding: "br", body: br }, { encoding: "gzip", body: gz });
	}
	return [path, { type, cache, bodies }];
}

function serve(assets: ReadonlyMap<string, Asset>, req: IncomingMessage, res: ServerResponse): boolean {
	const [path = "/"] = (req.url ?? "/").split("?");
	const asset = assets.get(path);
	if (!asset) {
		if (!path.startsWith("/assets/")) return false;
		res.writeHead(404).end();
		return true;
	}
	const accepted = String(req.headers["accept-encoding"] ?? "");
	const chosen = asset.bodies.find(({ encoding }) => encoding === null || accepted.includes(encoding));
	if (!chosen) return false;
	res.writeHead(200, {
		"Content-Type": asset.type,
		"Content-Length": chosen.body.length,
		"Cache-Control": asset.cache,
		Vary: "Accept-Encoding",
		...(chosen.encoding && { "Content-Encoding": chosen.encoding }),
	});
	res.end(req.method === "HEAD" ? undefined : chosen.body);
	return true;
}
