import { createReadStream, realpathSync, statSync } from "node:fs";
import path from "node:path";
import type { FastifyInstance } from "fastify";

/** The image files of an institute: those of its own folder, and nothing else. */

const TYPES: Record<string, string> = {
	".svg": "image/svg+xml",
	".png": "image/png",
	".jpg": "image/jpeg",
	".jpeg": "image/jpeg",
	".webp": "image/webp",
	".gif": "image/gif",
};

/** Serves them at `/files/…`. */
export function serveFiles(app: FastifyInstance, folder: string): void {
	app.get<{ Params: { "*": string } }>("/files/*", (request, reply) => {
		const file = findImage(folder, request.params["*"]);
		if (!file) return reply.code(404).type("text/plain").send("There is no such image.");
		return (
			reply
				.type(TYPES[path.extname(file).toLowerCase()] as string)
				.header("cache-control", "public, max-age=3600")
				.header("x-content-type-options", "nosniff")
				// An SVG opened by itself could run scripts.
				.header("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
				.send(createReadStream(file))
		);
	});
}

/** Makes the address at which a file is served; addresses pass through. */
export function fileAddress(publicUrl: string): (file: string | null) => string | null {
	const base = publicUrl.replace(/\/+$/, "");
	return (file) =>
		file === null || /^(https?|data):/.test(file) ? file : `${base}/files/${file.split("/").map(encodeURIComponent).join("/")}`;
}

function findImage(folder: string, name: string): string | undefined {
	if (!(path.extname(name).toLowerCase() in TYPES)) return undefined;
	try {
		const root = realpathSync(folder);
		const file = realpathSync(path.join(root, name));
		return file.startsWith(root + path.sep) && statSync(file).isFile() ? file : undefined;
	} catch {
		return undefined;
	}
}
