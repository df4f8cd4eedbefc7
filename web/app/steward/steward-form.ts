import { type ActionFunctionArgs, data } from "react-router";
import { hubContext, publicOrigin } from "../hub-context.ts";

/**
 * The fields of a form that a page of ours sent. Throws the 403 page for one that came from elsewhere: the cookie is
 * `SameSite=Strict` already, and no browser leaves `Origin` out of a form.
 */
export async function readStewardForm({ context, request }: Pick<ActionFunctionArgs, "context" | "request">): Promise<URLSearchParams> {
	const origin = request.headers.get("origin");
	const own = [publicOrigin(context.get(hubContext), request), new URL(request.url).origin];
	if (origin === null || !own.some((one) => new URL(one).origin === origin)) throw data({ kind: "foreign-form" }, { status: 403 });
	return new URLSearchParams(await request.text());
}

/** Headers of every steward's page: nobody else is to find it in a cache. */
export const privately = () => ({ "Cache-Control": "no-store", "X-Robots-Tag": "noindex" });
