import { localised, useLocale, useTexts } from "../i18n/locale.ts";

/** Where a steward pastes their token; with what was wrong with the last one. */
export function SignIn({ refusal }: { refusal: string | null }) {
	const t = useTexts().steward;
	const locale = useLocale();
	const reasons: Record<string, string> = t.refusals;
	return (
		<section aria-labelledby="entrer">
			<h2 id="entrer">{t.signIn}</h2>
			<p>{t.signInText}</p>
			{refusal !== null && (
				<p className="notice notice--error" role="alert" id="jeton-erreur">
					{reasons[refusal] ?? t.refusals.OTHER}
				</p>
			)}
			<form method="post" action={localised(locale, "/referent")} className="steward-form">
				<p className="field">
					<label htmlFor="jeton">{t.token}</label>
					<textarea
						id="jeton"
						name="jeton"
						rows={5}
						autoComplete="off"
						spellCheck={false}
						required
						aria-describedby={refusal === null ? "jeton-aide" : "jeton-erreur jeton-aide"}
						aria-invalid={refusal !== null || undefined}
					/>
				</p>
				<p id="jeton-aide" className="from">
					{t.tokenHelp} <code>npm run -s token -- --subject marie --scope &quot;pathways:draw&quot;</code>
				</p>
				<button type="submit" name="intention" value="entrer" className="button">
					{t.enter}
				</button>
			</form>
		</section>
	);
}
