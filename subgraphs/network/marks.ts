import "reflect-metadata";
import { OperatorError } from "../kit/errors.ts";
import { commandOptions, run } from "../kit/run.ts";
import { nowInSeconds } from "../kit/sign-token.ts";
import { openNetworkDatabase } from "./database.ts";
import { findRegister } from "./find-register.ts";
import { findAuthorityFolder, openAuthority } from "./trust/authority.ts";
import { readStatementToken, type StatementKind } from "./trust/claims.ts";
import { NetworkLog } from "./trust/network-log.ts";
import type { NetworkRecord } from "./trust/network-record.ts";
import { collectiveParty } from "./trust/party.ts";
import { publishStatement } from "./trust/publish.ts";
import { signStatement } from "./trust/sign-statement.ts";

const OPTIONS = {
	member: "give: slug of the member that bears the mark",
	mark: "charter, qualiopi or metabadge-operator",
	by: "give, end: id of the collective that attests it; the hub when absent",
	collective: "delegate, withdraw: id of the collective",
	number: "give: number of a declared certification",
	"declared-on": "give: day of its declaration, like 2026-03-02",
	statement: "end: id of the mark's statement",
	reason: "end, withdraw: why",
};

const USAGE = `Say what to do:
  npm run marks -- give --member SLUG --mark MARK [--by COLLECTIVE] [--number TEXT --declared-on DAY]
  npm run marks -- end --statement ID --reason TEXT [--by COLLECTIVE]
  npm run marks -- delegate --collective ID --mark MARK            the collective may give this mark of the hub's
  npm run marks -- withdraw --collective ID --mark MARK --reason TEXT   and no longer, nor do those that it gave stand`;

type Given = (name: keyof typeof OPTIONS) => string | undefined;
type Wanted = (name: keyof typeof OPTIONS) => string;

/** What each action signs, and the collective that does; the hub where there is none. */
const ACTIONS: Record<
	string,
	(given: Given, wanted: Wanted, record: NetworkRecord) => { kind: StatementKind; by?: string | undefined; claims: object }
> = {
	give(given, wanted) {
		const [number, declared_on] = [given("number"), given("declared-on")];
		const claims = { sub: wanted("member"), mark: wanted("mark"), since: nowInSeconds() };
		return {
			kind: "MARK",
			by: given("by"),
			claims: { ...claims, ...(number !== undefined && { number }), ...(declared_on !== undefined && { declared_on }) },
		};
	},
	end: (given, wanted) => ({ kind: "REVOCATION", by: given("by"), claims: { sub: wanted("statement"), reason: wanted("reason") } }),
	delegate: (_given, wanted) => ({
		kind: "DELEGATION",
		claims: { sub: collectiveParty(wanted("collective")), mark: wanted("mark"), since: nowInSeconds() },
	}),
	withdraw(_given, wanted, record) {
		const [collective, mark] = [wanted("collective"), wanted("mark")];
		const found = record.delegationsAt(Date.now()).find((one) => one.to === collectiveParty(collective) && one.mark === mark);
		if (!found) throw new OperatorError(`${collective} is not charged with ${mark}.`);
		return { kind: "REVOCATION", claims: { sub: found.id, reason: wanted("reason") } };
	},
};

/** `npm run marks -- delegate …`: the operator's command, where the hub's keys and the collectives' are. The hub may run meanwhile. */
await run(async () => {
	const [action = "", ...words] = process.argv.slice(2);
	const make = ACTIONS[action];
	if (!make) throw new OperatorError(USAGE);
	const options = commandOptions(words, OPTIONS);
	const given: Given = (name) => options.get(name)?.at(-1);
	const wanted: Wanted = (name) => {
		const value = given(name)?.trim();
		if (!value) throw new OperatorError(`--${name} is missing: ${OPTIONS[name]}.\n${USAGE}`);
		return value;
	};
	const folder = findAuthorityFolder();
	const register = await openNetworkDatabase(await findRegister(), 2);
	try {
		const log = new NetworkLog(register);
		const [record, authority] = [await log.current(), openAuthority(folder)];
		authority.follow(record);
		const { kind, by, claims } = make(given, wanted, record);
		if (by !== undefined && !record.collectives.has(by))
			throw new OperatorError(
				`There is no collective ${JSON.stringify(by)}. There are: ${[...record.collectives.keys()].join(", ") || "none"}.`,
			);
		const iss = by === undefined ? authority.network : collectiveParty(by);
		const token = await signStatement(by === undefined ? authority.keys : authority.collective(by), kind, {
			iss,
			aud: authority.network,
			...claims,
		});
		const read = readStatementToken(token);
		if (!read.ok) throw new OperatorError(`This is no statement. ${read.field}: ${read.message}.`);
		const result = await publishStatement(register, log, authority, token);
		if (!result.ok)
			throw new OperatorError(`Not recorded (${result.code}). ${result.field}: ${result.message}.\nTo mend it: ${result.mend}.`);
		process.stdout.write(`Recorded as entry ${result.entry.sequence} of the log: statement ${result.entry.id}.\n`);
	} finally {
		await register.destroy();
	}
	return undefined;
});
