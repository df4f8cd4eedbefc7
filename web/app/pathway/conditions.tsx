import { useTexts } from "../i18n/locale.ts";
import { PARAMETERS, type PathwayQuestion } from "./pathway-address.ts";
import type { Places } from "./places.ts";

interface ConditionsProps {
	question: PathwayQuestion;
	places: Places;
	/** Slugs of the institutes of the pathway. */
	institutes: readonly string[];
}

/** Where and how the reader would earn badges: fields of the form around them. */
export function Conditions({ question, places, institutes }: ConditionsProps) {
	const { conditions: t } = useTexts();
	const offered = [...new Set([...institutes, ...question.without])];
	return (
		<fieldset className="conditions">
			<legend>{t.title}</legend>
			<p className="conditions__field">
				<label htmlFor="departement">{t.departement}</label>
				<select id="departement" name={PARAMETERS.departement} defaultValue={question.departement ?? ""}>
					<option value="">{t.anywhere}</option>
					{places.departements.map(({ code, name }) => (
						<option key={code} value={code}>
							{name} ({code})
						</option>
					))}
				</select>
			</p>
			<label className="choice">
				<input type="checkbox" name={PARAMETERS.requestable} value="1" defaultChecked={question.requestable} />
				<span className="choice__label">{t.requestable}</span>
			</label>
			{offered.map((slug) => (
				<label key={slug} className="choice">
					<input type="checkbox" name={PARAMETERS.without} value={slug} defaultChecked={question.without.includes(slug)} />
					<span className="choice__label">{t.without(places.institutes[slug]?.name ?? slug)}</span>
				</label>
			))}
		</fieldset>
	);
}
