import { useTrustTexts } from "../i18n/trust-texts.ts";
import { type DraftField, SCOPES, type StatementDraft } from "./statement-draft.ts";

interface StatementFieldsProps {
	draft: StatementDraft;
	wrong: readonly DraftField[];
	members: readonly { slug: string; name: string }[];
}

/** What a statement says: who, of whom or of what, why and for how long; or which one ends. */
export function StatementFields({ draft, wrong, members }: StatementFieldsProps) {
	const { recognise: t } = useTrustTexts();
	const problem = (id: DraftField) => wrong.includes(id) && { "aria-invalid": true, "aria-describedby": `${id}-probleme` };
	const field = (id: DraftField, label: string, control: React.ReactNode) => (
		<div className="field">
			<label htmlFor={id}>{label}</label>
			{control}
			{wrong.includes(id) && (
				<p id={`${id}-probleme`} className="notice notice--error">
					{t.problems[id]}
				</p>
			)}
		</div>
	);
	const input = (id: DraftField, value: string, type = "text") => (
		<input id={id} name={id} type={type} defaultValue={value} autoComplete="off" {...problem(id)} />
	);
	return (
		<>
			<fieldset className="conditions">
				<legend>{t.act}</legend>
				{(["reconnaitre", "revoquer"] as const).map((kind) => (
					<label key={kind} className="choice">
						<input type="radio" name="acte" value={kind} defaultChecked={draft.kind === kind} />
						<span className="choice__label">{t.acts[kind]}</span>
					</label>
				))}
			</fieldset>
			{field(
				"de",
				t.by,
				<select id="de" name="de" defaultValue={draft.by} {...problem("de")}>
					<option value="">{t.choose}</option>
					{members.map(({ slug, name }) => (
						<option key={slug} value={slug}>
							{name}
						</option>
					))}
				</select>,
			)}
			<fieldset className="conditions">
				<legend>{t.acts.reconnaitre}</legend>
				<div className="field">
					<label htmlFor="portee">{t.scope}</label>
					<select id="portee" name="portee" defaultValue={draft.scope}>
						{SCOPES.map((scope) => (
							<option key={scope} value={scope}>
								{t.scopes[scope]}
							</option>
						))}
					</select>
				</div>
				{field("objet", t.subject, input("objet", draft.subject))}
				{field("domaine", t.field, input("domaine", draft.field))}
				{field("depuis", t.since, input("depuis", draft.since, "date"))}
				{field("fin", t.until, input("fin", draft.until, "date"))}
			</fieldset>
			<fieldset className="conditions">
				<legend>{t.acts.revoquer}</legend>
				{field("declaration", t.statement, input("declaration", draft.statement))}
			</fieldset>
			{field("raison", t.reason, <textarea id="raison" name="raison" rows={3} defaultValue={draft.reason} {...problem("raison")} />)}
		</>
	);
}
