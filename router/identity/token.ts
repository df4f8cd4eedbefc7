import path from "node:path";
import { readEnvironment } from "../../subgraphs/kit/config.ts";
import { OperatorError } from "../../subgraphs/kit/errors.ts";
import { commandOptions, run } from "../../subgraphs/kit/run.ts";
import { developmentToken } from "./development-issuer.ts";

const LONGEST = 24 * 60;

/** `npm run token -- --subject marie --scope "badges:write"`: a token for the hub of `npm start` on this machine. */
await run(async () => {
	const options = commandOptions(process.argv.slice(2), {
		subject: "who the token is of",
		scope: "what they are granted: words between spaces",
		minutes: "how long it is good for; 60",
	});
	const environment = readEnvironment();
	if (environment.isProduction)
		throw new OperatorError("NODE_ENV is production: there is no development issuer. Have tokens from the issuers of front.identity.");
	const subject = options.get("subject")?.[0];
	if (!subject) throw new OperatorError("Say who the token is of: npm run token -- --subject marie");
	const minutes = Number(options.get("minutes")?.[0] ?? 60);
	if (!Number.isInteger(minutes) || minutes < 1 || minutes > LONGEST)
		throw new OperatorError(`--minutes: must be a whole number from 1 to ${LONGEST}`);
	const token = await developmentToken(path.resolve(environment.dataFolder), {
		subject,
		scope: options.get("scope")?.join(" ") ?? "",
		minutes,
	});
	process.stdout.write(`${token}\n`);
	return undefined;
});
