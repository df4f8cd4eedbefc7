import { readFileSync } from "node:fs";
import { OperatorError } from "../../../kit/errors.ts";
import { commandOptions, run } from "../../../kit/run.ts";

const FORMATS: Record<string, string> = { ctdl: "CTDL", clr: "CLR", obf: "OPEN_BADGE_FACTORY" };
const OPTIONS = {
	file: "the document: a CTDL pathway, CLR associations or a milestone of Open Badge Factory, as JSON",
	format: `which of them: ${Object.keys(FORMATS).join(", ")}`,
	hub: "address of the hub that knows the badges (http://localhost:4000)",
};
const USAGE = "npm run read-pathway -- --file <document.json> --format ctdl|clr|obf [--hub <address>]";
const DEADLINE = 30_000;
const READ = `query Read($format: PathwayFormat!, $document: String!) {
	readPathwayDocument(format: $format, document: $document) { goalIri goalId requirement unknownBadges problem }
}`;

/** Reads the rule of a metabadge from a document of another system, and prints it for the badge file of its institute. */
await run(async () => {
	const options = commandOptions(process.argv.slice(2), OPTIONS);
	const [file, format, hub] = ["file", "format", "hub"].map((name) => options.get(name)?.at(-1));
	if (file === undefined || format === undefined) throw new OperatorError(USAGE);
	const known = FORMATS[format];
	if (known === undefined)
		throw new OperatorError(`--format is one of ${Object.keys(FORMATS).join(", ")}, and not ${JSON.stringify(format)}.`);
	const read = await ask(hub ?? "http://localhost:4000", known, readDocument(file));
	if (read.problem !== null) throw new OperatorError(`${file} cannot be read: ${read.problem}.`);
	for (const iri of read.unknownBadges) process.stderr.write(`No member has ${iri}: it is left out.\n`);
	if (read.requirement === null) throw new OperatorError(`${file} names no badge of any member: there is nothing to require.`);
	process.stderr.write(`\nFor ${read.goalId ?? read.goalIri}, in its entry of the badge file:\n\n`);
	process.stdout.write(`"extensions:requirement": ${read.requirement}\n`);
	return undefined;
});

function readDocument(file: string): string {
	try {
		return readFileSync(file, "utf8");
	} catch (error) {
		throw new OperatorError(`--file: ${(error as Error).message}`);
	}
}

interface Read {
	goalIri: string | null;
	goalId: string | null;
	requirement: string | null;
	unknownBadges: string[];
	problem: string | null;
}

async function ask(hub: string, format: string, document: string): Promise<Read> {
	if (!URL.canParse("/graphql", hub)) throw new OperatorError(`--hub: ${JSON.stringify(hub)} is not an address.`);
	let answer: { data?: { readPathwayDocument: Read } | null; errors?: { message: string }[] };
	try {
		const response = await fetch(new URL("/graphql", hub), {
			method: "POST",
			headers: { "content-type": "application/json" },
			body: JSON.stringify({ query: READ, variables: { format, document } }),
			signal: AbortSignal.timeout(DEADLINE),
		});
		answer = (await response.json()) as typeof answer;
	} catch (error) {
		const { message, cause } = error as Error;
		throw new OperatorError(
			`The hub at ${hub} does not answer: ${cause instanceof Error ? cause.message : message}. Start it, or give --hub.`,
		);
	}
	if (!answer.data) throw new OperatorError(`The hub at ${hub} refuses: ${answer.errors?.[0]?.message ?? "it says no more"}`);
	return answer.data.readPathwayDocument;
}
