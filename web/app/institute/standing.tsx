import { type FragmentOf, graphql, readFragment } from "../graphql.ts";
import { formatDate } from "../i18n/format.ts";
import { useLocale } from "../i18n/locale.ts";
import { useTrustTexts } from "../i18n/trust-texts.ts";
import { networkPath } from "../network/network-address.ts";
import { wayPath } from "../trust/way-address.ts";
import { To } from "../ui/link.tsx";
import { institutePath, statementPath, suspensionPath } from "../ui/paths.ts";
import { MarkLine, MarkLine_TrustMark } from "./mark-line.tsx";

export const Standing_Member = graphql(
	`
	fragment Standing_Member on Member {
		slug
		status
		statement {
			id
		}
		marks {
			id
			...MarkLine_TrustMark
		}
		keys {
			kid
			did
			status
			registeredAt
			endedAt
		}
		mutual(first: 12) {
			slug
			name
		}
		mutualCount
	}
`,
	[MarkLine_TrustMark],
);

interface StandingProps {
	of: FragmentOf<typeof Standing_Member>;
	/** Names of collectives by id. */
	collectives: Record<string, string>;
}

/** An institute's place in the network of trust: with whom it is at one, what is attested of it, and by which keys it signs. */
export function Standing({ of, collectives }: StandingProps) {
	const { standing: t } = useTrustTexts();
	const locale = useLocale();
	const { slug, status, statement, marks, keys, mutual, mutualCount } = readFragment(Standing_Member, of);
	return (
		<>
			<section aria-labelledby="mutuelles">
				<h2 id="mutuelles">{t.mutual}</h2>
				{mutual.length === 0 && <p>{t.mutualNone}</p>}
				<ul className="plain">
					{mutual.map(({ slug: other, name }) => (
						<li key={other}>
							<To to={institutePath(other)}>{name}</To>
						</li>
					))}
				</ul>
				{mutualCount > mutual.length && (
					<p>
						{t.shown(mutual.length, mutualCount)} <To to={networkPath({ centre: slug })}>{t.all}</To>
					</p>
				)}
			</section>
			<section aria-labelledby="marques">
				<h2 id="marques">{t.marks}</h2>
				{marks.length === 0 && <p>{t.marksNone}</p>}
				<ul className="plain">
					{marks.map((mark) => (
						<li key={mark.id}>
							<MarkLine of={mark} collectives={collectives} />
						</li>
					))}
				</ul>
			</section>
			<section aria-labelledby="cles">
				<h2 id="cles">{t.keys}</h2>
				{keys.length === 0 && <p>{t.keysNone}</p>}
				<ul className="plain">
					{keys.map((key) => (
						<li key={key.kid}>
							<code className="identifier">{key.did ?? key.kid}</code>
							<br />
							{t.keyStatus[key.status]}, {t.keySpan(formatDate(locale, key.registeredAt), key.endedAt && formatDate(locale, key.endedAt))}
						</li>
					))}
				</ul>
			</section>
			<ul className="plain">
				{statement && (
					<li>
						<To to={statementPath(statement.id)}>{t.membership}</To>
					</li>
				)}
				<li>
					<To to={wayPath(slug, null)}>{t.pathLink}</To>
				</li>
				{status === "ADMITTED" && (
					<li>
						<To to={suspensionPath(slug)}>{t.impact}</To>
					</li>
				)}
			</ul>
		</>
	);
}
