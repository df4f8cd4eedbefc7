import { describe, expect, it } from "vitest";
import { stopAll } from "../../../subgraphs/kit/stop-all.ts";
import { together } from "../../../subgraphs/kit/together.ts";

describe("parts that are started together", () => {
	it("are given in their order", async () => {
		const late = Promise.resolve().then(() => "late");
		expect(await together([late, Promise.resolve(2)])).toEqual(["late", 2]);
	});

	it("have all been started, or have failed, when the first failure is told", async () => {
		const started: string[] = [];
		let start: () => void = () => undefined;
		const slow = new Promise<void>((resolve) => {
			start = resolve;
		}).then(() => started.push("slow"));
		const both = together([Promise.reject(new Error("no port left")), slow, Promise.reject(new Error("later"))]);
		start();
		await expect(both).rejects.toThrow("no port left");
		expect(started).toEqual(["slow"]);
	});
});

describe("parts that are stopped one after the other", () => {
	it("are all stopped when one fails to, and the first failure is told", async () => {
		const stopped: string[] = [];
		const part = (name: string, failure?: string) => ({
			async stop() {
				stopped.push(name);
				if (failure !== undefined) throw new Error(failure);
			},
		});
		await expect(stopAll([part("router", "a reader hangs"), part("pages", "another"), part("database")])).rejects.toThrow("a reader hangs");
		expect(stopped).toEqual(["router", "pages", "database"]);
	});
});
