import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createRouter, type Router } from "../../router/router.ts";
import { createFront } from "../../router/serve/front.ts";
import { trustFront } from "../../router/serve/trust-front.ts";
import { createLog } from "../../subgraphs/kit/log.ts";
import type { RunningServer } from "../../subgraphs/kit/serve.ts";
import { followDirectory } from "../../subgraphs/network/follow-directory.ts";
import { startNetwork } from "../../subgraphs/network/server.ts";
import { hashOfEntry, type LogEntry, statementId } from "../../subgraphs/network/trust/log-entry.ts";
import { signStatement } from "../../subgraphs/network/trust/sign-statement.ts";
import { createPages, type Pages } from "../../web/pages.ts";
import { claimsOf, startTrustHub, strangerKeys, type TrustHub } from "../subgraphs/network/trust-hub.ts";

const [EMFOR, NIEVRE] = ["emfor-bfc", "relais-nievre"] as const;
const NEVER = ["Déclaration authentique", "en vigueur."];
const FORGED = "Cette déclaration ne doit pas être crue.";

/** Whoever owns the hub's database rewrites a statement in it: the page that verifies it says so, and where. */
describe("a statement that was rewritten in the hub's database", () => {
	let hub: TrustHub;
	let pages: Pages;
	let server: Server;
	let url: string;
	let id: string;
	/** Everything as it was, to be put back after each forgery. */
	let kept: LogEntry[];
	let recognitions: unknown[];

	beforeAll(async () => {
		hub = await startTrustHub([EMFOR, NIEVRE]);
		({ pages, server, url } = await servePages(`${hub.base}/graphql`));
		const claims = { sub: EMFOR, scope: "member", reason: "Nos jurys se relisent.", since: Math.floor(Date.now() / 1000) - 60 };
		id = (await hub.publish(NIEVRE, "RECOGNITION", claims)).statement.id;
		kept = (await hub.register.query(`SELECT * FROM "statement" ORDER BY "sequence"`)).rows;
		recognitions = (await hub.register.query(`SELECT * FROM "recognition"`)).rows;
	});
	afterAll(async () => {
		server?.closeAllConnections();
		server?.close();
		await pages?.stop();
		await hub?.stop();
	});
	afterEach(() => rewrite(kept));

	/** As the owner of the tables could: triggers off, constraints gone. */
	async function rewrite(log: readonly LogEntry[]): Promise<void> {
		const query = (sql: string, values?: unknown[]) => hub.register.query(sql, values);
		await query("BEGIN");
		for (const table of ["statement", "checkpoint"]) await query(`ALTER TABLE "${table}" DISABLE TRIGGER USER`);
		await query(`ALTER TABLE "recognition" DROP CONSTRAINT IF EXISTS "recognition_statementId_fkey"`);
		await query(`ALTER TABLE "checkpoint" DROP CONSTRAINT IF EXISTS "checkpoint_size_fkey"`);
		await query(`DELETE FROM "statement"`);
		await query(`INSERT INTO "statement" SELECT * FROM json_populate_recordset(NULL::"statement", $1)`, [JSON.stringify(log)]);
		await query(`DELETE FROM "recognition"`);
		await query(`INSERT INTO "recognition" SELECT * FROM json_populate_recordset(NULL::"recognition", $1)`, [JSON.stringify(recognitions)]);
		await query("COMMIT");
	}
	const changing = (change: (entry: LogEntry) => Partial<LogEntry>) =>
		kept.map((entry) => (entry.id === id ? { ...entry, ...change(entry) } : entry));
	/** With hashes that fit together again. */
	const rechained = (log: readonly LogEntry[]): LogEntry[] => {
		let previous = "A".repeat(43);
		return log.map((entry) => {
			const changed = { ...entry, recordedAt: new Date(entry.recordedAt), id: statementId(entry.token), previous };
			previous = hashOfEntry(changed);
			return { ...changed, hash: previous };
		});
	};
	const withReason = (token: string, reason: string): string => {
		const [header, , signature] = token.split(".") as [string, string, string];
		return [header, Buffer.from(JSON.stringify({ ...claimsOf(token), reason })).toString("base64url"), signature].join(".");
	};

	interface Verdict {
		verdict: string;
		/** Each step with its result in words. */
		steps: Record<string, string>;
		html: string;
	}
	async function verdictOf(of: string, origin = url): Promise<Verdict> {
		const response = await fetch(`${origin}/reseau/declarations/${of}`);
		expect(response.status).toBe(200);
		const html = (await response.text()).replaceAll("<!-- -->", "");
		const section = html.match(/id="verification"[\s\S]*?<\/section>/)?.[0] ?? "";
		const steps = [...section.matchAll(/<li><p><strong>([^<]+)<\/strong> (.*?)<\/p>/g)].map(([, name = "", rest = ""]) => [
			name,
			rest.replaceAll(/<[^>]+>/g, ""),
		]);
		return { verdict: section.match(/class="sentence"><strong>([^<]+)/)?.[1] ?? "", steps: Object.fromEntries(steps), html };
	}
	const believed = ({ html }: Verdict) => NEVER.filter((words) => html.includes(words));

	it("is believed as long as nobody does", async () => {
		const whole = await verdictOf(id);
		expect(whole.verdict).toBe("Déclaration authentique, et en vigueur.");
		expect(Object.values(whole.steps)).toEqual(Array.from({ length: 8 }, () => "conforme"));
	});

	const inItsPlace: [string, (entry: LogEntry) => Partial<LogEntry>, RegExp][] = [
		[
			"its reason",
			({ token }) => ({ token: withReason(token, "Autre chose.") }),
			/^échec, le texte a été modifié après son enregistrement/,
		],
		[
			"a letter of its signature",
			({ token }) => ({ token: `${token.slice(0, -9)}${token.at(-9) === "A" ? "B" : "A"}${token.slice(-8)}` }),
			/^échec, le texte a été modifié/,
		],
		[
			"when it was recorded",
			({ recordedAt }) => ({ recordedAt: new Date(new Date(recordedAt).getTime() - 86_400_000) }),
			/^échec, l’entrée du journal a été modifiée/,
		],
		["the link to the entry before", () => ({ previous: "B".repeat(43) }), /^échec, l’entrée du journal a été modifiée/],
	];
	it.each(inItsPlace)("is not when it is %s: the page of the running hub says which step fails", async (_what, change, words) => {
		await rewrite(changing(change));
		const found = await verdictOf(id);
		expect(found.verdict).toBe(FORGED);
		expect(believed(found)).toEqual([]);
		expect(found.steps).toMatchObject({ Forme: "conforme", Journal: expect.stringMatching(words) });
		for (const step of ["Autorité", "Clé", "Signature", "Dates", "Validité", "Adhésion"])
			expect([step, found.steps[step]]).toEqual([step, expect.stringMatching(/^non vérifié, une étape précédente a échoué/)]);
		// And in English.
		const english = await (await fetch(`${url}/en/reseau/declarations/${id}`)).text();
		expect(english).not.toContain("Genuine statement");
	});

	it("is not when the entry before it was taken out, or itself", async () => {
		const { sequence } = kept.find((entry) => entry.id === id) as LogEntry;
		await rewrite(kept.filter((entry) => entry.sequence !== sequence - 1));
		expect((await verdictOf(id)).steps.Journal).toMatch(/^échec, le lien avec l’entrée précédente est rompu/);
		await rewrite(kept.filter((entry) => entry.sequence !== sequence));
		const found = await verdictOf(id);
		expect([found.verdict, believed(found)]).toEqual([FORGED, []]);
	});

	it("is not when all was made to fit together, by whoever has no key of its author, once the hub has started anew", async () => {
		const original = kept.find((entry) => entry.id === id) as LogEntry;
		const forged = await signStatement(await strangerKeys(), "RECOGNITION", { ...claimsOf(original.token), reason: "Autre chose." });
		await rewrite(rechained(changing(() => ({ token: forged }))));
		const again = await startAnew(hub);
		try {
			const found = await verdictOf(statementId(forged), again.url);
			expect([found.verdict, believed(found)]).toEqual([FORGED, []]);
			expect(found.steps.Journal).toBe("conforme");
			expect(found.steps.Clé).toMatch(/^échec, clé inconnue/);
			expect(found.html).toContain("Autre chose.");
		} finally {
			await again.stop();
		}
	});

	it("is not when its text was changed, once the hub has started anew; the institute's page leads there", async () => {
		const { token } = kept.find((entry) => entry.id === id) as LogEntry;
		await rewrite(changing(() => ({ token: withReason(token, "Autre chose.") })));
		const again = await startAnew(hub);
		try {
			const found = await verdictOf(id, again.url);
			expect([found.verdict, believed(found)]).toEqual([FORGED, []]);
			expect(found.steps.Journal).toMatch(/^échec, le texte a été modifié/);
			for (const slug of [EMFOR, NIEVRE]) {
				const html = (await (await fetch(`${again.url}/etablissements/${slug}`)).text()).replaceAll("<!-- -->", "");
				expect(html).toContain(`href="/reseau/declarations/${id}"`);
				// The register's row, and the way to its verification: that it is genuine is for that to say.
				const row = html.match(/<ul class="recognitions">[\s\S]*?<\/ul>/g)?.find((list) => list.includes(id)) ?? "";
				expect(row).toContain("Déclaration signée");
				for (const words of ["authentique", "conforme", "en vigueur", "valide"]) expect(row).not.toContain(words);
			}
		} finally {
			await again.stop();
		}
	});

	it("leads to no broken page when its text is no statement any more, before the hub starts anew and after", async () => {
		for (const token of ["", "no token", "e30.e30.", `${kept[0]?.token.split(".")[0]}.e30.AAAA`]) {
			await rewrite(changing(() => ({ token })));
			const found = await verdictOf(id);
			expect([found.verdict, believed(found)]).toEqual([FORGED, []]);
			expect(found.steps.Journal).toMatch(/^échec, le texte a été modifié/);
			const again = await startAnew(hub);
			try {
				// What a hub has never been able to read is no statement to it.
				expect((await fetch(`${again.url}/reseau/declarations/${id}`)).status).toBe(404);
				for (const slug of [EMFOR, NIEVRE]) {
					const response = await fetch(`${again.url}/etablissements/${slug}`);
					expect(response.status).toBe(200);
					expect(await response.text()).not.toContain(`/reseau/declarations/${id}`);
				}
			} finally {
				await again.stop();
			}
		}
	});
});

