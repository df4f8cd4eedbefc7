import { ownerOf } from "../badge/badge-id.ts";
import { localised, useLocale, useTexts } from "../i18n/locale.ts";
import type { Gap } from "./read-gap.ts";

interface HeldFormProps {
	gap: Gap;
	held: readonly string[];
	/** Names of the badges held that count for nothing in this job, by id. */
	heldNames: Record<string, string>;
	/** Names of institutes by slug. */
	names: Record<string, string>;
}

/** Every badge that counts for the job, and those held that do not: what is ticked goes into the address. */
export function HeldForm({ gap, held, heldNames, names }: HeldFormProps) {
	const t = useTexts().gap;
	const locale = useLocale();
	const counting = new Map([...gap.covered, ...gap.missing].flatMap(({ badges }) => badges.map(({ id, name }) => [id, name])));
	const chosen = held.filter((id) => !gap.unknown.includes(id)).map((id) => [id, counting.get(id) ?? heldNames[id] ?? id] as const);
	const others = [...counting].filter(([id]) => !held.includes(id));
	const choice = ([id, name]: readonly [string, string], checked: boolean) => (
		<label key={id} className="choice">
			<input type="checkbox" name="acquis" value={id} defaultChecked={checked} />
			<span className="choice__label">
				{name} <span className="from">{names[ownerOf(id)] ?? ownerOf(id)}</span>
			</span>
		</label>
	);
	return (
		<form method="get" action={localised(locale, "/ecart")} className="panel no-print">
			<input type="hidden" name="metier" value={gap.job.code} />
			<h2>{t.held}</h2>
			<p className="from">{t.heldHelp}</p>
			{chosen.map((one) => choice(one, true))}
			{others.length > 0 && (
				<details>
					<summary>{t.heldOffer(others.length)}</summary>
					{others.map((one) => choice(one, false))}
				</details>
			)}
			<p>
				<button type="submit" className="button">
					{t.update}
				</button>
			</p>
		</form>
	);
}
