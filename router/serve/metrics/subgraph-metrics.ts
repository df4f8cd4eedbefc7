import type { CallReport } from "../../transport/subgraph-service.ts";
import { Histogram } from "./histogram.ts";
import { type Family, line } from "./text.ts";

interface SubgraphRecord {
	requests: number;
	failures: Map<string, number>;
	latency: Histogram;
}

/** Counts and times what the hub's own subgraphs are asked, whichever supergraph is in force. */
export class SubgraphMetrics {
	private readonly records = new Map<string, SubgraphRecord>();

	/** Told of each call to one subgraph. */
	reporter(name: string): CallReport {
		let record = this.records.get(name);
		if (!record) this.records.set(name, (record = { requests: 0, failures: new Map(), latency: new Histogram() }));
		const { failures, latency } = record;
		const counted = record;
		return (outcome, milliseconds) => {
			counted.requests += 1;
			if (outcome === "ok") latency.observe(milliseconds / 1000);
			else failures.set(outcome, (failures.get(outcome) ?? 0) + 1);
		};
	}

	families(): Family[] {
		const records = [...this.records];
		return [
			{
				name: "hub_subgraph_requests_total",
				kind: "counter",
				help: "Requests to one of the hub's subgraphs.",
				lines: records.map(([subgraph, { requests }]) => line("hub_subgraph_requests_total", { subgraph }, requests)),
			},
			{
				name: "hub_subgraph_failures_total",
				kind: "counter",
				help: "Requests that a subgraph did not answer, by reason.",
				lines: records.flatMap(([subgraph, { failures }]) =>
					[...failures].map(([reason, count]) => line("hub_subgraph_failures_total", { subgraph, reason }, count)),
				),
			},
			{
				name: "hub_subgraph_request_seconds",
				kind: "histogram",
				help: "Time to a subgraph's answer.",
				lines: records.flatMap(([subgraph, { latency }]) => latency.lines("hub_subgraph_request_seconds", { subgraph })),
			},
		];
	}
}
