import "reflect-metadata";
import { OperatorError } from "../kit/errors.ts";
import { commandOptions, dayOption, run } from "../kit/run.ts";
import { nowInSeconds } from "../kit/sign-token.ts";
import { openNetworkDatabase } from "./database.ts";
import { findRegister } from "./find-register.ts";
import { findAuthorityFolder, openAuthority } from "./trust/authority.ts";
import { type AnchorCompromise, rotateAnchor } from "./trust/rotate-anchor.ts";

const OPTIONS = {
	reason: "compromised: how others may have come by the key",
	since: "compromised: day from which others may have had it, like 2026-03-02; now when absent",
};

const USAGE = `Say what to do with the anchor's key:
  npm run network-keys -- rotate                                       another key takes its place
  npm run network-keys -- compromised --reason TEXT [--since DAY]      the same, and what the old one signed since is not believed`;

const LONGEST_REASON = 2000;

/** `npm run network-keys -- rotate`: the operator's command, where the hub's keys are. The hub may run meanwhile. */
await run(async () => {
	const [action, ...words] = process.argv.slice(2);
	if (action !== "rotate" && action !== "compromised") throw new OperatorError(USAGE);
	const options = commandOptions(words, OPTIONS);
	const compromise = action === "compromised" ? readCompromise(options) : undefined;
	if (!compromise && options.size > 0) throw new OperatorError(`--${[...options.keys()][0]} belongs to \`compromised\`.\n${USAGE}`);
	const folder = findAuthorityFolder();
	const register = await openNetworkDatabase(await findRegister(), 1);
	try {
		const { old, kid, sequence } = await rotateAnchor(register, openAuthority(folder), compromise);
		process.stdout.write(`The anchor signs with ${kid} now, in the place of ${old}: entry ${sequence} of the log.\n`);
		process.stdout.write(
			compromise
				? "Who has the old key alone can no longer tell that the new one is yours: give everyone who verifies this network the file\nanchor.public.json by a way of your own.\n"
				: "Who verifies this network with an earlier key finds the new one by the log. A hub that runs has taken it.\n",
		);
	} finally {
		await register.destroy();
	}
	return undefined;
});

function readCompromise(options: Map<string, string[]>): AnchorCompromise {
	const [reason, since] = [options.get("reason")?.at(-1)?.trim(), options.get("since")?.at(-1)];
	if (!reason || reason.length > LONGEST_REASON)
		throw new OperatorError(`--reason says how, in 1 to ${LONGEST_REASON} characters.\n${USAGE}`);
	if (since === undefined) return { since: nowInSeconds(), reason };
	const time = dayOption("since", since);
	if (time > nowInSeconds()) throw new OperatorError("--since lies in the future.");
	return { since: time, reason };
}
