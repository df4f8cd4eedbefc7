import { useTexts } from "../i18n/locale.ts";

/** The network in one picture, made of text: it grows, reflows and is read like the rest of the page. */
export function HowItWorks() {
	const t = useTexts().home;
	const parts = [
		["how__part how__part--institutes", t.howInstitutes, t.howInstitutesText, t.howInstitutesParts],
		["how__part how__part--hub", t.howHub, t.howHubText, t.howHubParts],
		["how__part how__part--readers", t.howReaders, t.howReadersText, t.howReadersParts],
	] as const;
	return (
		<section aria-labelledby="comment">
			<h2 id="comment">{t.how}</h2>
			<ol className="how">
				{parts.map(([style, title, text, items]) => (
					<li key={style} className={style}>
						<h3>{title}</h3>
						<p>{text}</p>
						<ul>
							{items.map((item) => (
								<li key={item}>{item}</li>
							))}
						</ul>
					</li>
				))}
			</ol>
		</section>
	);
}
