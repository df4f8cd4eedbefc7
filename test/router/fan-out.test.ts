import { describe, expect, it } from "vitest";
import { FanOut } from "../../router/horizontal/fan-out.ts";
import { until } from "../kit/until.ts";

const signal = () => new AbortController().signal;

/** Keeps the event loop busy, so that nothing begins for want of work. */
function keepBusy(): () => void {
	let isBusy = true;
	const spin = () => {
		const end = performance.now() + 10;
		while (performance.now() < end);
		if (isBusy) setImmediate(spin);
	};
	spin();
	return () => {
		isBusy = false;
	};
}

describe("the cap on requests to members", () => {
	it("lets a gathered field begin at once while there is room, and a large one when it is alone", () => {
		const fanOut = new FanOut(10, 20);
		expect(fanOut.enter(200, signal())).toBeUndefined();
		for (let left = 200; left > 0; left -= 1) fanOut.leave();
		expect(fanOut.enter(6, signal())).toBeUndefined();
		expect(fanOut.enter(4, signal())).toBeUndefined();
	});

	it("lets the others begin in the order in which they came, as places become free", async () => {
		const rest = keepBusy();
		const fanOut = new FanOut(10, 20);
		const begun: string[] = [];
		fanOut.enter(8, signal());
		const second = fanOut.enter(6, signal())?.then(() => begun.push("second"));
		const third = fanOut.enter(2, signal())?.then(() => begun.push("third"));
		for (let left = 3; left > 0; left -= 1) fanOut.leave();
		await new Promise(setImmediate);
		expect(begun).toEqual([]);
		fanOut.leave();
		await Promise.all([second, ...[1, 2].map(() => fanOut.leave()), third]);
		rest();
		expect(begun).toEqual(["second", "third"]);
	});

	it("lets more begin while the router waits for slow members", async () => {
		const fanOut = new FanOut(10, 20);
		let begun = false;
		fanOut.enter(8, signal());
		void fanOut.enter(8, signal())?.then(() => {
			begun = true;
		});
		await until("the second to begin, though nobody has answered", async () => begun);
		let third = false;
		void fanOut.enter(8, signal())?.then(() => {
			third = true;
		});
		for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
		expect(third).toBe(false);
	});

	it("does not keep those whose client has left", async () => {
		const fanOut = new FanOut(1, 1);
		fanOut.enter(1, signal());
		const client = new AbortController();
		const waiting = fanOut.enter(1, client.signal);
		client.abort();
		await waiting;
		await fanOut.enter(1, AbortSignal.abort());
	});
});
