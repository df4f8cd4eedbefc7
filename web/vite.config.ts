import { reactRouter } from "@react-router/dev/vite";
import { defineConfig } from "vite";

export default defineConfig(({ command }) => ({
	plugins: [reactRouter()],
	logLevel: "warn",
	build: { target: "es2022", sourcemap: false, chunkSizeWarningLimit: 800 },
	// The server bundle holds everything it runs (React in production mode, whatever NODE_ENV the hub has), so that
	// the listener, the router and the pages share one copy of each library.
	...(command === "build" ? { define: { "process.env.NODE_ENV": JSON.stringify("production") }, ssr: { noExternal: true } } : {}),
	environments: { ssr: { build: { rollupOptions: { input: "./app/listener.ts" } } } },
}));
