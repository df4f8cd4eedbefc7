import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { programEnvironment } from "./config.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");

/** A program of the project, run as a person runs it. */
export interface Program {
	process: ChildProcess;
	/** What it has printed so far, on both outputs. */
	output(): string;
	/** Resolves with the first line that matches; rejects when the program ends before, or in vain after the deadline. */
	line(pattern: RegExp, deadline?: number): Promise<string>;
	/** Resolves with its exit code, or the signal that ended it. */
	ended: Promise<number | NodeJS.Signals>;
	/** Ends it, if it still runs. */
	stop(signal?: NodeJS.Signals): Promise<number | NodeJS.Signals>;
}

export interface ProgramOptions {
	env?: Record<string, string>;
	/** Runs as another user; only for root. */
	uid?: number;
}

/** Runs a TypeScript file of the project. */
export function runProgram(file: string, words: readonly string[] = [], options: ProgramOptions = {}): Program {
	return runCommand(process.execPath, ["--import", "@oxc-node/core/register", path.join(ROOT, file), ...words], options);
}

/** Runs a command in the project's folder. */
export function runCommand(command: string, words: readonly string[], { env = {}, uid }: ProgramOptions = {}): Program {
	const child = spawn(command, words, {
		cwd: ROOT,
		env: { ...programEnvironment(), ...(uid === undefined ? {} : { HOME: "/tmp" }), ...env },
		stdio: ["ignore", "pipe", "pipe"],
		...(uid === undefined ? {} : { uid, gid: uid }),
	});
	let text = "";
	const watchers = new Set<() => void>();
	for (const stream of [child.stdout, child.stderr]) {
		stream.on("data", (chunk: Buffer) => {
			text += chunk.toString();
			for (const watcher of watchers) watcher();
		});
	}
	const ended = new Promise<number | NodeJS.Signals>((resolve) =>
		child.once("close", (code, signal) => resolve(signal ?? (code as number))),
	);
	return {
		process: child,
		output: () => text,
		ended,
		line(pattern, deadline = 120_000) {
			return new Promise((resolve, reject) => {
				const finish = (settle: () => void) => {
					watchers.delete(look);
					clearTimeout(timer);
					settle();
				};
				const look = () => {
					const found = text
						.split("\n")
						.slice(0, -1)
						.find((line) => pattern.test(line));
					if (found !== undefined) finish(() => resolve(found));
				};
				const timer = setTimeout(
					() => finish(() => reject(new Error(`No line like ${pattern} within ${deadline} ms:\n${text}`))),
					deadline,
				);
				watchers.add(look);
				void ended.then((code) => finish(() => reject(new Error(`Ended (${code}) without a line like ${pattern}:\n${text}`))));
				look();
			});
		},
		stop(signal = "SIGTERM") {
			child.kill(signal);
			return ended;
		},
	};
}
