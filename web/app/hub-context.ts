import type { IncomingMessage, ServerResponse } from "node:http";
import { createContext } from "react-router";

/** What the pages are told by the process that serves them; reaches loaders through React Router's load context. */
export interface HubSettings {
	/** Address of the hub's GraphQL router. */
	graphqlUrl: string;
	/** Lets `/images/…` fetch from private and loopback addresses: for the demonstration, whose members live on this machine. */
	allowPrivateAddresses: boolean;
	/** Address under which the public sees the pages; without it, the one of each request. */
	publicUrl?: string | undefined;
	log(message: string, details?: Record<string, unknown>): void;
}

/** The pages as the server sees them: a listener of Node's own. */
export type PageListener = (req: IncomingMessage, res: ServerResponse) => void;

export const hubContext = createContext<HubSettings>();

/** The address of these pages as the reader knows it, without a slash at the end. */
export const publicOrigin = (settings: HubSettings, request: Request): string =>
	(settings.publicUrl ?? new URL(request.url).origin).replace(/\/$/, "");
