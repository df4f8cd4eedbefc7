import type { OutgoingHttpHeaders, ServerResponse } from "node:http";
import { acceptedEncoding, compress } from "./compress.ts";

/** One HTTP request on its way to its answer. */
export interface Exchange {
	response: ServerResponse;
	/** Type of the answer. */
	type: string;
	/** Headers of its answer, so far. */
	headers: OutgoingHttpHeaders;
	/** Bytes above which an answer is compressed; 0 for never. */
	compressAbove: number;
}

const LONGEST_TOGETHER = 8_192;

/** Answers with JSON, compressed where the client takes that and it is worth it; a promise only when it has to wait for that. */
export function send(exchange: Exchange, status: number, text: string): Promise<void> | undefined {
	const { response, compressAbove } = exchange;
	if (response.headersSent || response.destroyed) return undefined;
	const encoding = compressAbove > 0 && text.length > compressAbove ? acceptedEncoding(response.req) : undefined;
	if (encoding === undefined) {
		// Node writes a short text together with the headers; a long one is encoded once, here.
		if (text.length < LONGEST_TOGETHER) write(exchange, status, text, Buffer.byteLength(text));
		else {
			const body = Buffer.from(text);
			write(exchange, status, body, body.length);
		}
		return undefined;
	}
	return compress(Buffer.from(text), encoding).then((packed) => {
		if (response.destroyed) return;
		const { headers } = exchange;
		headers["content-encoding"] = encoding;
		headers.vary = headers.vary === undefined ? "accept-encoding" : `${headers.vary}, accept-encoding`;
		write(exchange, status, packed, packed.length);
	});
}

function write({ response, headers, type }: Exchange, status: number, body: Buffer | string, length: number): void {
	// The exchange's own object: a copy for each request would be felt.
	headers["content-type"] = `${type}; charset=utf-8`;
	headers["content-length"] = length;
	headers["cache-control"] = "no-store";
	response.writeHead(status, headers);
	response.end(body);
}
