import { type FragmentOf, graphql, readFragment } from "../graphql.ts";
import { formatDate } from "../i18n/format.ts";
import { useLocale } from "../i18n/locale.ts";
import { useTrustTexts } from "../i18n/trust-texts.ts";
import { To } from "../ui/link.tsx";
import { statementPath } from "../ui/paths.ts";

export const MarkLine_TrustMark = graphql(`
	fragment MarkLine_TrustMark on TrustMark {
		kind
		collective
		number
		declaredOn
		since
		expiresAt
		statement {
			id
		}
		delegation {
			id
		}
	}
`);

interface MarkLineProps {
	of: FragmentOf<typeof MarkLine_TrustMark>;
	/** Names of collectives by id. */
	collectives: Record<string, string>;
}

/** A trust mark: what it says, who attests it and on whose behalf, each with what was signed. */
export function MarkLine({ of, collectives }: MarkLineProps) {
	const { standing: t, statement: s } = useTrustTexts();
	const locale = useLocale();
	const { kind, collective, number, declaredOn, since, expiresAt, statement, delegation } = readFragment(MarkLine_TrustMark, of);
	const by = collective === null ? t.network : (collectives[collective] ?? collective);
	const name = kind === "CHARTER" ? t.mark.CHARTER(by) : t.mark[kind];
	return (
		<>
			{name}
			{number && <> {t.number(number)}</>}
			{declaredOn && <>, {t.declared(formatDate(locale, declaredOn))}</>}, {t.since(formatDate(locale, since))}
			{expiresAt && <> {t.until(formatDate(locale, expiresAt))}</>}
			<br />
			{delegation ? t.attestedFor(by) : t.attested(by)} ·{" "}
			{statement ? (
				<To to={statementPath(statement.id)} aria-label={t.about(s.signed, name)}>
					{s.signed}
				</To>
			) : (
				s.unsigned
			)}
			{delegation && (
				<>
					{" "}
					·{" "}
					<To to={statementPath(delegation.id)} aria-label={t.about(t.delegation, name)}>
						{t.delegation}
					</To>
				</>
			)}
		</>
	);
}
