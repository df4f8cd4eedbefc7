import type { IncomingMessage } from "node:http";
import { promisify } from "node:util";
import { type BrotliOptions, brotliCompress, constants, gzip, type ZlibOptions } from "node:zlib";

const packBrotli = promisify<Buffer, BrotliOptions, Buffer>(brotliCompress);
const packGzip = promisify<Buffer, ZlibOptions, Buffer>(gzip);

const pack = {
	// Levels at which a page of JSON is packed well within a millisecond; higher ones save little.
	br: (body: Buffer) => packBrotli(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }),
	gzip: (body: Buffer) => packGzip(body, { level: 5 }),
};

export type Encoding = keyof typeof pack;

/** The encoding that a client takes, the better first. RFC 9110 §12.5.3. */
export function acceptedEncoding({ headers }: IncomingMessage): Encoding | undefined {
	const given = headers["accept-encoding"];
	if (typeof given !== "string") return undefined;
	const accepted = new Set(
		given.split(",").flatMap((part) => {
			const [name, quality] = part.split(";").map((word) => word.trim().toLowerCase());
			return quality !== undefined && /^q=0(\.0*)?$/.test(quality) ? [] : [name];
		}),
	);
	return accepted.has("br") ? "br" : accepted.has("gzip") ? "gzip" : undefined;
}

/** Packs an answer, on another thread than requests are served on. */
export function compress(body: Buffer, encoding: Encoding): Promise<Buffer> {
	return pack[encoding](body);
}
