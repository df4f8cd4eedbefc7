import { type Family, line } from "./text.ts";

/** What the whole process uses. The names are those that dashboards for Node look for. */
export function processFamilies(): Family[] {
	const { user, system } = process.cpuUsage();
	const { rss, heapUsed } = process.memoryUsage();
	const one = (name: string, kind: Family["kind"], help: string, value: number): Family => ({
		name,
		kind,
		help,
		lines: [line(name, {}, value)],
	});
	return [
		one("process_cpu_seconds_total", "counter", "Processor time used.", (user + system) / 1e6),
		one("process_resident_memory_bytes", "gauge", "Memory in use.", rss),
		one("nodejs_heap_size_used_bytes", "gauge", "Memory in use by JavaScript's objects.", heapUsed),
		one("process_start_time_seconds", "gauge", "When the process started, in seconds since 1970.", Date.now() / 1000 - process.uptime()),
	];
}
