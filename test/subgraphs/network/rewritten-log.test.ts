import { graphql } from "graphql";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { nowInSeconds } from "../../../subgraphs/kit/sign-token.ts";
import { networkContext } from "../../../subgraphs/network/context.ts";
import { openNetworkDatabase } from "../../../subgraphs/network/database.ts";
import { networkSchema } from "../../../subgraphs/network/schema.ts";
import { NetworkLog } from "../../../subgraphs/network/trust/network-log.ts";
import { claimsOf, startTrustHub, type TrustHub } from "./trust-hub.ts";

const [EMFOR, NIEVRE] = ["emfor-bfc", "relais-nievre"];

interface Step {
	step: string;
	status: string;
	code: string | null;
}

/** Whoever owns the table changes rows of it, while the hub runs that has read them before: who asks its API is told. */
describe("the verification of a statement whose row was rewritten", () => {
	let hub: TrustHub;
	let id: string;
	let sequence: number;

	beforeAll(async () => {
		hub = await startTrustHub([EMFOR as string, NIEVRE as string]);
		const claims = { sub: EMFOR, scope: "member", reason: "Nos jurys se relisent.", since: nowInSeconds() - 60 };
		({ id, sequence } = (await hub.publish(NIEVRE as string, "RECOGNITION", claims)).statement);
		// What others do to a row is undone after each test.
		await hub.register.query(`CREATE TABLE "kept" AS SELECT * FROM "statement"`);
		for (const table of ["statement", "checkpoint"]) await hub.register.query(`ALTER TABLE "${table}" DISABLE TRIGGER USER`);
		await hub.register.query(`ALTER TABLE "recognition" DROP CONSTRAINT "recognition_statementId_fkey"`);
		await hub.register.query(`ALTER TABLE "checkpoint" DROP CONSTRAINT "checkpoint_size_fkey"`);
	});
	afterAll(() => hub?.stop());
	afterEach(async () => {
		await hub.register.query("BEGIN");
		await hub.register.query(`DELETE FROM "statement"`);
		await hub.register.query(`INSERT INTO "statement" SELECT * FROM "kept"`);
		await hub.register.query("COMMIT");
	});

	const verify = async (): Promise<Step[]> => {
		const { data, errors } = await hub.ask(`query ($id: ID!) { statement(id: $id) { token verification { step status code } } }`, { id });
		expect(errors).toBeUndefined();
		// The statement itself is what its author signed.
		expect(claimsOf(data.statement.token).reason).toBe("Nos jurys se relisent.");
		return data.statement.verification;
	};
	const rewrite = (place: number, column: string, value: unknown) =>
		hub.register.query(`UPDATE "statement" SET "${column}" = $1 WHERE "sequence" = $2`, [value, place]);

	it("passes as long as nobody changes anything", async () => {
		expect((await verify()).map(({ status }) => status)).toEqual(Array(8).fill("OK"));
	});

	it.each([
		["its token", "token", "e30.e30.AAAA", "TOKEN_CHANGED"],
		["its token to nothing", "token", "", "TOKEN_CHANGED"],
		["its id", "id", "B".repeat(43), "TOKEN_CHANGED"],
		["when it was recorded", "recordedAt", "2020-01-01T00:00:00Z", "ENTRY_CHANGED"],
		["when it was recorded to a time that is none", "recordedAt", "infinity", "ENTRY_CHANGED"],
		["the link to the entry before", "previous", "B".repeat(43), "ENTRY_CHANGED"],
		["its hash", "hash", "B".repeat(43), "ENTRY_CHANGED"],
	])("fails at the log, and goes no further, when somebody changed %s", async (_what, column, value, code) => {
		await rewrite(sequence, column, value);
		const steps = await verify();
		expect(steps.slice(0, 2)).toEqual([
			{ step: "FORMAT", status: "OK", code: null },
			{ step: "LOG", status: "FAILED", code },
		]);
		expect(steps.slice(2).map(({ status, code: why }) => `${status} ${why}`)).toEqual(Array(6).fill("UNCHECKED NOT_REACHED"));
	});

	it("fails when it, or the entry before it, was taken out or put in the place of another", async () => {
		await rewrite(sequence - 1, "hash", "B".repeat(43));
		expect((await verify())[1]).toMatchObject({ step: "LOG", code: "CHAIN_BROKEN" });
		await hub.register.query(`DELETE FROM "statement" WHERE "sequence" = $1`, [sequence - 1]);
		expect((await verify())[1]).toMatchObject({ step: "LOG", code: "CHAIN_BROKEN" });
		await rewrite(sequence, "sequence", sequence - 1);
		expect((await verify())[1]).toMatchObject({ step: "LOG", code: "ENTRY_CHANGED" });
	});

	it("of many statements at once reads their rows together", async () => {
		const { rows } = await hub.register.query<{ id: string }>(`SELECT "id" FROM "statement"`);
		expect(rows.length).toBeGreaterThan(10);
		const fields = rows.map((row, place) => `s${place}: statement(id: "${row.id}") { verification { step status } }`);
		const database = await openNetworkDatabase(hub.hub.networkDatabase);
		try {
			const queries: string[] = [];
			const silent = () => undefined;
			const logger = { logQueryError: silent, logQuerySlow: silent, logSchemaBuild: silent, logMigration: silent, log: silent };
			database.setOptions({ logger: { ...logger, logQuery: (query: string) => queries.push(query) } });
			const record = new NetworkLog(database);
			const context = networkContext({ database, record, trust: { authority: hub.authority } as never } as never);
			const { data, errors } = await graphql({ schema: await networkSchema(), source: `{ ${fields.join(" ")} }`, contextValue: context });
			expect(errors).toBeUndefined();
			for (const one of Object.values(data as Record<string, { verification: Step[] }>))
				expect(one.verification[1]).toEqual({ step: "LOG", status: "OK" });
			// The log is read for the first that asks, then once for all the others: so are the rows.
			expect(queries.filter((query) => query.includes(`FROM "network"."statement"`) && query.includes(" IN (")).length).toBeLessThan(3);
		} finally {
			await database.destroy();
		}
	});
});
