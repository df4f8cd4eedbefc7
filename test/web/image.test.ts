import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isPublicAddress, lookupPublic } from "../../web/app/image/address-guard.ts";
import { drawEmblem } from "../../web/app/image/emblem.ts";
import { imageTypeOf } from "../../web/app/image/image-type.ts";
import { decodeDataUri, MAX_BYTES, readImage } from "../../web/app/image/read-image.ts";

const PIXEL = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"></svg>';

describe("an emblem", () => {
	it("is always the same for a name, and a whole SVG document", () => {
		expect(drawEmblem("Organiser sa recherche d'emploi")).toBe(drawEmblem("Organiser sa recherche d'emploi"));
		expect(drawEmblem("Organiser sa recherche d'emploi")).not.toBe(drawEmblem("Référent handicap"));
		expect(imageTypeOf(Buffer.from(drawEmblem("Référent handicap")))).toBe("image/svg+xml");
	});

	it("takes its letters from the words that matter", () => {
		expect(drawEmblem("À l’aise avec le numérique")).toContain(">AN</text>");
		expect(drawEmblem("CléA")).toContain(">C</text>");
	});

	it("lets no name write in it", () => {
		for (const name of ["<script>", '"><image href="x"/>', "", "&amp;", "😀"]) {
			expect(
				drawEmblem(name)
					.match(/<[a-z]+/gi)
					?.toSorted(),
			).toEqual(
				drawEmblem("a")
					.match(/<[a-z]+/gi)
					?.toSorted(),
			);
		}
	});
});

describe("the type of a picture", () => {
	it("is that of its bytes", () => {
		expect(imageTypeOf(PIXEL)).toBe("image/png");
		expect(imageTypeOf(Buffer.from(SVG))).toBe("image/svg+xml");
		expect(imageTypeOf(Buffer.from(`<?xml version="1.0"?><!-- x -->${SVG}`))).toBe("image/svg+xml");
	});

	it("is none for what a browser would not show", () => {
		for (const text of ["<html><svg></svg></html>", "<svg></svg>", SVG.replace("</svg>", ""), "{}", ""]) {
			expect(imageTypeOf(Buffer.from(text))).toBeNull();
		}
		expect(imageTypeOf(PIXEL.subarray(0, 40))).toBeNull();
	});
});

describe("a data URI", () => {
	it("is read in base64, percent-encoded, or badly encoded", () => {
		expect(decodeDataUri(`data:image/png;base64,${PIXEL.toString("base64")}`)).toEqual(PIXEL);
		expect(decodeDataUri(`data:image/svg+xml,${encodeURIComponent(SVG)}`).toString()).toBe(SVG);
		expect(decodeDataUri(`data:image/svg+xml;utf8,${SVG.replace("1 1", "100% 1")}`).toString()).toContain("100%");
	});
});

describe("an address to fetch from", () => {
	it.each([
		"127.0.0.1",
		"10.1.2.3",
		"172.20.0.1",
		"192.168.1.1",
		"169.254.169.254",
		"100.64.0.1",
		"0.0.0.0",
		"::1",
		"fe80::1",
		"fd00::1",
		"::ffff:127.0.0.1",
		"64:ff9b::7f00:1",
		"not-an-address",
	])("is not %s", (address) => {
		expect(isPublicAddress(address)).toBe(false);
	});

	it.each(["93.184.216.34", "2606:2800:220:1::1"])("may be %s", (address) => {
		expect(isPublicAddress(address)).toBe(true);
	});

	it("is refused when a name leads to this machine", async () => {
		const error = await new Promise((resolve) => lookupPublic("localhost", {}, resolve));
		expect(String(error)).toContain("private address");
	});
});

describe("reading a picture", () => {
	const answers: Record<string, [status: number, headers: Record<string, string>, body: Buffer | string]> = {
		"/ok": [200, { "content-type": "text/plain" }, PIXEL],
		"/page": [200, { "content-type": "image/png" }, "<html></html>"],
		"/large": [200, { "content-type": "image/png" }, Buffer.alloc(MAX_BYTES + 1)],
		"/gone": [404, {}, "no"],
		"/moved": [302, { location: "/ok" }, ""],
		"/round": [302, { location: "/round" }, ""],
		"/file": [302, { location: "file:///etc/passwd" }, ""],
	};
	const server = createServer((request, response) => {
		const [status, headers, body] = answers[request.url ?? ""] ?? [404, {}, ""];
		response.writeHead(status, headers).end(body);
	});
	let base = "";
	beforeAll(async () => {
		await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
		base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	});
	afterAll(() => new Promise((resolve) => server.close(resolve)));

	it("follows a redirection and believes the bytes", async () => {
		expect(await readImage(`${base}/moved`, { allowPrivateAddresses: true })).toEqual({ type: "image/png", body: PIXEL });
	});

	it.each(["/page", "/large", "/gone", "/round", "/file"])("refuses %s", async (path) => {
		await expect(readImage(base + path, { allowPrivateAddresses: true })).rejects.toThrow();
	});

	it("refuses this machine, by number or by name", async () => {
		await expect(readImage(`${base}/ok`, { allowPrivateAddresses: false })).rejects.toThrow("private address");
		await expect(readImage(`${base.replace("127.0.0.1", "localhost")}/ok`, { allowPrivateAddresses: false })).rejects.toThrow(
			"private address",
		);
		await expect(readImage("http://2130706433/", { allowPrivateAddresses: false })).rejects.toThrow("private address");
		await expect(readImage("http://[::ffff:7f00:1]/", { allowPrivateAddresses: false })).rejects.toThrow("private address");
	});
});
