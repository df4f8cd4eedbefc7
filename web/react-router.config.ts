import type { Config } from "@react-router/dev/config";

export default {
	appDirectory: "app",
	buildDirectory: "build",
	ssr: true,
	// One reading site of some twenty routes: the whole manifest with the page costs less than discovering it by requests.
	routeDiscovery: { mode: "initial" },
	// What React Router 8 makes the only behaviour; that upgrade waits for Node 22.
	future: {
		v8_middleware: true,
		v8_passThroughRequests: true,
		v8_splitRouteModules: false,
		v8_trailingSlashAwareDataRequests: true,
		v8_viteEnvironmentApi: true,
	},
} satisfies Config;
