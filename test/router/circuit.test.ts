import { describe, expect, it, onTestFinished, vi } from "vitest";
import { Circuit, DEFAULT_CIRCUIT } from "../../router/transport/circuit.ts";
import { until } from "../kit/until.ts";

const OPTIONS = { ...DEFAULT_CIRCUIT, volume: 4, cooldown: 20 };

describe("a circuit with a probe", () => {
	it("opens when half of the calls fail, lets nobody wait while it tries by itself, and closes when it is answered", async () => {
		let isUp = false;
		let probes = 0;
		const circuit = new Circuit(OPTIONS, async () => {
			probes += 1;
			return isUp;
		});
		circuit.succeeded();
		circuit.succeeded();
		circuit.failed();
		expect(circuit.admits()).toBe(true);
		circuit.failed();
		expect(circuit.state).not.toBe("closed");
		await until("three probes", async () => probes >= 3);
		expect(circuit.admits()).toBe(false);
		isUp = true;
		await until("the circuit to close", async () => circuit.state === "closed");
		expect(circuit.admits()).toBe(true);
		circuit.stop();
	});

	it("asks no more when it is stopped", async () => {
		vi.useFakeTimers();
		onTestFinished(() => void vi.useRealTimers());
		let probes = 0;
		const circuit = new Circuit(OPTIONS, async () => {
			probes += 1;
			return false;
		});
		for (let call = 0; call < 4; call += 1) circuit.failed();
		await vi.advanceTimersByTimeAsync(5 * OPTIONS.cooldown);
		expect(probes).toBe(5);
		circuit.stop();
		await vi.advanceTimersByTimeAsync(50 * OPTIONS.cooldown);
		expect(probes).toBe(5);
	});
});

describe("a circuit without a probe", () => {
	it("lets one call at a time try, after its pause", () => {
		let now = 1_000;
		const circuit = new Circuit(OPTIONS, undefined, () => now);
		for (let call = 0; call < 4; call += 1) circuit.failed();
		expect(circuit.admits()).toBe(false);
		now += 20;
		expect(circuit.state).toBe("half-open");
		expect([circuit.admits(), circuit.admits()]).toEqual([true, false]);
		circuit.failed();
		expect(circuit.admits()).toBe(false);
		now += 20;
		expect(circuit.admits()).toBe(true);
		circuit.succeeded();
		expect([circuit.state, circuit.admits(), circuit.admits()]).toEqual(["closed", true, true]);
	});
});
