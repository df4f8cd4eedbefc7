import { useTexts } from "../i18n/locale.ts";
import { pathwayPath } from "../ui/paths.ts";
import { DOCUMENT_NAMES } from "./document-formats.ts";

/** Where other software finds the pathway; the same for every language. */
export function PathwayDocuments({ id }: { id: string }) {
	const { pathway: t } = useTexts();
	return (
		<div className="forms no-print">
			<p id="documents">{t.documents}</p>
			<ul aria-labelledby="documents">
				{DOCUMENT_NAMES.map((name) => (
					<li key={name}>
						<a href={`${pathwayPath(id)}/${name}`}>{t.formats[name]}</a>
					</li>
				))}
			</ul>
		</div>
	);
}
