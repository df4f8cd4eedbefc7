import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openTelemetry } from "../../router/telemetry/open-telemetry.ts";
import { rowsOf } from "../kit/member-server.ts";
import { type Region, startRegion } from "../kit/region.ts";
import { until } from "../kit/until.ts";

/** OpenTelemetry's JSON, as OTLP over HTTP brings it. */
interface ExportedSpan {
	traceId: string;
	spanId: string;
	parentSpanId?: string;
	name: string;
	kind: number;
	attributes: { key: string; value: { stringValue?: string; intValue?: number | string } }[];
	events: { name: string; attributes: { key: string; value: { stringValue?: string } }[] }[];
	startTimeUnixNano: string;
	endTimeUnixNano: string;
	status: { code?: number };
}

interface Export {
	resourceSpans: { resource: { attributes: ExportedSpan["attributes"] }; scopeSpans: { spans: ExportedSpan[] }[] }[];
}

const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
const PARENT = "00f067aa0ba902b7";
const LIST = "query List { badgeClasses(first: 10) { nodes { id name recognisedBy { id } } } }";

let collector: Server;
let spans: ExportedSpan[];
let services: Set<unknown>;
let region: Region;

beforeEach(async () => {
	spans = [];
	services = new Set();
	collector = createServer(async (request, response) => {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const { resourceSpans } = JSON.parse(Buffer.concat(chunks).toString("utf8")) as Export;
		for (const { resource, scopeSpans } of resourceSpans) {
			services.add(resource.attributes.find(({ key }) => key === "service.name")?.value.stringValue);
			for (const scope of scopeSpans) spans.push(...scope.spans);
		}
		response.writeHead(200, { "content-type": "application/json" }).end("{}");
	});
	await new Promise<void>((resolve) => collector.listen(0, "127.0.0.1", resolve));
	const endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}/v1/traces`;
	region = await startRegion(
		{ alpha: rowsOf("alpha", ["Coudre", "Vendre"]), beta: rowsOf("beta", ["Forger"]) },
		{ telemetry: openTelemetry({ endpoint, interval: 20 }) },
	);
});
afterEach(async () => {
	await region.stop();
	collector.closeAllConnections();
	await new Promise((resolve) => collector.close(resolve));
});

const factOf = (span: ExportedSpan, key: string) => {
	const value = span.attributes.find((one) => one.key === key)?.value;
	return value?.stringValue ?? (value?.intValue === undefined ? undefined : Number(value.intValue));
};

/** The spans of a trace as an indented tree, children sorted by name. */
function tree(all: readonly ExportedSpan[], parent: string, depth = 0): string[] {
	return all
		.filter(({ parentSpanId }) => parentSpanId === parent)
		.sort((a, b) => (a.name < b.name ? -1 : 1))
		.flatMap((span) => [
			`${"  ".repeat(depth)}${span.name}: ${factOf(span, "hub.outcome")}${factOf(span, "hub.rows") === undefined ? "" : `, ${factOf(span, "hub.rows")} rows`}`,
			...tree(all, span.spanId, depth + 1),
		]);
}

async function collected(traceparent: string): Promise<ExportedSpan[]> {
	const [, trace, parent] = traceparent.split("-");
	return until("the trace to be collected", () => {
		const own = spans.filter(({ traceId }) => traceId === trace);
		return own.some(({ parentSpanId }) => parentSpanId === parent) && own;
	});
}

describe("traces", () => {
	it("lead from the client's span over the plan and its fetches to every member, which is told its own", async () => {
		region.member("beta").behave({ kind: "garbage", body: "no", status: 503 });
		region.member("alpha").headers.length = 0;
		const { data, extensions } = await region.ask(LIST, {}, { traceparent: `00-${TRACE}-${PARENT}-01`, "x-request-id": "mine" });
		expect(data.badgeClasses.nodes).toHaveLength(2);
		expect(Object.keys(extensions ?? {})).toEqual(["completeness"]);
		const all = await collected(`00-${TRACE}-${PARENT}-01`);
		expect(tree(all, PARENT).join("\n")).toMatchInlineSnapshot(`
			"request: partial
			  fetch members: ok
			    member alpha: ok, 2 rows
			    member beta: HTTP_ERROR
			  fetch network: ok
			  plan: ok"
		`);
		const request = all.find(({ name }) => name === "request") as ExportedSpan;
		expect(Object.fromEntries(request.attributes.map(({ key }) => [key, factOf(request, key)]))).toEqual({
			"http.response.status_code": 200,
			"hub.request_id": "mine",
			"graphql.operation.type": "query",
			"graphql.operation.name": "List",
			"hub.outcome": "partial",
		});
		const alpha = all.find(({ name }) => name === "member alpha") as ExportedSpan;
		expect([factOf(alpha, "hub.institute"), factOf(alpha, "hub.service")]).toEqual(["alpha", "members"]);
		expect(BigInt(alpha.endTimeUnixNano)).toBeGreaterThan(BigInt(alpha.startTimeUnixNano));
		expect(region.member("alpha").headers.map(({ traceparent }) => traceparent)).toEqual([`00-${TRACE}-${alpha.spanId}-01`]);
		const plan = all.find(({ name }) => name === "plan")?.events[0];
		expect([plan?.name, plan?.attributes[0]?.value.stringValue]).toEqual(["plan", expect.stringContaining("fetch members")]);
		expect(all.find(({ name }) => name === "member beta")?.status.code).toBe(2);
		expect(services).toEqual(new Set(["recognition-hub-router"]));
	});

	it("are not collected for a client that does not sample its own, nor does a member hear of one", async () => {
		region.member("alpha").headers.length = 0;
		await region.ask(LIST, {}, { traceparent: `00-${TRACE}-${PARENT}-00` });
		// A later one that is collected shows that the first has had its chance.
		await region.ask(LIST, {}, { traceparent: `00-${TRACE.replace("4", "5")}-${PARENT}-01` });
		await collected(`00-${TRACE.replace("4", "5")}-${PARENT}-01`);
		expect(spans.filter(({ traceId }) => traceId === TRACE)).toEqual([]);
		expect(region.member("alpha").headers.map(({ traceparent }) => traceparent !== undefined)).toEqual([false, true]);
	});

	it("begin anew where the client's header makes no sense, and tell of refusals", async () => {
		await region.ask("{ nope }", {}, { traceparent: "00-nonsense", "x-request-id": "refused" });
		const refused = await until("the refusal", () => spans.find((span) => factOf(span, "hub.request_id") === "refused"));
		expect([factOf(refused, "hub.outcome"), refused.parentSpanId ?? "", refused.traceId]).toEqual([
			"refused",
			"",
			expect.stringMatching(/^[0-9a-f]{32}$/),
		]);
	});
});
