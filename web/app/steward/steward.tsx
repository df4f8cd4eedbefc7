import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect, useActionData, useLoaderData } from "react-router";
import { openHub } from "../hub-client.ts";
import { hubContext } from "../hub-context.ts";
import { formatInstant } from "../i18n/format.ts";
import { localeOf, localised, useLocale, useTexts } from "../i18n/locale.ts";
import { PageHead } from "../ui/page-head.tsx";
import { refusalOf, sessionOf } from "./open-session.ts";
import { beginSession, endSession, isToken } from "./session.ts";
import { SignIn } from "./sign-in.tsx";
import { privately, readStewardForm } from "./steward-form.ts";
import { StewardPathways } from "./steward-pathways.tsx";
import { StewardPathways_Query } from "./steward-queries.ts";

export async function loader(args: LoaderFunctionArgs) {
	const session = sessionOf(args);
	const done = args.url.searchParams.get("fait");
	if (!session) return { claims: null, refusal: null, pathways: [], done };
	const refusal = await refusalOf(session.hub);
	if (refusal !== null) return { claims: session.claims, refusal, pathways: [], done };
	const { drawnPathways } = await session.hub.need(StewardPathways_Query, {});
	return { claims: session.claims, refusal, pathways: drawnPathways, done };
}

/** Begins a session with the token that was pasted, or ends it. */
export async function action(args: ActionFunctionArgs) {
	const { request, context } = args;
	const form = await readStewardForm(args);
	const settings = context.get(hubContext);
	const home = localised(localeOf(args.url.pathname), "/referent");
	if (form.get("intention") === "sortir") return redirect(home, { status: 303, headers: { "Set-Cookie": endSession(settings, request) } });
	const token = (form.get("jeton") ?? "").trim().replace(/^Bearer\s+/i, "");
	if (!isToken(token)) return data({ refusal: token === "" ? "EMPTY" : "NO_TOKEN" }, { status: 422 });
	const refusal = await refusalOf(openHub(args, token));
	if (refusal !== null) return data({ refusal }, { status: refusal === "UNREACHABLE" ? 503 : 422 });
	return redirect(home, { status: 303, headers: { "Set-Cookie": beginSession(token, settings, request) } });
}

export const headers = privately;

export default function StewardPage() {
	const { claims, refusal, pathways, done } = useLoaderData<typeof loader>();
	const refused = useActionData<typeof action>()?.refusal ?? refusal;
	const t = useTexts().steward;
	const locale = useLocale();
	const messages: Record<string, string> = t.done;
	return (
		<>
			<meta name="robots" content="noindex" />
			<PageHead title={t.title} lead={t.lead} />
			{done !== null && messages[done] && claims && (
				<p className="notice" role="status">
					{messages[done]}
				</p>
			)}
			{claims && (
				<section aria-labelledby="session" className="panel">
					<h2 id="session">{t.session}</h2>
					<p>
						{t.signedIn(claims.subject)} {claims.expiresAt && t.until(formatInstant(locale, claims.expiresAt))}
					</p>
					<form method="post" action={localised(locale, "/referent")}>
						<button type="submit" name="intention" value="sortir" className="button button--quiet">
							{t.signOut}
						</button>
					</form>
				</section>
			)}
			{claims && refusal === null ? (
				<StewardPathways pathways={pathways} mayDraw={claims.scopes.includes("pathways:draw")} />
			) : (
				<SignIn refusal={refused} />
			)}
		</>
	);
}
