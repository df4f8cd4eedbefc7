import { ownerOf } from "../badge/badge-id.ts";
import { formatList } from "../i18n/format.ts";
import { useLocale, useTexts } from "../i18n/locale.ts";
import { To } from "../ui/link.tsx";
import { institutePath } from "../ui/paths.ts";
import type { Places } from "./places.ts";

interface WhereToGetProps {
	id: string;
	name: string;
	/** By the institute's own word; null where it does not answer. */
	request: { open: boolean; url: string | null } | null;
	places: Places;
}

/** More départements are only counted: the page of the institute names them. */
const MOST_NAMED = 4;

/** Which institute issues a badge, where it works, and whether the badge can be asked for now. */
export function WhereToGet({ id, name, request, places }: WhereToGetProps) {
	const { where: t } = useTexts();
	const locale = useLocale();
	const placesIn = (names: readonly string[]) => (names.length > MOST_NAMED ? t.departements(names.length) : formatList(locale, names));
	const slug = ownerOf(id);
	const institute = places.institutes[slug];
	const url = request?.open && request.url && /^https?:\/\//i.test(request.url) ? request.url : null;
	return (
		<p className="where">
			{t.at} {institute ? <To to={institutePath(slug)}>{institute.name}</To> : slug}
			{institute && institute.departements.length > 0 && ` (${placesIn(institute.departements.map((one) => one.name))})`}
			{". "}
			{url ? (
				<a href={url} rel="noopener noreferrer external" referrerPolicy="no-referrer">
					{t.ask}
					<span className="unseen"> {name}</span>
				</a>
			) : request === null ? (
				t.unknown
			) : request.open ? (
				t.contact
			) : (
				t.closed
			)}
		</p>
	);
}
