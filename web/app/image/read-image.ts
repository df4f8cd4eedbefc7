import { get as getHttp, type IncomingMessage } from "node:http";
import { get as getHttps } from "node:https";
import { isIP } from "node:net";
import { isPublicAddress, lookupPublic } from "./address-guard.ts";
import { imageTypeOf } from "./image-type.ts";

export const MAX_BYTES = 200_000;
export const DEADLINE_MS = 3_000;
const MAX_REDIRECTS = 3;

export interface Picture {
	type: string;
	body: Buffer;
}

interface ReadOptions {
	allowPrivateAddresses: boolean;
}

/** Reads an issuer's picture, wherever it says it is. Throws whenever the answer is not a picture to show. */
export async function readImage(address: string, options: ReadOptions): Promise<Picture> {
	const body = address.startsWith("data:") ? decodeDataUri(address) : await download(address, options);
	if (body.length > MAX_BYTES) throw new Error("the picture is too large");
	const type = imageTypeOf(body);
	if (!type) throw new Error("this is no picture");
	return { type, body };
}

/** RFC 2397, forgiving of the texts that are not percent-encoded as they should be. */
export function decodeDataUri(address: string): Buffer {
	const comma = address.indexOf(",");
	if (comma === -1 || address.length > 2 * MAX_BYTES) throw new Error("this is no data URI");
	const content = address.slice(comma + 1);
	if (/;base64$/i.test(address.slice(0, comma).trim())) return Buffer.from(percentDecoded(content), "base64");
	return Buffer.from(percentDecoded(content), "utf8");
}

function percentDecoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

async function download(address: string, { allowPrivateAddresses }: ReadOptions): Promise<Buffer> {
	const signal = AbortSignal.timeout(DEADLINE_MS);
	let url = new URL(address);
	for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
		const response = await request(url, allowPrivateAddresses, signal);
		const { location } = response.headers;
		if (response.statusCode && response.statusCode >= 300 && response.statusCode < 400 && location) {
			response.destroy();
			url = new URL(location, url);
			continue;
		}
		if (response.statusCode !== 200) {
			response.destroy();
			throw new Error(`answered ${response.statusCode}`);
		}
		return collect(response);
	}
	throw new Error("too many redirections");
}

/** One request to one address, checked before the connection is made: each redirection passes here again. */
function request(url: URL, allowPrivateAddresses: boolean, signal: AbortSignal): Promise<IncomingMessage> {
	if (url.protocol !== "http:" && url.protocol !== "https:") throw new Error(`${url.protocol} is not fetched`);
	const host = url.hostname.replace(/^\[|\]$/g, "");
	if (!allowPrivateAddresses && isIP(host) !== 0 && !isPublicAddress(host)) throw new Error(`${host} is a private address`);
	const get = url.protocol === "https:" ? getHttps : getHttp;
	const headers = { accept: "image/*", "user-agent": "recognition-hub" };
	return new Promise((resolve, reject) => {
		const options = allowPrivateAddresses ? { headers, signal, agent: false } : { headers, signal, agent: false, lookup: lookupPublic };
		get(url, options, resolve).on("error", reject);
	});
}

async function collect(response: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of response as AsyncIterable<Buffer>) {
		size += chunk.length;
		if (size > MAX_BYTES) {
			response.destroy();
			throw new Error("the picture is too large");
		}
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}
