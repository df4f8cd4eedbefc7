import { type HubSettings, publicOrigin } from "../hub-context.ts";

/**
 * A steward's session is their access token, in a cookie that scripts cannot read and other sites cannot make the
 * browser send; it ends with the browser, or with the token. Nothing of it is kept here.
 */
const COOKIE = "referent";
/** Browsers keep cookies of about 4 kB. */
const LONGEST_TOKEN = 3800;
const TOKEN = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;

/** Whether a text has the form of a token that fits a cookie. Whether it is a good one the router says. */
export const isToken = (text: string): boolean => text.length <= LONGEST_TOKEN && TOKEN.test(text);

/** The token that came with a request; undefined without a session. */
export function tokenOf(request: Request): string | undefined {
	const cookies = (request.headers.get("cookie") ?? "").split(";").map((one) => one.trim());
	const token = cookies.find((one) => one.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1);
	return token !== undefined && isToken(token) ? token : undefined;
}

/** The `Set-Cookie` that begins a session. */
export function beginSession(token: string, settings: HubSettings, request: Request): string {
	return `${COOKIE}=${token}; ${attributes(settings, request)}`;
}

/** The `Set-Cookie` that ends it. */
export function endSession(settings: HubSettings, request: Request): string {
	return `${COOKIE}=; Max-Age=0; ${attributes(settings, request)}`;
}

function attributes(settings: HubSettings, request: Request): string {
	const secure = publicOrigin(settings, request).startsWith("https:") ? "; Secure" : "";
	return `Path=/; HttpOnly; SameSite=Strict${secure}`;
}
