import { z } from "zod";
import { OperatorError } from "./errors.ts";

/** Something that runs until it is told to end. */
export interface Running {
	stop(): Promise<void>;
	/** Reads its settings anew, at SIGHUP. */
	reload?(): Promise<void>;
}

/** Runs a command to its end, and tells an operator's mistake in plain words. */
export async function run(command: () => Promise<void>): Promise<void> {
	try {
		await command();
	} catch (error) {
		fail(error);
	}
}

/**
 * Runs a server until it is told to end, by Ctrl-C or SIGTERM (by SIGHUP too, unless it can reload), and tells an operator's mistake
 * in plain words. `told` is aborted when that happens while it still starts: it may then throw the signal's reason instead of
 * going on; if it does start, it is stopped at once. A second Ctrl-C ends it without waiting.
 */
export async function runServer(start: (told: AbortSignal) => Promise<Running>): Promise<void> {
	const told = new AbortController();
	let code = 0;
	let running: Running | undefined;
	const stop = () =>
		running?.stop().then(
			() => process.exit(code),
			(error: unknown) => fail(error),
		);
	const end = (signal: NodeJS.Signals) => {
		if (told.signal.aborted) process.exit(1);
		code = signal === "SIGINT" ? 130 : 0;
		told.abort(new Error(`Told to end by ${signal}`));
		void stop();
	};
	// Before anything is started: a signal that came during the start would leave a database server behind.
	for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, end);
	process.on("SIGHUP", (signal) => (running?.reload ? void running.reload() : end(signal)));
	try {
		running = await start(told.signal);
	} catch (error) {
		if (told.signal.aborted && error === told.signal.reason) process.exit(code);
		fail(error);
	}
	if (told.signal.aborted) void stop();
}

function fail(error: unknown): never {
	process.stderr.write(
		error instanceof OperatorError ? `\n${error.message}\n` : `\n${error instanceof Error ? error.stack : String(error)}\n`,
	);
	process.exit(1);
}

/** Reads `--name value` options of a command. Throws an {@link OperatorError} for an unknown one. */
export function commandOptions(words: readonly string[], known: Record<string, string>): Map<string, string[]> {
	const options = new Map<string, string[]>();
	const usage = Object.entries(known)
		.map(([name, meaning]) => `  --${name}  ${meaning}`)
		.join("\n");
	for (let index = 0; index < words.length; index += 2) {
		const name = words[index]?.replace(/^--/, "") ?? "";
		const value = words[index + 1];
		if (!words[index]?.startsWith("--") || !(name in known))
			throw new OperatorError(`Unknown option ${JSON.stringify(words[index])}. The options are:\n${usage}`);
		if (value === undefined) throw new OperatorError(`--${name} needs a value.\n${usage}`);
		options.set(name, [...(options.get(name) ?? []), value]);
	}
	return options;
}

/** A day that an option gives, like 2026-03-02, as the seconds since 1970 at which it begins in UTC. Throws an {@link OperatorError}. */
export function dayOption(name: string, value: string): number {
	// Not by `Date.parse` alone, which takes the 31st of February for a day of March.
	if (!z.iso.date().safeParse(value).success) throw new OperatorError(`--${name}: ${JSON.stringify(value)} is not a day like 2026-03-02.`);
	return Date.parse(`${value}T00:00:00Z`) / 1000;
}
