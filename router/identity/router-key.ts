import path from "node:path";
import { OperatorError } from "../../subgraphs/kit/errors.ts";
import { addKey } from "../../subgraphs/kit/key-file.ts";
import { commandOptions, run } from "../../subgraphs/kit/run.ts";

/** `npm run router-key -- --file router-keys.json`: adds a key to the file that a router signs with, or makes the file. */
await run(async () => {
	const file = commandOptions(process.argv.slice(2), { file: "the router's keys" }).get("file")?.[0];
	if (file === undefined) throw new OperatorError("Say which file: npm run router-key -- --file router-keys.json");
	const count = addKey(path.resolve(file));
	process.stdout.write(`${file} holds ${count} ${count === 1 ? "key" : "keys"}; the first signs, all are published.\n`);
	return undefined;
});
