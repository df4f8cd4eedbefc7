import { type LoaderFunctionArgs, useLoaderData } from "react-router";
import { isBadgeId } from "../badge/badge-id.ts";
import { PageForms } from "../forms/page-forms.tsx";
import { openHub } from "../hub-client.ts";
import { localised, useLocale, useTexts } from "../i18n/locale.ts";
import { useTrustTexts } from "../i18n/trust-texts.ts";
import { AbsenceNotice } from "../ui/absence-notice.tsx";
import { To } from "../ui/link.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { badgePath, institutePath } from "../ui/paths.ts";
import { LONGEST_WAY, readWays } from "./read-ways.ts";
import { wayPath } from "./way-address.ts";
import { WayHops } from "./way-hops.tsx";

export async function loader(args: LoaderFunctionArgs) {
	const hub = openHub(args);
	return { ...(await readWays(hub, args.url.searchParams)), absence: await hub.absence() };
}

export default function WaysPage() {
	const { from, to, names, ways, absence } = useLoaderData<typeof loader>();
	const { site } = useTexts();
	const { ways: t } = useTrustTexts();
	const locale = useLocale();
	const unknown = [
		[from, names.from],
		[to, names.to],
	].flatMap(([asked, name]) => (asked && name === null && from && to ? [asked] : []));
	return (
		<>
			<PageHead
				title={names.from && names.to ? t.titleOf(names.from, names.to) : t.title}
				lead={t.lead}
				trail={[["/reseau", site.network]]}
			/>
			<form method="get" action={localised(locale, "/reseau/chemin")} className="stack-form">
				<p>
					<label htmlFor="de">{t.from}</label>{" "}
					<input id="de" name="de" defaultValue={from ?? ""} autoComplete="off" spellCheck={false} required />
				</p>
				<p>
					<label htmlFor="a">{t.to}</label> <input id="a" name="a" defaultValue={to ?? ""} autoComplete="off" spellCheck={false} required />
				</p>
				<button type="submit" className="button">
					{t.show}
				</button>
			</form>
			<AbsenceNotice absence={absence} />
			{unknown.map((what) => (
				<p key={what} className="notice" role="status">
					{t.unknown(what)}
				</p>
			))}
			{ways && from && to && (
				<>
					<p>
						<To to={institutePath(from)}>{names.from}</To> → <To to={isBadgeId(to) ? badgePath(to) : institutePath(to)}>{names.to}</To>
					</p>
					{ways.paths.length === 0 && <p role="status">{t.none(LONGEST_WAY)}</p>}
					{ways.paths.map(({ length, hops }, place) => (
						<section key={hops.map(({ id }) => id).join(" ")} aria-labelledby={`chemin-${place}`}>
							<h2 id={`chemin-${place}`}>{place === 0 ? t.shortest(length) : t.wayOf(place + 1, length)}</h2>
							<WayHops hops={hops} />
						</section>
					))}
					{ways.paths.length > 0 && <p>{ways.isWhole ? t.whole(LONGEST_WAY) : t.bounded(LONGEST_WAY)}</p>}
					<PageForms path={wayPath(from, to)} />
				</>
			)}
			<p className="from">{t.rule}</p>
		</>
	);
}
