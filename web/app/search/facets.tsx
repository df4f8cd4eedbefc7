import { formatLanguage, formatNumber } from "../i18n/format.ts";
import { useLocale, useTexts } from "../i18n/locale.ts";
import { LISTS, type ListFilter, PARAMETERS, type SearchState } from "./search-params.ts";

/** A list this short costs less room than it saves steps. */
const OPEN_UP_TO = 8;

export interface Facets extends Record<ListFilter, readonly FacetValue[]> {
	requestable: number;
	metabadges: number;
}

interface FacetValue {
	value: string;
	label: string;
	count: number;
}

/** The filters, as plain form fields: they work by the form's button, and at once where scripts run. */
export function FacetFields({ facets, state }: { facets: Facets; state: SearchState }) {
	const t = useTexts().search;
	const locale = useLocale();
	const named = (key: ListFilter) =>
		key === "languages" ? facets[key].map((one) => ({ ...one, label: formatLanguage(locale, one.value) })) : facets[key];
	return (
		<>
			<fieldset className="facet">
				<legend>{t.kinds}</legend>
				<Choice name={PARAMETERS.requestable} value="1" label={t.requestable} count={facets.requestable} checked={state.requestable} />
				<Choice name={PARAMETERS.metabadge} value="1" label={t.metabadge} count={facets.metabadges} checked={state.metabadge} />
				<Choice name={PARAMETERS.retired} value="1" label={t.retired} checked={state.retired} />
			</fieldset>
			{LISTS.map((key) => (
				<FacetList key={key} legend={t[key]} name={PARAMETERS[key]} values={named(key)} chosen={state[key]} />
			))}
		</>
	);
}

interface FacetListProps {
	legend: string;
	name: string;
	values: readonly FacetValue[];
	chosen: readonly string[];
}

function FacetList({ legend, name, values, chosen }: FacetListProps) {
	// A chosen value that no result has any more stays, or it could not be unchosen here.
	const gone = chosen.filter((value) => !values.some((one) => one.value === value));
	const all = [...values, ...gone.map((value) => ({ value, label: value, count: 0 }))];
	if (all.length === 0) return null;
	return (
		<details className="facet" open={chosen.length > 0 || all.length <= OPEN_UP_TO}>
			<summary>
				{legend} <span className="facet__size">({all.length})</span>
			</summary>
			<fieldset>
				<legend className="unseen">{legend}</legend>
				{all.map(({ value, label, count }) => (
					<Choice key={value} name={name} value={value} label={label} count={count} checked={chosen.includes(value)} />
				))}
			</fieldset>
		</details>
	);
}

interface ChoiceProps {
	name: string;
	value: string;
	label: string;
	count?: number;
	checked: boolean;
}

function Choice({ name, value, label, count, checked }: ChoiceProps) {
	const locale = useLocale();
	return (
		<label className="choice">
			<input type="checkbox" name={name} value={value} defaultChecked={checked} />
			<span className="choice__label">{label}</span>
			{count !== undefined && <span className="choice__count">{formatNumber(locale, count)}</span>}
		</label>
	);
}
