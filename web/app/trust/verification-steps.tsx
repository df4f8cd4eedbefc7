import { formatInstant } from "../i18n/format.ts";
import { useLocale } from "../i18n/locale.ts";
import { useTrustTexts } from "../i18n/trust-texts.ts";
import { type VerifiedStep, verdictOf } from "./read-statement.ts";

/**
 * Each step of a verification with its result in words; the verdict that they come to first. What exactly was compared is told in
 * English alone, by the network: readers of French have it where something is wrong.
 */
export function VerificationSteps({ steps, at }: { steps: readonly VerifiedStep[] | null; at: string }) {
	const t = useTrustTexts().statement;
	const locale = useLocale();
	const verdict = verdictOf(steps);
	return (
		<>
			<p className="sentence">
				<strong>{t.verdicts[verdict]}</strong>
			</p>
			{steps && (
				<>
					<p>{t.verifiedAt(formatInstant(locale, at))}</p>
					<ol className="steps">
						{steps.map(({ step, status, code, detail }) => (
							<li key={step}>
								<p>
									<strong>{t.steps[step].name}</strong>{" "}
									<span className={`steps__status steps__status--${status.toLowerCase()}`}>{t.statuses[status]}</span>
									{code && (
										<>
											{", "}
											{t.codes[code]} <code>{code}</code>
										</>
									)}
								</p>
								<p className="from">{t.steps[step].means}</p>
								{(status !== "OK" || locale === "en") && (
									<p className="from" lang="en">
										{detail}
									</p>
								)}
							</li>
						))}
					</ol>
				</>
			)}
		</>
	);
}
