import { ownerOf } from "../badge/badge-id.ts";
import { useTexts } from "../i18n/locale.ts";
import { PARAMETERS } from "./pathway-address.ts";
import type { Places } from "./places.ts";

interface HeldElsewhereProps {
	held: readonly string[];
	names: Record<string, string>;
	places: Places;
}

/** The badges that are held and that no rule of this pathway names: they stay held when the form is sent. */
export function HeldElsewhere({ held, names, places }: HeldElsewhereProps) {
	const { pathway: t } = useTexts();
	if (held.length === 0) return null;
	return (
		<fieldset className="conditions">
			<legend>{t.heldElsewhere}</legend>
			{held.map((id) => (
				<label key={id} className="choice">
					<input type="checkbox" name={PARAMETERS.held} value={id} defaultChecked />
					<span className="choice__label">
						{names[id] ?? id} <span className="from">{places.institutes[ownerOf(id)]?.name ?? ownerOf(id)}</span>
					</span>
				</label>
			))}
		</fieldset>
	);
}
