import { useTexts } from "../i18n/locale.ts";
import { Outside } from "../ui/link.tsx";
import { PageHead } from "../ui/page-head.tsx";

/** The declaration: what was checked and by what, what was not. It claims no audit that did not take place. */
export default function AccessibilityPage() {
	const t = useTexts().accessibility;
	return (
		<>
			<PageHead title={t.title} />
			<div className="prose">
				<h2>{t.stateTitle}</h2>
				<p>{t.state}</p>
				<h2>{t.testedTitle}</h2>
				<ul>
					{t.tested.map((one) => (
						<li key={one}>{one}</li>
					))}
				</ul>
				<h2>{t.limitsTitle}</h2>
				<ul>
					{t.limits.map((one) => (
						<li key={one}>{one}</li>
					))}
				</ul>
				<h2>{t.contactTitle}</h2>
				<p>{t.contact}</p>
				<p>
					<Outside url="https://formulaire.defenseurdesdroits.fr/">{t.defender}</Outside>
				</p>
			</div>
		</>
	);
}
