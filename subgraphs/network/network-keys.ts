import "reflect-metadata";
import type { DataSource } from "typeorm";
import { OperatorError } from "../kit/errors.ts";
import { commandOptions, dayOption, run } from "../kit/run.ts";
import { nowInSeconds } from "../kit/sign-token.ts";
import { openNetworkDatabase } from "./database.ts";
import { findRegister } from "./find-register.ts";
import { type Authority, findAuthorityFolder, openAuthority } from "./trust/authority.ts";
import type { MarkRecord } from "./trust/network-record.ts";
import { type KeyCompromise, rotateAnchor } from "./trust/rotate-anchor.ts";
import { rotateCollective } from "./trust/rotate-collective.ts";

const OPTIONS = {
	collective: "id of the collective whose key it is; the anchor's when absent",
	reason: "compromised: how others may have come by the key",
	since: "compromised: day from which others may have had it, like 2026-03-02; now when absent",
};

const USAGE = `Say what to do with the anchor's key, or a collective's:
  npm run network-keys -- rotate [--collective ID]                                       another key takes its place
  npm run network-keys -- compromised --reason TEXT [--since DAY] [--collective ID]      the same, and what the old one signed since is not believed`;

const LONGEST_REASON = 2000;

/** `npm run network-keys -- rotate`: the operator's command, where the hub's keys and the collectives' are. The hub may run meanwhile. */
await run(async () => {
	const [action, ...words] = process.argv.slice(2);
	if (action !== "rotate" && action !== "compromised") throw new OperatorError(USAGE);
	const options = commandOptions(words, OPTIONS);
	const compromise = action === "compromised" ? readCompromise(options) : undefined;
	const stray = [...options.keys()].find((name) => name !== "collective");
	if (!compromise && stray) throw new OperatorError(`--${stray} belongs to \`compromised\`.\n${USAGE}`);
	const collective = options.get("collective")?.at(-1);
	const folder = findAuthorityFolder();
	const register = await openNetworkDatabase(await findRegister(), 1);
	try {
		const authority = openAuthority(folder);
		const told =
			collective === undefined
				? changeAnchor(register, authority, compromise)
				: changeCollective(register, authority, collective, compromise);
		process.stdout.write(await told);
	} finally {
		await register.destroy();
	}
	return undefined;
});

async function changeAnchor(register: DataSource, authority: Authority, compromise: KeyCompromise | undefined): Promise<string> {
	const { old, kid, sequence } = await rotateAnchor(register, authority, compromise);
	const consequence = compromise
		? "Who has the old key alone can no longer tell that the new one is yours: give everyone who verifies this network the file\nanchor.public.json by a way of your own."
		: "Who verifies this network with an earlier key finds the new one by the log. A hub that runs has taken it.";
	return `The anchor signs with ${kid} now, in the place of ${old}: entry ${sequence} of the log.\n${consequence}\n`;
}

async function changeCollective(
	register: DataSource,
	authority: Authority,
	id: string,
	compromise: KeyCompromise | undefined,
): Promise<string> {
	const { old, kid, sequence, fallen } = await rotateCollective(register, authority, id, compromise);
	const lines = [
		`The collective ${id} signs with ${kid} now, in the place of ${old}: entry ${sequence} of the log. A hub that runs has taken it.`,
	];
	if (fallen.length > 0)
		lines.push(
			"Marks that no longer stand: give those that are right again.",
			...fallen.map((one) => `  npm run marks -- give --by ${id} ${wordsOf(one)}    (was ${one.id})`),
		);
	return `${lines.join("\n")}\n`;
}

function wordsOf({ member, mark, number, declaredOn }: MarkRecord): string {
	const declared = number === undefined ? "" : ` --number ${JSON.stringify(number)} --declared-on ${declaredOn}`;
	return `--member ${member} --mark ${mark}${declared}`;
}

function readCompromise(options: Map<string, string[]>): KeyCompromise {
	const [reason, since] = [options.get("reason")?.at(-1)?.trim(), options.get("since")?.at(-1)];
	if (!reason || reason.length > LONGEST_REASON)
		throw new OperatorError(`--reason says how, in 1 to ${LONGEST_REASON} characters.\n${USAGE}`);
	if (since === undefined) return { since: nowInSeconds(), reason };
	const time = dayOption("since", since);
	if (time > nowInSeconds()) throw new OperatorError("--since lies in the future.");
	return { since: time, reason };
}
