import type { DataSource } from "typeorm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openNetworkDatabase } from "../../../subgraphs/network/database.ts";
import { admitMember } from "../../../subgraphs/network/directory-service.ts";
import { type MemberRecognitions, memberRecognitions } from "../../../subgraphs/network/member-recognitions.ts";
import { freshSchemas } from "../../kit/database.ts";

/** How PostgreSQL reads a few members' recognitions among many: by the plans of the very statements that are sent. */

const ROWS = 50_000;
const OTHERS = 49;
/** Of each end of a member: more than a page of it shows. */
const OF_ALPHA = 5_000;

/** A node of a plan, as EXPLAIN (FORMAT JSON) has it. */
interface Node {
	"Node Type": string;
	"Relation Name"?: string;
	"Index Name"?: string;
	"Actual Rows": number;
	"Actual Loops": number;
	Plans?: Node[];
}

let register: DataSource;
let sent: { query: string; parameters: unknown[] }[] = [];

beforeAll(async () => {
	register = await openNetworkDatabase((await freshSchemas(["network"])).get("network") as never, 2);
	await register.transaction(async (manager) => {
		for (const slug of ["alpha", ...Array.from({ length: OTHERS }, (_, place) => `m${place}`)])
			await admitMember(manager, { slug, name: slug, endpoint: `http://${slug}.example/graphql` });
	});
	await register.query(
		`INSERT INTO "recognition" ("bySlug", "scope", "memberSlug", "field", "since", "reason", "revokedAt")
		SELECT pair."by", 'FIELD', pair."of", 'Domaine ' || n, now() - n * interval '1 minute', 'Ensemble.', CASE WHEN n % 7 = 0 THEN now() END
		FROM generate_series(1, ${ROWS}) AS n
		CROSS JOIN LATERAL (SELECT 'm' || n % ${OTHERS} AS "one", 'm' || (n + 1 + n / ${OTHERS} % 47) % ${OTHERS} AS "other") AS drawn
		CROSS JOIN LATERAL (SELECT
			CASE WHEN n % 10 = 1 THEN 'alpha' ELSE "one" END AS "by",
			CASE WHEN n % 10 = 2 THEN 'alpha' ELSE "other" END AS "of") AS pair`,
	);
	await register.query("ANALYZE");
	const silent = () => undefined;
	const logger = { logQueryError: silent, logQuerySlow: silent, logSchemaBuild: silent, logMigration: silent, log: silent };
	register.setOptions({ logger: { ...logger, logQuery: (query: string, parameters: unknown[] = []) => sent.push({ query, parameters }) } });
});
afterAll(() => register?.destroy());

/** Every node of the plans of what a reading sends. */
async function plansOf(read: (recognitions: MemberRecognitions) => Promise<unknown>): Promise<Node[]> {
	sent = [];
	await read(memberRecognitions(register.manager));
	const nodes: Node[] = [];
	const walk = (node: Node) => {
		nodes.push(node);
		node.Plans?.forEach(walk);
	};
	for (const { query, parameters } of [...sent]) {
		const [row] = await register.query(`EXPLAIN (ANALYZE, FORMAT JSON, TIMING OFF) ${query}`, parameters);
		for (const { Plan } of row["QUERY PLAN"]) walk(Plan);
	}
	return nodes;
}

/** By what the table of recognitions is read, and how many rows of it. */
function reads(nodes: readonly Node[]): { by: string[]; rows: number } {
	// A bitmap leads to the rows that its index found: they are counted there.
	const scans = nodes.filter(
		(node) =>
			node["Node Type"] !== "Bitmap Heap Scan" &&
			(node["Relation Name"] === "recognition" || node["Index Name"]?.startsWith("recognition_")),
	);
	return {
		by: [...new Set(scans.map((node) => node["Index Name"] ?? node["Node Type"]))],
		rows: scans.reduce((sum, node) => sum + node["Actual Rows"] * node["Actual Loops"], 0),
	};
}

it("are among fifty thousand, of which one member has five thousand", async () => {
	const [{ all, by, of }] = await register.query(
		`SELECT count(*)::integer AS "all", (count(*) FILTER (WHERE "bySlug" = 'alpha'))::integer AS "by", (count(*) FILTER (WHERE "memberSlug" = 'alpha'))::integer AS "of" FROM "recognition"`,
	);
	expect([all, by, of]).toEqual([ROWS, OF_ALPHA, OF_ALPHA]);
});

describe("what is read of a member", () => {
	it.each([
		["recognises", "newestBy", "recognition_newest_by"],
		["is recognised by", "newestOf", "recognition_newest_of"],
	] as const)("whom it %s newest is found by the index, and no more rows than are wanted", async (_what, name, index) => {
		const { by, rows } = reads(await plansOf((recognitions) => recognitions[name].load({ slug: "alpha", first: 8 })));
		expect(by.toSorted()).toEqual([index, "recognition_pkey"]);
		// Once to find them, and once to read them.
		expect(rows).toBeLessThanOrEqual(2 * 8);
	});

	it("is found so for many members at once, each with as many as it is asked for", async () => {
		const asked = ["alpha", "m0", "m7", "m11"].map((slug, place) => ({ slug, first: place + 3 }));
		const { by, rows } = reads(await plansOf((recognitions) => recognitions.newestBy.loadMany(asked)));
		expect(by.toSorted()).toEqual(["recognition_newest_by", "recognition_pkey"]);
		expect(rows).toBeLessThanOrEqual(2 * (3 + 4 + 5 + 6));
	});

	it.each([
		["how many it recognises", "countBy", OF_ALPHA],
		["how many recognise it", "countOf", OF_ALPHA],
		["with whom it is at one", "mutual", 2 * OF_ALPHA],
	] as const)("%s is found by an index, and nothing is read of others", async (_what, name, most) => {
		const { by, rows } = reads(await plansOf((recognitions) => recognitions[name].load("alpha")));
		expect(by).not.toContain("Seq Scan");
		expect(rows).toBeLessThanOrEqual(most);
		expect(rows).toBeGreaterThan(most / 2);
	});
});
