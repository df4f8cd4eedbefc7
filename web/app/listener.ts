import * as build from "virtual:react-router/server-build";
import { createRequestListener } from "@react-router/node";
import { RouterContextProvider } from "react-router";
import { type HubSettings, hubContext, type PageListener } from "./hub-context.ts";

/** The entry of the server bundle: one listener that answers every address of the pages. */
export function createPageListener(settings: HubSettings): PageListener {
	const listener = createRequestListener({
		build,
		mode: import.meta.env.MODE,
		getLoadContext() {
			const context = new RouterContextProvider();
			context.set(hubContext, settings);
			return context;
		},
	});
	return (req, res) => void listener(req, res);
}
