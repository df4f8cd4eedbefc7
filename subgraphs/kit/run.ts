import { z } from "zod";
import { OperatorError } from "./errors.ts";

/**
 * Runs a program: starts it, stops it on Ctrl-C or SIGTERM (on SIGHUP too, unless it can reload), and tells an operator's mistake in plain words.
 * A second Ctrl-C ends it at once.
 */
export async function run(start: () => Promise<{ stop(): Promise<void>; reload?(): Promise<void> } | undefined>): Promise<void> {
	try {
		const running = await start();
		if (!running) return;
		let stopping = false;
		const stop = (signal: NodeJS.Signals) => {
			if (stopping) process.exit(1);
			stopping = true;
			running.stop().then(
				() => process.exit(signal === "SIGINT" ? 130 : 0),
				(error: unknown) => fail(error),
			);
		};
		const { reload } = running;
		for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, stop);
		process.on("SIGHUP", reload ? () => void reload() : stop);
	} catch (error) {
		fail(error);
	}
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
