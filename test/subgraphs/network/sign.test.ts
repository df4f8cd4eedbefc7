import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runProgram } from "../../kit/program.ts";
import { startTrustHub, type TrustHub } from "./trust-hub.ts";

/** `npm run sign`: an institute's own hand on its own key. */

let hub: TrustHub;
const [EMFOR, NIEVRE] = ["emfor-bfc", "relais-nievre"];

beforeAll(async () => {
	hub = await startTrustHub([EMFOR, NIEVRE]);
});
afterAll(() => hub?.stop());

async function sign(...words: string[]): Promise<{ code: number | string; output: string }> {
	const program = runProgram("subgraphs/network/sign/main.ts", words);
	return { code: await program.ended, output: program.output() };
}

const own = () => ["--hub", hub.base, "--keys", hub.keyFile(EMFOR), "--by", EMFOR];

describe("npm run sign", () => {
	it("recognises and revokes", async () => {
		const made = await sign(
			"recognise",
			...own(),
			"--subject",
			NIEVRE,
			"--field",
			"Insertion",
			"--reason",
			"Trois ans de travail commun.",
			"--since",
			"2026-09-01",
		);
		expect(made.code).toBe(0);
		const id = /statement (\S+)\./.exec(made.output)?.[1] as string;
		const recognises = async () =>
			(await hub.ask(`{ member(slug: "${EMFOR}") { recognises { field since statement { id } } } }`)).data.member.recognises;
		expect(await recognises()).toContainEqual({ field: "Insertion", since: "2026-09-01T00:00:00.000Z", statement: { id } });
		expect((await sign("revoke", ...own(), "--statement", id, "--reason", "Fin du projet.")).code).toBe(0);
		expect(await recognises()).not.toContainEqual(expect.objectContaining({ field: "Insertion" }));
		const again = await sign("revoke", ...own(), "--statement", id, "--reason", "Fin du projet.");
		expect(again.output).toContain("Not recorded (ALREADY_REVOKED). sub: has been revoked before.\nTo mend it: nothing needs to be done.");
		expect(again.code).toBe(1);
	});

	it("replaces the key, by which the next statement is signed", async () => {
		const { kid } = hub.keysOf(EMFOR);
		expect((await sign("rotate", ...own())).output).toContain("now signs with");
		expect(hub.keysOf(EMFOR).kid).not.toBe(kid);
		expect((await sign("recognise", ...own(), "--subject", NIEVRE, "--reason", "Avec la nouvelle clé.")).code).toBe(0);
		// A key that the hub does not know cannot name its successor; the file stays as it was.
		const before = hub.keysOf(NIEVRE).kid;
		expect((await sign("rotate", "--hub", hub.base, "--keys", hub.keyFile(NIEVRE), "--by", EMFOR)).output).toContain("UNKNOWN_KEY");
		expect(hub.keysOf(NIEVRE).kid).toBe(before);
	});

	it.each<[() => string[], string]>([
		[() => [], "Say what to sign:"],
		[() => ["praise"], "Say what to sign:"],
		[() => ["recognise", ...own()], "--subject is missing"],
		[() => ["recognise", ...own(), "--subject", EMFOR, "--reason", "Nous."], "This is no statement. sub: nobody recognises itself."],
		[() => ["recognise", ...own(), "--subject", NIEVRE, "--reason", "Oui.", "--since", "hier"], '--since: "hier" is not a day'],
		[() => ["recognise", ...own(), "--subject", NIEVRE, "--reason", "Oui.", "--until", "2027-02-31"], '--until: "2027-02-31" is not a day'],
		[() => ["recognise", "--hub", hub.base, "--keys", "/nowhere.json", "--by", EMFOR], "--keys: there is no file /nowhere.json."],
		[() => ["recognise", "--hub", "http://127.0.0.1:1", "--keys", hub.keyFile(EMFOR), "--by", EMFOR], "--hub: no hub of a network answers"],
		[() => ["recognise", "--hub", "somewhere", "--keys", hub.keyFile(EMFOR), "--by", EMFOR], "is not an http(s) address"],
	])("says plainly what is wrong %#", async (words, problem) => {
		const { code, output } = await sign(...words());
		expect(output).toContain(problem);
		expect(output).not.toMatch(/\n\s+at /);
		expect(code).toBe(1);
	});
});
