import type { ReactNode } from "react";
import {
	type HeadersFunction,
	isRouteErrorResponse,
	Links,
	type LoaderFunctionArgs,
	Outlet,
	Scripts,
	ScrollRestoration,
	useLocation,
	useMatches,
	useRouteError,
	useRouteLoaderData,
} from "react-router";
import { hubContext, publicOrigin } from "./hub-context.ts";
import { delocalised, localised, useLocale, useTexts } from "./i18n/locale.ts";
import { ErrorPage } from "./site/error-page.tsx";
import { SiteFooter, SiteHeader } from "./ui/site-frame.tsx";
import "./styles/site.css";

/** What a loader says of its answer, and `Retry-After` when it says that there is none, reaches the reader. */
export const headers: HeadersFunction = ({ errorHeaders, loaderHeaders }) => errorHeaders ?? loaderHeaders;

/** The address under which readers see the pages: what is printed says where it is from. */
export const loader = ({ context, request, url }: LoaderFunctionArgs) => ({
	address: publicOrigin(context.get(hubContext), request) + url.pathname + url.search,
});

/** Pages are documents: only a route whose `handle` says `hydrate: true` ships scripts. */
const hydrates = (handle: unknown): boolean => (handle as { hydrate?: boolean } | undefined)?.hydrate === true;

export function Layout({ children }: { children: ReactNode }) {
	const locale = useLocale();
	const t = useTexts();
	const path = delocalised(useLocation().pathname);
	const root = useRouteLoaderData<typeof loader>("root");
	const failed = Boolean(useRouteError());
	const hydrated = useMatches().some((match) => hydrates(match.handle));
	return (
		<html lang={locale}>
			<head>
				<meta charSet="utf-8" />
				<meta name="viewport" content="width=device-width, initial-scale=1" />
				<meta name="theme-color" content="#fbf7f0" />
				<link rel="icon" href="/favicon.svg" type="image/svg+xml" />
				<link rel="alternate" hrefLang="fr" href={localised("fr", path)} />
				<link rel="alternate" hrefLang="en" href={localised("en", path)} />
				<Links />
			</head>
			<body>
				<a className="skip" href="#contenu">
					{t.site.skip}
				</a>
				<SiteHeader />
				<main id="contenu" className="frame" tabIndex={-1}>
					{children}
					{root && (
						<p className="print-only">
							{t.forms.address} <span className="identifier">{root.address}</span>
						</p>
					)}
				</main>
				<SiteFooter />
				{hydrated && !failed && (
					<>
						<ScrollRestoration />
						<Scripts />
					</>
				)}
			</body>
		</html>
	);
}

export default function Pages() {
	return <Outlet />;
}

export function ErrorBoundary() {
	const error = useRouteError();
	return <ErrorPage status={isRouteErrorResponse(error) ? error.status : 500} />;
}