async function servePages(graphqlUrl: string): Promise<{ pages: Pages; server: Server; url: string }> {
	const pages = await createPages({ graphqlUrl, allowPrivateAddresses: true });
	const server = createServer((request, response) => pages.handle(request, response));
	return { pages, server, url: await listen(server) };
}

/** A network, a router and pages over the same tables, which have read nothing yet. */
async function startAnew(hub: TrustHub): Promise<{ url: string; stop(): Promise<void> }> {
	const log = createLog("test", "silent");
	const network: RunningServer = await startNetwork({
		database: hub.hub.networkDatabase,
		port: 0,
		host: "127.0.0.1",
		access: { publicReads: true },
		trust: { authority: hub.authority, base: hub.base, allowPrivateAddresses: true },
		log,
	});
	const router: Router = createRouter({
		supergraphSdl: readFileSync(new URL("../../schema/supergraph.graphql", import.meta.url), "utf8"),
		subgraphs: { ...hub.hub.subgraphs, network: network.url },
		directory: followDirectory({ url: network.url, log }),
		allowPrivateAddresses: true,
		log,
	});
	await router.ready;
	const front = createFront();
	const server = createServer(front.handle);
	const origin = await listen(server);
	front.open(
		router,
		trustFront(new URL(network.url).origin, hub.pool, router.takeTurn, (_request, response) => void response.writeHead(404).end()),
	);
	const served = await servePages(`${origin}/graphql`);
	return {
		url: served.url,
		async stop() {
			for (const one of [served.server, server]) {
				one.closeAllConnections();
				one.close();
			}
			await served.pages.stop();
			await router.stop();
			await network.stop();
		},
	};
}

async function listen(server: Server): Promise<string> {
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	return `http://127.0.0.1:${(server.address() as { port: number }).port}`;
}
