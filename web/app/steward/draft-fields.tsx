import { useTexts } from "../i18n/locale.ts";
import { type DraftStep, type PathwayDraft, stepField } from "./pathway-draft.ts";

export interface Found {
	id: string;
	name: string;
	instituteName: string;
}

interface DraftFieldsProps {
	draft: PathwayDraft;
	/** Names of badges by id. */
	names: Record<string, string>;
	/** Id of the field that is wrong; what is wrong with it is said in `#probleme`. */
	wrong: string | null;
	/** What a search for a badge found; null where none was asked for. */
	found: readonly Found[] | null;
	search: string;
}

/** The fields of the editor. Every button sends the whole form, so that nothing typed is lost. */
export function DraftFields({ draft, names, wrong, found, search }: DraftFieldsProps) {
	const t = useTexts().steward;
	const problem = (id: string) => (wrong === id ? { "aria-invalid": true as const, "aria-describedby": "probleme" } : {});
	return (
		<>
			{/* What Enter in a field presses: the first button of the form. */}
			<button type="submit" name="intention" value="entree" className="unseen" tabIndex={-1} aria-hidden="true">
				{t.save}
			</button>
			<input type="hidden" name="version" value={draft.version ?? ""} />
			<input type="hidden" name="etapes" value={draft.steps.length} />
			<p className="field">
				<label htmlFor="nom">{t.name}</label>
				<input id="nom" name="nom" type="text" defaultValue={draft.name} {...problem("nom")} />
			</p>
			<p className="field">
				<label htmlFor="description">{t.description}</label>
				<textarea id="description" name="description" rows={4} defaultValue={draft.description} {...problem("description")} />
			</p>
			<fieldset id="etapes" className="conditions" {...(wrong === "etapes" && { "aria-describedby": "probleme" })}>
				<legend>{t.steps}</legend>
				<p className="from">{t.stepsHelp}</p>
				<ol className="draft">
					{draft.steps.map((step, place) => (
						// biome-ignore lint/suspicious/noArrayIndexKey: a step is its place; the page is written once.
						<li key={place}>
							<StepFields step={step} place={place} last={draft.steps.length - 1} name={names[step.value]} problem={problem} />
						</li>
					))}
				</ol>
				<p>
					<button type="submit" name="intention" value="etape" className="button button--quiet">
						{t.addStep}
					</button>
				</p>
				<p className="field">
					<label htmlFor="recherche">{t.search}</label>
					<input id="recherche" name="recherche" type="search" defaultValue={search} />
				</p>
				<p>
					<button type="submit" name="intention" value="chercher" className="button button--quiet">
						{t.searchButton}
					</button>
				</p>
				{found && (
					<div role="status">
						<p>{t.found(found.length)}</p>
						<ul className="plain">
							{found.map(({ id, name, instituteName }) => (
								<li key={id}>
									{name} <span className="from">{instituteName}</span>{" "}
									<button type="submit" name="intention" value={`ajouter:${id}`} className="button button--small">
										{t.addFound}
										<span className="unseen"> {name}</span>
									</button>
								</li>
							))}
						</ul>
					</div>
				)}
			</fieldset>
		</>
	);
}

interface StepFieldsProps {
	step: DraftStep;
	place: number;
	/** Place of the last step. */
	last: number;
	name: string | undefined;
	problem(id: string): object;
}

function StepFields({ step, place, last, name, problem }: StepFieldsProps) {
	const t = useTexts().steward;
	const id = (field: Parameters<typeof stepField>[1]) => stepField(place, field);
	const button = (verb: string, words: string) => (
		<button type="submit" name="intention" value={`${verb}:${place}`} className="button button--small">
			{words}
			<span className="unseen"> {t.step(place + 1)}</span>
		</button>
	);
	return (
		<fieldset>
			<legend>
				{t.step(place + 1)}
				{name && ` : ${name}`}
			</legend>
			<p className="field">
				<label htmlFor={id("nature")}>{t.kind}</label>
				<select id={id("nature")} name={id("nature")} defaultValue={step.kind}>
					<option value="badge">{t.kinds.badge}</option>
					<option value="competence">{t.kinds.competence}</option>
				</select>
			</p>
			<p className="field">
				<label htmlFor={id("valeur")}>{t.value}</label>
				<input id={id("valeur")} name={id("valeur")} type="text" defaultValue={step.value} spellCheck={false} {...problem(id("valeur"))} />
			</p>
			<p className="field">
				<label htmlFor={id("note")}>{t.note}</label>
				<input id={id("note")} name={id("note")} type="text" defaultValue={step.note} {...problem(id("note"))} />
			</p>
			<label className="choice">
				<input type="checkbox" name={id("facultative")} value="1" defaultChecked={step.optional} />
				<span className="choice__label">{t.optional}</span>
			</label>
			<p className="actions">
				{place > 0 && button("monter", t.up)}
				{place < last && button("descendre", t.down)}
				{button("oter", t.drop)}
			</p>
		</fieldset>
	);
}
