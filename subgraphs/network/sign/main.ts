import path from "node:path";
import { isSlug } from "../../../schema/global-id.ts";
import { OperatorError } from "../../kit/errors.ts";
import { findKeys, prepareReplacement } from "../../kit/key-file.ts";
import { commandOptions, dayOption, run } from "../../kit/run.ts";
import { nowInSeconds } from "../../kit/sign-token.ts";
import { readStatementToken, type StatementKind } from "../trust/claims.ts";
import { signStatement } from "../trust/sign-statement.ts";
import { findHub, type SigningHub } from "./publish.ts";

const OPTIONS = {
	hub: "address of the hub",
	keys: "the institute's file of signing keys",
	by: "the institute's slug",
	subject: "recognise: slug of a member, or id of one of its badge classes",
	scope: "recognise: member, badge_class, issuer or field; found from the subject when absent",
	field: "recognise: the field of competencies in which the member is recognised",
	reason: "why",
	since: "recognise: day from which it holds, like 2026-03-02; now when absent",
	until: "recognise: day on which it ends by itself",
	statement: "revoke: id of the statement that ends",
	key: "compromised: kid of the key that others may have; the first of the file when absent",
	print: "`yes` prints the statement instead of publishing it",
};

const USAGE = `Say what to sign:
  npm run sign -- recognise --hub URL --keys FILE --by SLUG --subject SLUG-OR-ID --reason TEXT [--scope …] [--field TEXT] [--since DAY] [--until DAY]
  npm run sign -- revoke --hub URL --keys FILE --by SLUG --statement ID --reason TEXT
  npm run sign -- rotate --hub URL --keys FILE --by SLUG
  npm run sign -- compromised --hub URL --keys FILE --by SLUG --reason TEXT [--key KID] [--since DAY]`;

/** `npm run sign -- recognise …`: an institute makes a statement with its own key, and publishes it. */
await run(async () => {
	const [action, ...words] = process.argv.slice(2);
	if (action === undefined || !["recognise", "revoke", "rotate", "compromised"].includes(action)) throw new OperatorError(USAGE);
	const options = commandOptions(words, OPTIONS);
	const given = (name: keyof typeof OPTIONS) => options.get(name)?.at(-1);
	const wanted = (name: keyof typeof OPTIONS) => {
		const value = given(name);
		if (value === undefined || value.trim() === "") throw new OperatorError(`--${name} is missing: ${OPTIONS[name]}.\n${USAGE}`);
		return value;
	};
	const [by, file] = [wanted("by"), path.resolve(wanted("keys"))];
	if (!isSlug(by)) throw new OperatorError(`--by: ${JSON.stringify(by)} is not a slug.`);
	const keys = findKeys(file);
	if (!keys) throw new OperatorError(`--keys: there is no file ${file}.`);
	const hub = await findHub(wanted("hub"));
	const common = { iss: by, aud: hub.network };
	const finish = (kind: StatementKind, claims: object) =>
		signStatement(keys, kind, { ...common, ...claims }).then((token) => tell(hub, token, given("print")));
	switch (action) {
		case "recognise": {
			const subject = wanted("subject");
			const field = given("field");
			const scope = given("scope") ?? (field !== undefined ? "field" : subject.includes(":") ? "badge_class" : "member");
			const since = given("since");
			const until = given("until");
			await finish("RECOGNITION", {
				sub: subject,
				scope,
				...(field !== undefined && { field }),
				since: since === undefined ? nowInSeconds() : dayOption("since", since),
				...(until !== undefined && { exp: dayOption("until", until) }),
				reason: wanted("reason"),
			});
			return undefined;
		}
		case "revoke":
			await finish("REVOCATION", { sub: wanted("statement"), reason: wanted("reason") });
			return undefined;
		case "compromised": {
			const since = given("since");
			const revoked_at = since === undefined ? nowInSeconds() : dayOption("since", since);
			await finish("KEY", { sub: by, event: "compromised", kid: given("key") ?? keys.kid, revoked_at, reason: wanted("reason") });
			return undefined;
		}
		default: {
			const { old, fresh, replace, forget } = prepareReplacement(file);
			try {
				const claims = { ...common, sub: by, event: "rotated", jwk: fresh.published.keys[0], kid: old.kid };
				await tell(hub, await signStatement(old, "KEY", claims), given("print"));
			} catch (error) {
				forget();
				throw error;
			}
			if (given("print") === "yes") forget();
			else {
				replace();
				process.stdout.write(`${file} now signs with ${fresh.kid}.\n`);
			}
			return undefined;
		}
	}
});

/** What is wrong with it is told before it leaves. */
async function tell(hub: SigningHub, token: string, print: string | undefined): Promise<void> {
	const read = readStatementToken(token);
	if (!read.ok) throw new OperatorError(`This is no statement. ${read.field}: ${read.message}.`);
	if (print === "yes") return void process.stdout.write(`${token}\n`);
	const { id, sequence } = await hub.publish(token);
	process.stdout.write(`Recorded as entry ${sequence} of the log: statement ${id}.\n`);
}
