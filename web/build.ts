import { spawn } from "node:child_process";
import { mkdir, readdir, rm, stat, utimes, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const web = dirname(fileURLToPath(import.meta.url));
const buildFolder = join(web, "build");
const stamp = join(buildFolder, ".built");
const lock = join(web, ".react-router", "building");
const LONGEST_BUILD_MS = 120_000;

export const clientFolder = join(buildFolder, "client");
export const serverBundle = join(buildFolder, "server", "index.js");

/** What a build is made of; `../package-lock.json` stands for the libraries in it. */
const SOURCES = ["app", "public", "vite.config.ts", "react-router.config.ts", "../package-lock.json"];

/** Builds the pages when there is no build, or one older than its sources; says whether it did. Silent; throws with the whole output. */
export async function buildPages(): Promise<boolean> {
	if (await isFresh()) return false;
	const release = await takeLock();
	try {
		// Whoever held the lock may have built just this.
		if (await isFresh()) return true;
		const started = new Date();
		await runBuild();
		// As old as its start: what was edited meanwhile is newer.
		await writeFile(stamp, "");
		await utimes(stamp, started, started);
		return true;
	} finally {
		await release();
	}
}

async function isFresh(): Promise<boolean> {
	const newest = Math.max(...(await Promise.all(SOURCES.map((source) => newestIn(join(web, source))))));
	return (await modifiedAt(stamp)) > newest;
}

/** One build at a time: two hubs started together would write over one another. A lock older than any build is void. */
async function takeLock(): Promise<() => Promise<void>> {
	await mkdir(dirname(lock), { recursive: true });
	for (;;) {
		try {
			await mkdir(lock);
			return () => rm(lock, { recursive: true, force: true });
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
			if (Date.now() - (await modifiedAt(lock)) > LONGEST_BUILD_MS) await rm(lock, { recursive: true, force: true });
			await setTimeout(200);
		}
	}
}

/** In a process of its own: Vite's memory goes with it, and it cannot print into the hub's output. */
function runBuild(): Promise<void> {
	const require = createRequire(import.meta.url);
	const command = join(dirname(require.resolve("@react-router/dev/package.json")), "bin.js");
	return new Promise((resolve, reject) => {
		const child = spawn(process.execPath, [command, "build", web], { cwd: web, stdio: ["ignore", "pipe", "pipe"] });
		let output = "";
		child.stdout.on("data", (chunk) => (output += chunk));
		child.stderr.on("data", (chunk) => (output += chunk));
		child.on("error", reject);
		child.on("close", (code) => (code === 0 ? resolve() : reject(new Error(`The pages could not be built:\n${output}`))));
	});
}

async function newestIn(path: string): Promise<number> {
	const info = await stat(path).catch(() => null);
	if (!info) return 0;
	if (!info.isDirectory()) return info.mtimeMs;
	const entries = await readdir(path);
	return Math.max(info.mtimeMs, ...(await Promise.all(entries.map((entry) => newestIn(join(path, entry))))));
}

const modifiedAt = async (path: string): Promise<number> => (await stat(path).catch(() => null))?.mtimeMs ?? 0;
