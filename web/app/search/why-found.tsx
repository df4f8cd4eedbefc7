import { useTexts } from "../i18n/locale.ts";

interface Reason {
	field: "NAME" | "TAGS" | "ALIGNMENTS" | "ISSUER" | "DESCRIPTION" | "CRITERIA";
	found: string;
	asked: string | null;
	kind: "WORD" | "FAMILY" | "CORRECTION" | "RELATED";
	through: string | null;
}

/** Why a badge is among the results, folded: which of its words met which word of the question, where, and through what. */
export function WhyFound({ reasons }: { reasons: readonly Reason[] }) {
	const t = useTexts().why;
	if (reasons.length === 0) return null;
	return (
		<details className="card__why">
			<summary>{t.title}</summary>
			<ul>
				{reasons.map(({ field, found, asked, kind, through }) => (
					<li key={`${asked} ${found}`}>
						{t.found(found, t.fields[field])} {asked === null ? t.related(through ?? "") : t.kinds[kind](asked)}
					</li>
				))}
			</ul>
		</details>
	);
}
