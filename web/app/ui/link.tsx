import type { AnchorHTMLAttributes } from "react";
import { localised, useLocale } from "../i18n/locale.ts";

/** A link to a page by its French address, in the reader's language. Plain HTML: most pages carry no script. */
export function To({ to, ...rest }: { to: string } & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, "href">) {
	return <a href={localised(useLocale(), to)} {...rest} />;
}

/** A link out, when the address is one a browser may be sent to; its text alone otherwise. */
export function Outside({ url, children }: { url: string | null | undefined; children: React.ReactNode }) {
	if (!url || !/^https?:\/\//i.test(url)) return <>{children}</>;
	return (
		<a href={url} rel="noopener noreferrer external" referrerPolicy="no-referrer">
			{children}
		</a>
	);
}
