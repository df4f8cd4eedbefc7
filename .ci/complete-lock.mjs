import { readFileSync, writeFileSync } from "node:fs";

/**
 * Completes package-lock.json after `npm install`: a registry that does not carry the packages of other platforms leaves
 * them out of the lock, and `npm ci` then refuses it everywhere. Each gets an entry with its version and its platform;
 * on that platform npm fetches it as usual, elsewhere it is passed over.
 */

const OS = ["android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "openharmony", "sunos", "aix", "win32"];
const CPU = ["arm64", "arm", "x64", "ia32", "ppc64", "s390x", "riscv64", "loong64", "mips64el", "mipsel", "wasm32"];
/** Platform words that are spelled otherwise in package names. */
const ALIASES = {
	windows: "win32",
	gnueabihf: "arm",
	musleabihf: "arm",
	eabi: "arm",
	universal: undefined,
	macos: "darwin",
	ppc64le: "ppc64",
	wasi: "wasm32",
};

const file = process.argv[2] ?? "package-lock.json";
const lock = JSON.parse(readFileSync(file, "utf8"));
const added = [];

for (const [path, entry] of Object.entries(lock.packages)) {
	for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
		if (find(path, name)) continue;
		const words = name.split(/[/@_.-]/).map((word) => ALIASES[word] ?? word);
		const os = OS.filter((one) => words.includes(one));
		const cpu = CPU.filter((one) => words.includes(one));
		if (os.length === 0 && cpu.length === 0 && name !== "fsevents") throw new Error(`${name}: no platform in its name`);
		lock.packages[`node_modules/${name}`] = {
			version: range.replace(/^[~^]/, ""),
			...(cpu.length > 0 ? { cpu } : {}),
			...(entry.dev ? { dev: true } : {}),
			...(words.includes("musl") ? { libc: ["musl"] } : {}),
			optional: true,
			os: name === "fsevents" ? ["darwin"] : os.length > 0 ? os : ["none"],
		};
		added.push(name);
	}
}

/** Whether a package is installed where `from` would find it. */
function find(from, name) {
	for (let base = from; ; base = base.slice(0, Math.max(0, base.lastIndexOf("node_modules/") - 1))) {
		if (lock.packages[`${base === "" ? "" : `${base}/`}node_modules/${name}`]) return true;
		if (base === "") return false;
	}
}

const [root, ...others] = Object.entries(lock.packages);
lock.packages = Object.fromEntries([root, ...others.sort(([a], [b]) => a.localeCompare(b, "en"))]);
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
process.stdout.write(`${added.length} packages of other platforms added\n`);
