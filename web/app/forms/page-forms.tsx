import { localised, useLocale, useTexts } from "../i18n/locale.ts";
import { ENDINGS, type Ending, FORM_TYPES, withEnding } from "./endings.ts";

/** The other forms of a page, for readers and, in the head, for programs. `path` is the page's French address. */
export function PageForms({ path }: { path: string }) {
	const t = useTexts().forms;
	const locale = useLocale();
	const address = (ending: Ending) => localised(locale, withEnding(path, ending));
	return (
		<>
			{ENDINGS.map((ending) => (
				<link key={ending} rel="alternate" type={FORM_TYPES[ending]} href={address(ending)} title={t.kinds[ending]} />
			))}
			<div className="forms no-print">
				<p id="formes">{t.title}</p>
				<ul aria-labelledby="formes">
					{ENDINGS.map((ending) => (
						<li key={ending}>
							<a href={address(ending)} type={FORM_TYPES[ending]} download={ending === "csv" ? "" : undefined}>
								{t.kinds[ending]}
							</a>
						</li>
					))}
					<li>{t.print}</li>
				</ul>
			</div>
		</>
	);
}
