import "reflect-metadata";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { startHub } from "../../router/hub.ts";
import type { DatabaseAddress } from "../../subgraphs/kit/database-address.ts";
import { startEmbeddedPostgres } from "../../subgraphs/kit/postgres/embedded.ts";
import { provisionSchemas } from "../../subgraphs/kit/provision.ts";
import { run } from "../../subgraphs/kit/run.ts";
import { recognitionHub } from "./adapters/recognition-hub.ts";
import { auditByFuzz } from "./fuzz.ts";
import { auditGraphqlOverHttp } from "./graphql-over-http.ts";
import { auditHiveGateway } from "./hive-gateway/audit.ts";
import { CASES } from "./horizontal/all-cases.ts";
import { startAuditedRegion } from "./horizontal/audited-region.ts";
import type { RouterUnderTest } from "./horizontal/router-under-test.ts";
import { runCase } from "./horizontal/run-case.ts";
import { totals, type Verdict, verdictLine } from "./verdict.ts";

/** `npm run audit`: every audit of the router, one line for each case, and one line of JSON at the end. See README.md. */

const verdicts: Verdict[] = [];

function tell(verdict: Verdict): void {
	verdicts.push(verdict);
	process.stdout.write(`${verdictLine(verdict)}\n`);
}

async function auditHorizontal(router: RouterUnderTest, contract: string): Promise<void> {
	for (const [subject, cases] of CASES) {
		process.stdout.write(`\nHorizontal federation: ${subject}\n`);
		for (const one of cases) {
			const problem = await runCase(one, router, contract);
			tell({ id: one.id, subject, title: one.title, required: true, ...(problem === undefined ? {} : { problem }) });
		}
	}
}

async function auditRouter(folder: string): Promise<void> {
	const server = await startEmbeddedPostgres({ folder, durable: false });
	const region = await startAuditedRegion();
	try {
		const emptySchema = async (name: string) => (await provisionSchemas(server.admin, name, ["network"])).get("network") as DatabaseAddress;
		const database = await emptySchema("audit");
		const router = await recognitionHub(database)(region);
		try {
			await auditHorizontal(router, region.contract);
			process.stdout.write("\nGraphQL over HTTP (graphql-http)\n");
			for (const verdict of await auditGraphqlOverHttp(router.url)) tell(verdict);
		} finally {
			await router.stop();
		}
		process.stdout.write("\nRandom queries\n");
		tell(await auditByFuzz(await emptySchema("fuzz")));
	} finally {
		await region.stop();
		await server.stop();
	}
}

async function auditOtherRouter(dataFolder: string): Promise<void> {
	process.stdout.write("\nHive Gateway, with the members endpoint as its subgraph\n");
	const hub = await startHub({
		dataFolder,
		logLevel: "warn",
		onFatal: (reason) => {
			throw new Error(reason);
		},
	});
	try {
		for (const verdict of await auditHiveGateway(hub)) tell(verdict);
	} finally {
		await hub.stop();
	}
}

await run(async () => {
	const folder = mkdtempSync(path.join(tmpdir(), "hub-audit-"));
	// Where the audit runs as root, the database server runs as another user.
	chmodSync(folder, 0o755);
	try {
		await auditRouter(path.join(folder, "audit"));
		await auditOtherRouter(path.join(folder, "hub"));
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
	const failed = verdicts.filter(({ required, problem }) => required && problem !== undefined).length;
	process.stdout.write(`\n${verdicts.length} cases, ${failed} failed\n${JSON.stringify({ audit: totals(verdicts), failed })}\n`);
	process.exitCode = failed > 0 ? 1 : 0;
	return undefined;
});
