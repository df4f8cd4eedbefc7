import { existsSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { parseSettings, readJsonFile } from "../../kit/config.ts";
import { OperatorError } from "../../kit/errors.ts";
import { createOutgoingPool } from "../../kit/outgoing.ts";
import { commandOptions, run } from "../../kit/run.ts";
import { type PublicKey, readPublicKey } from "../trust/claims.ts";
import type { Checkpoint } from "./verify-log.ts";
import { verifyNetwork } from "./verify-network.ts";

const OPTIONS = {
	hub: "address of the hub, as it presents itself",
	"anchor-key": "file with a public key of the anchor, a JWK, or a JWK set of several: had from the hub's operator, not from the hub",
	seen: "file that keeps the head of the log: read to tell whether history was rewritten since, and written at the end",
};

const seenSchema = z.object({ iss: z.string(), iat: z.number(), size: z.int(), head: z.string() });

/** `npm run verify-network -- --hub URL --anchor-key FILE`. Exit code 0: all is good; 1: something is forged; 2: something could not be looked at. */
await run(async () => {
	const options = commandOptions(process.argv.slice(2), OPTIONS);
	const [hub, keyFile, seenFile] = ["hub", "anchor-key", "seen"].map((name) => options.get(name)?.at(-1));
	if (hub === undefined || keyFile === undefined)
		throw new OperatorError(
			"Say which hub and by which key: npm run verify-network -- --hub https://hub.example.org --anchor-key anchor.public.json",
		);
	if (!URL.canParse(hub) || !/^https?:$/.test(new URL(hub).protocol))
		throw new OperatorError(`--hub: ${JSON.stringify(hub)} is not an http(s) address.`);
	const seen: Checkpoint | undefined =
		seenFile !== undefined && existsSync(seenFile) ? parseSettings(seenSchema, readJsonFile(seenFile), seenFile) : undefined;
	const pool = createOutgoingPool({ allowPrivateAddresses: true });
	const { report, checkpoint } = await verifyNetwork(hub, readAnchorKeys(keyFile), pool, { seen });
	await pool.destroy();
	for (const { status, what, detail } of report.findings)
		process.stdout.write(`${status === "failed" ? "FAILED   " : status.padEnd(9)} ${what}: ${detail}\n`);
	const [failed, unchecked] = [report.count("failed"), report.count("unchecked")];
	if (seenFile !== undefined && checkpoint && failed === 0) writeFileSync(seenFile, `${JSON.stringify(checkpoint)}\n`);
	process.stdout.write(`\n${verdict(failed, unchecked)}\n`);
	process.exitCode = failed > 0 ? 1 : unchecked > 0 ? 2 : 0;
	return undefined;
});

function verdict(failed: number, unchecked: number): string {
	if (failed > 0) return `Not genuine: ${failed} ${failed === 1 ? "finding" : "findings"} above.`;
	return unchecked > 0 ? `Nothing is forged in what could be looked at; ${unchecked} could not.` : "Everything is as it was signed.";
}

function readAnchorKeys(file: string): PublicKey[] {
	const content = readJsonFile(file) as { keys?: unknown[] } | null;
	const keys = (Array.isArray(content?.keys) ? content.keys : [content]).map(readPublicKey);
	if (keys.length === 0 || keys.includes(undefined))
		throw new OperatorError(
			`${file} holds no public key: a JWK with kty, crv, x and kid is wanted, or a set of them, and no private part.`,
		);
	return keys as PublicKey[];
}
