import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type HubServer, serveHub } from "../../web/serve.ts";

export interface ServedHub extends HubServer {
	/** Removed when the hub is stopped. */
	dataFolder: string;
}

/** The whole hub within this process, as `npm start` runs it: with its pages, the demonstration's institutes and its own database. */
export async function serveTestHub(options: { development?: boolean } = {}): Promise<ServedHub> {
	const folder = mkdtempSync(path.join(tmpdir(), "served hub "));
	// Where root runs this, the database does not run as root.
	chmodSync(folder, 0o755);
	const dataFolder = path.join(folder, "data");
	const served = await serveHub({
		...options,
		port: 0,
		host: "127.0.0.1",
		dataFolder,
		logLevel: "silent",
		onFatal: (reason) => {
			throw new Error(reason);
		},
	});
	return {
		...served,
		dataFolder,
		async stop() {
			await served.stop();
			rmSync(folder, { recursive: true, force: true });
		},
	};
}
