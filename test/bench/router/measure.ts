import { existsSync, readFileSync } from "node:fs";
import autocannon from "autocannon";

export interface Figures {
	requestsPerSecond: number;
	/** Milliseconds of processor time per request; undefined where the system does not tell. */
	cpu: number | undefined;
	p50: number;
	p99: number;
	failed: number;
	/** Megabytes of resident memory at the end. */
	memory: number | undefined;
}

/** A prime, so that connections begin far from each other. */
const STRIDE = 37;

/** Sends load for some seconds, and reads what it cost the process that answered. */
export async function measure(url: string, pid: number, bodies: readonly string[], connections: number, seconds: number): Promise<Figures> {
	const before = processorTime(pid);
	let began = 0;
	const result = await autocannon({
		url,
		connections,
		duration: seconds,
		method: "POST",
		headers: { "content-type": "application/json" },
		// Each connection begins elsewhere in the list: no two under way are the same.
		setupClient: (client) => {
			const start = (began * STRIDE) % bodies.length;
			began += 1;
			client.setRequests([...bodies.slice(start), ...bodies.slice(0, start)].map((body) => ({ body })));
		},
		timeout: 30,
	});
	const after = processorTime(pid);
	const answered = result.requests.total;
	return {
		requestsPerSecond: result.requests.average,
		cpu: before === undefined || after === undefined ? undefined : Number(((after - before) / answered).toFixed(4)),
		p50: result.latency.p50,
		p99: result.latency.p99,
		failed: result.errors + result.non2xx,
		memory: residentMemory(pid),
	};
}

/** User and system time of a process, in milliseconds. proc(5): fields 14 and 15 of `stat`, in hundredths of a second. */
function processorTime(pid: number): number | undefined {
	const file = `/proc/${pid}/stat`;
	if (!existsSync(file)) return undefined;
	const stat = readFileSync(file, "utf8");
	const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
	return (Number(fields[11]) + Number(fields[12])) * 10;
}

function residentMemory(pid: number): number | undefined {
	const file = `/proc/${pid}/status`;
	if (!existsSync(file)) return undefined;
	return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(file, "utf8"))?.[1] ?? 0) / 1024);
}
