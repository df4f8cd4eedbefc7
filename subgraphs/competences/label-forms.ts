import { fold } from "../../schema/global-id.ts";

/**
 * The ways in which a label of the referential is written by others, folded: as it stands, in the masculine or the
 * feminine alone, without what is in brackets. The first is the label as it stands.
 *
 * ROME writes both genders, whole (`Médiateur social / Médiatrice sociale`) or with what follows in common
 * (`Conducteur / Conductrice d'engins agricoles`).
 */
export function labelForms(label: string): string[] {
	const forms = new Set<string>();
	for (const text of [label, label.replace(/\s*\([^()]*\)/g, "")]) {
		forms.add(fold(text));
		const sides = text.split(" / ");
		const [masculine, feminine] = sides;
		if (sides.length !== 2 || masculine === undefined || feminine === undefined) continue;
		const tail = feminine.trim().split(/\s+/).slice(masculine.trim().split(/\s+/).length).join(" ");
		forms.add(fold(`${masculine} ${tail}`));
		forms.add(fold(feminine));
	}
	forms.delete("");
	return [...forms];
}
