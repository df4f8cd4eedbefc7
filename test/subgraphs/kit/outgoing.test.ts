import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createOutgoingPool, isPrivateAddress } from "../../../subgraphs/kit/outgoing.ts";

let server: Server;
let port: number;

beforeAll(async () => {
	server = createServer((_request, response) => response.end("reached"));
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	({ port } = server.address() as { port: number });
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

describe("requests to addresses that strangers give", () => {
	it.each([
		"127.0.0.1",
		"10.1.2.3",
		"172.31.0.1",
		"192.168.1.1",
		"169.254.169.254",
		"0.0.0.0",
		"::1",
		"[::1]",
		"fd00::1",
		"fe80::1",
		"::ffff:10.0.0.1",
		"100.64.1.1",
	])("know %s for a private address", (address) => {
		expect(isPrivateAddress(address)).toBe(true);
	});

	it.each(["93.184.216.34", "2606:2800:220:1::1", "172.32.0.1"])("know %s for a public one", (address) => {
		expect(isPrivateAddress(address)).toBe(false);
	});

	it("do not reach this machine, whether it is named by a number or by a name", async () => {
		const pool = createOutgoingPool({ allowPrivateAddresses: false });
		for (const host of ["127.0.0.1", "localhost", "[::1]"]) {
			await expect(pool.request({ origin: `http://${host}:${port}`, path: "/", method: "GET" })).rejects.toThrow(/private address/);
		}
		await pool.destroy();
	});

	it("reach it where the operator allows it", async () => {
		const pool = createOutgoingPool({ allowPrivateAddresses: true });
		const { body } = await pool.request({ origin: `http://127.0.0.1:${port}`, path: "/", method: "GET" });
		expect(await body.text()).toBe("reached");
		await pool.destroy();
	});
});
