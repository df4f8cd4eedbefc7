import { readdir, readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { clientFolder } from "./build.ts";

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
	const assets = new Map<string, Asset>();
	const entries = await readdir(clientFolder, { recursive: true, withFileTypes: true });
	for (const entry of entries) {
		const type = TYPES[extname(entry.name)];
		if (!entry.isFile() || !type) continue;
		const file = join(entry.parentPath, entry.name);
		const path = file.slice(clientFolder.length).replaceAll("\\", "/");
		const body = await readFile(file);
		// Files under /assets carry the hash of their content in their name: they never change.
		const cache = path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "public, max-age=86400";
		const plain = { encoding: null, body } as const;
		const packed = /^(text|image\/svg)/.test(type)
			? [{ encoding: "br", body: brotliCompressSync(body) } as const, { encoding: "gzip", body: gzipSync(body) } as const]
			: [];
		assets.set(path, { type, cache, bodies: [...packed, plain] });
	}
	return { serve: (req, res) => serve(assets, req, res) };
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
