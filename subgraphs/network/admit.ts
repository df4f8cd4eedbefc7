import "reflect-metadata";
import type { DataSource } from "typeorm";
import { readEnvironment } from "../kit/config.ts";
import { OperatorError } from "../kit/errors.ts";
import { findKeys, routerKeyFile } from "../kit/key-file.ts";
import { LOCAL_ROUTER } from "../kit/router-token/format.ts";
import { routerSigner } from "../kit/router-token/signer.ts";
import { commandOptions, run } from "../kit/run.ts";
import type { RouterProof } from "./ask-endpoint.ts";
import { openNetworkDatabase } from "./database.ts";
import { admitMember, removeMember, suspendMember } from "./directory-service.ts";
import { examineMember } from "./examine-member.ts";
import { findRegister } from "./find-register.ts";
import { MemberStatus } from "./member.ts";

const OPTIONS = {
	endpoint: "address of the institute's GraphQL endpoint: it is examined, then admitted",
	slug: "with --endpoint: its slug, where it answers the router alone; the router's keys are read from the hub's data folder",
	collective: "with --endpoint: id of a collective it belongs to; may be given several times",
	departement: "with --endpoint: code of a département it works in; may be given several times",
	"new-key": "with --endpoint: `yes` when its signing key was lost or compromised: the one that it presents now takes its place",
	demonstration: "with --endpoint: `yes` when the institute is invented",
	suspend: "slug of a member to take out of the directory for now",
	remove: "slug of a member that leaves",
};

/** `npm run admit -- --endpoint http://127.0.0.1:4100/graphql --collective bravo-bfc --departement 25`: the operator's command. */
await run(async () => {
	const options = commandOptions(process.argv.slice(2), OPTIONS);
	const [endpoint, suspended, removed] = [only(options, "endpoint"), only(options, "suspend"), only(options, "remove")];
	if ([endpoint, suspended, removed].filter((value) => value !== undefined).length !== 1) {
		throw new OperatorError(
			"Give one of:\n  npm run admit -- --endpoint <address> [--collective <id>]… [--departement <code>]… [--demonstration yes]\n  npm run admit -- --suspend <slug>\n  npm run admit -- --remove <slug>",
		);
	}
	const newKey = only(options, "new-key");
	if (newKey !== undefined && newKey !== "yes" && newKey !== "no") throw new OperatorError("--new-key is `yes` or `no`.");
	const demonstration = only(options, "demonstration");
	if (demonstration !== undefined && demonstration !== "yes" && demonstration !== "no")
		throw new OperatorError("--demonstration is `yes` or `no`.");
	const register = await openNetworkDatabase(await findRegister(), 1);
	try {
		if (suspended !== undefined) {
			await register.transaction((manager) => suspendMember(manager, suspended));
			say(`${suspended} is suspended: its rows leave the graph until it is admitted again.`);
		} else if (removed !== undefined) {
			await register.transaction((manager) => removeMember(manager, removed));
			say(`${removed} is no longer a member; what it recognised and what was recognised of it is ended.`);
		} else if (endpoint !== undefined) {
			await admit(register, endpoint, proofFor(only(options, "slug")), {
				collectives: options.get("collective"),
				departements: options.get("departement"),
				newKey: newKey === "yes",
				demonstration: demonstration === undefined ? undefined : demonstration === "yes",
			});
		}
	} finally {
		await register.destroy();
	}
	return undefined;
});

async function admit(
	register: DataSource,
	endpoint: string,
	proof: RouterProof | undefined,
	given: { collectives?: string[]; departements?: string[]; demonstration?: boolean; newKey?: boolean },
): Promise<void> {
	const { slug, name, badgeClasses, signedReads } = await examineMember(endpoint, proof);
	say(
		`${endpoint} is ${name} (${slug}), conforms to the member contract, and has ${badgeClasses} badge classes.${signedReads ? " It answers the router alone." : ""}`,
	);
	const before = await register.transaction((manager) => admitMember(manager, { slug, name, endpoint, signedReads, ...given }));
	if (before === null || before.status === MemberStatus.LEFT) say(`${slug} is admitted.`);
	else if (before.endpoint !== endpoint) say(`${slug} was at ${before.endpoint}: it is now asked at ${endpoint}.`);
	else
		say(
			before.status === MemberStatus.SUSPENDED
				? `${slug} is no longer suspended.`
				: `${slug} was a member already; what is known of it is up to date.`,
		);
}

function proofFor(slug: string | undefined): RouterProof | undefined {
	if (slug === undefined) return undefined;
	const { dataFolder, publicUrl } = readEnvironment();
	const file = routerKeyFile(dataFolder);
	const keys = findKeys(file);
	if (!keys) throw new OperatorError(`--slug: the router's keys are not in ${file}: set HUB_DATA as the hub has it.`);
	return { signer: routerSigner({ ...keys, issuer: publicUrl ?? LOCAL_ROUTER }), audience: slug };
}

function only(options: Map<string, string[]>, name: string): string | undefined {
	const values = options.get(name);
	if (values && values.length > 1) throw new OperatorError(`--${name} can be given once.`);
	return values?.[0];
}

function say(line: string): void {
	process.stdout.write(`${line}\n`);
}
