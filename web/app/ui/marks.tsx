import { useTexts } from "../i18n/locale.ts";

/** Said wherever an invented institute is named as the subject: no reader takes it for a real one. */
export function DemonstrationMark() {
	const t = useTexts();
	return (
		<span className="mark mark--demonstration" title={t.site.demonstrationHelp}>
			{t.site.demonstration}
		</span>
	);
}

interface BadgeMarksProps {
	metabadge: boolean;
	requestable: boolean;
	retired: boolean;
}

export function BadgeMarks({ metabadge, requestable, retired }: BadgeMarksProps) {
	const t = useTexts();
	if (!metabadge && !requestable && !retired) return null;
	return (
		<ul className="marks">
			{metabadge && <li className="mark mark--metabadge">{t.card.metabadge}</li>}
			{retired && <li className="mark mark--retired">{t.card.retired}</li>}
			{requestable && !retired && <li className="mark mark--open">{t.card.requestable}</li>}
		</ul>
	);
}
