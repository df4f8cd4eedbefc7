import path from "node:path";
import type { DataSource } from "typeorm";
import { startCatalogue } from "../../../subgraphs/catalogue/server.ts";
import type { RunningInstitute } from "../../../subgraphs/institute/server.ts";
import type { RunningServer } from "../../../subgraphs/kit/serve.ts";
import { openNetworkDatabase } from "../../../subgraphs/network/database.ts";
import { readRegion } from "../../../subgraphs/network/region.ts";
import { seedRegion } from "../../../subgraphs/network/seed.ts";
import { startNetwork } from "../../../subgraphs/network/server.ts";
import { until } from "../../kit/until.ts";
import { ask, DEMONSTRATION, log, startTestHub, type TestHub } from "../network/test-hub.ts";

/** Some institutes of the demonstration, harvested by a catalogue. */
export interface TestRegion {
	hub: TestHub;
	network: RunningServer;
	/** The network's register, to admit and remove. */
	register: DataSource;
	catalogue: RunningServer;
	institutes: Map<string, RunningInstitute>;
	stop(): Promise<void>;
}

/** Starts the institutes, the network and a catalogue; resolves when everything has been harvested. */
export async function startTestRegion(slugs: readonly string[]): Promise<TestRegion> {
	const hub = await startTestHub();
	const institutes = new Map<string, RunningInstitute>();
	for (const slug of slugs) institutes.set(slug, await hub.institute(slug));
	const register = await openNetworkDatabase(hub.network, 2);
	await seedRegion(
		register,
		readRegion(path.join(DEMONSTRATION, "region.json")),
		new Map([...institutes].map(([slug, { url }]) => [slug, url])),
	);
	const network = await startNetwork({ database: hub.network, port: 0, host: "127.0.0.1", access: { publicReads: true }, log });
	const catalogue = await startCatalogue({
		database: hub.catalogue,
		directoryUrl: network.url,
		port: 0,
		host: "127.0.0.1",
		access: { publicReads: true },
		log,
	});
	await until("every institute to be harvested", async () => {
		const { data } = await ask(catalogue.url, "{ harvests { heardAt } }");
		return data.harvests.length === slugs.length && data.harvests.every(({ heardAt }: { heardAt: string | null }) => heardAt !== null);
	});
	const region: TestRegion = {
		hub,
		network,
		register,
		catalogue,
		institutes,
		async stop() {
			await region.catalogue.stop(); // a test may have started another
			await network.stop();
			await register.destroy();
			await hub.stop();
		},
	};
	return region;
}
