import { createServer } from "node:http";
import { createRouter } from "../../router/router.ts";
import { createLog } from "../../subgraphs/kit/log.ts";
import { runServer } from "../../subgraphs/kit/run.ts";

/** What the router of the chaos test is started with. */
export interface ChaosRouterSettings {
	supergraphSdl: string;
	subgraphs: Record<string, string>;
	members: { slug: string; endpoint: string }[];
	memberDeadline: number;
	largestAnswer: number;
	requestDeadline: number;
}

/** The router in a process of its own, started with `--expose-gc`: `/heap` collects garbage and tells what is left. */
await runServer(async () => {
	const settings = JSON.parse(await readInput()) as ChaosRouterSettings;
	const entries = settings.members.map(({ slug, endpoint }) => ({
		slug,
		name: `Institute ${slug}`,
		endpoint,
		departements: [],
		collectives: [],
	}));
	const router = createRouter({
		supergraphSdl: settings.supergraphSdl,
		subgraphs: settings.subgraphs,
		directory: { entries: () => entries, onChange: () => () => undefined, ready: Promise.resolve(), stop: async () => undefined },
		memberLimits: { deadline: settings.memberDeadline, largestAnswer: settings.largestAnswer },
		requestDeadline: settings.requestDeadline,
		allowPrivateAddresses: true,
		log: createLog("router", "warn"),
	});
	const server = createServer((request, response) => {
		if (request.url === "/heap") response.end(JSON.stringify({ heapUsed: collect(), rss: process.memoryUsage.rss() }));
		else void router.handle(request, response);
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	process.stdout.write(`ready http://127.0.0.1:${(server.address() as { port: number }).port}\n`);
	return {
		async stop() {
			server.closeAllConnections();
			server.close();
			await router.stop();
		},
	};
});

function collect(): number {
	const { gc } = globalThis as { gc?: () => void };
	if (!gc) throw new Error("Start this process with --expose-gc");
	// Twice: what finalisers let go of is collected by the second.
	gc();
	gc();
	return process.memoryUsage().heapUsed;
}

async function readInput(): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString("utf8");
}
