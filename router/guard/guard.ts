import type { CallerReader } from "../identity/read-caller.ts";
import type { Admission } from "./admission.ts";
import type { AllowedOrigins } from "./cross-site.ts";
import type { TakeTurn } from "./rate-limit.ts";
import type { DocumentParameters } from "./trusted-documents.ts";

/** What the router's public side holds requests to, over HTTP and over WebSocket. A server that only another router reaches needs none. */
export interface Guard {
	origins: AllowedOrigins;
	takeTurn: TakeTurn;
	/** Finds out who calls. */
	callers: CallerReader;
	/** The text of the document that a request means. */
	documentOf(parameters: DocumentParameters): string;
	admission: Admission;
}
