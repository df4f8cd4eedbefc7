import { type LoaderFunctionArgs, useLoaderData } from "react-router";
import { openHub } from "../hub-client.ts";
import { publicOrigin } from "../hub-context.ts";
import { formatDate, formatInstant } from "../i18n/format.ts";
import { useLocale, useTexts } from "../i18n/locale.ts";
import { useTrustTexts } from "../i18n/trust-texts.ts";
import { networkPath } from "../network/network-address.ts";
import { To } from "../ui/link.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { badgePath, institutePath, statementPath } from "../ui/paths.ts";
import { decodeClaims, type NamedParty, readStatement, type StatementReading } from "./read-statement.ts";
import { sayStatement } from "./statement-sentence.ts";
import { VerificationSteps } from "./verification-steps.tsx";

export async function loader(args: LoaderFunctionArgs) {
	const hub = openHub(args);
	const reading = await readStatement(hub, args.params.id ?? "");
	return { ...reading, origin: publicOrigin(hub.settings, args.request) };
}

export default function StatementPage() {
	const { origin, ...reading } = useLoaderData<typeof loader>();
	const { statement, claims, author, subject, readAt } = reading;
	const { site } = useTexts();
	const texts = useTrustTexts();
	const t = texts.statement;
	const locale = useLocale();
	const { revokedBy } = statement;
	const raw = `/federation/statements/${statement.id}`;
	const facts: readonly (readonly [string, React.ReactNode])[] = [
		[t.author, <Party key="author" party={author} />],
		[t.subject, <SubjectOf key="subject" statement={statement} subject={subject} />],
		[t.since, formatDate(locale, statement.since)],
		...(statement.expiresAt ? ([[t.expiresAt, formatDate(locale, statement.expiresAt)]] as const) : []),
		[t.issuedAt, formatInstant(locale, statement.issuedAt)],
		[t.recordedAt, statement.recordedAt === null ? t.recordedNever : formatInstant(locale, statement.recordedAt)],
		[t.sequence, String(statement.sequence)],
		[t.kid, <code key="kid">{statement.kid}</code>],
		[t.id, <code key="id">{statement.id}</code>],
	];
	return (
		<>
			<PageHead
				title={t.kinds[statement.type]}
				eyebrow={t.eyebrow}
				lead={sayStatement(reading, texts)}
				trail={[["/reseau", site.network]]}
			/>
			{revokedBy && (
				<div className="notice notice--absence">
					<p>
						{t.revokedBy(formatDate(locale, revokedBy.issuedAt))}{" "}
						{reasonOf(decodeClaims(revokedBy.token)) && <Reason claims={decodeClaims(revokedBy.token)} />}{" "}
						<To to={statementPath(revokedBy.id)}>{t.seeRevocation}</To>
					</p>
				</div>
			)}
			<div className="columns">
				<div className="columns__main">
					{reasonOf(claims) && (
						<section aria-labelledby="raison">
							<h2 id="raison">{t.reason}</h2>
							<p className="reason" lang="fr">
								{reasonOf(claims)}
							</p>
						</section>
					)}
					<section aria-labelledby="verification">
						<h2 id="verification">{t.verification}</h2>
						<VerificationSteps steps={statement.verification} at={readAt} />
					</section>
					<section aria-labelledby="soi-meme">
						<h2 id="soi-meme">{t.outside}</h2>
						<p>{t.outsideText}</p>
						<pre className="verbatim">{`npm run verify-network -- --hub ${origin} --anchor-key anchor.public.json`}</pre>
						<p>
							{t.outsideLinks} <a href={raw}>{t.rawLink}</a>,{" "}
							<a href={`/federation/log?after=${statement.sequence - 1}&limit=1`}>{t.logLink}</a>,{" "}
							<a href="/federation/log/checkpoint">{t.checkpointLink}</a>.
						</p>
					</section>
				</div>
				<div className="columns__side">
					<section aria-labelledby="en-bref" className="panel">
						<h2 id="en-bref">{t.facts}</h2>
						<dl className="facts">
							{facts.map(([term, value]) => (
								<div key={term}>
									<dt>{term}</dt>
									<dd>{value}</dd>
								</div>
							))}
						</dl>
					</section>
				</div>
			</div>
			<section aria-labelledby="texte">
				<h2 id="texte">{t.token}</h2>
				<p>{t.tokenHelp}</p>
				<pre className="verbatim">{statement.token}</pre>
				<h3>{t.claims}</h3>
				<pre className="verbatim">{JSON.stringify(claims, null, 2)}</pre>
			</section>
		</>
	);
}

const reasonOf = (claims: Record<string, unknown>): string | null =>
	typeof claims.reason === "string" && claims.reason ? claims.reason : null;

function Reason({ claims }: { claims: Record<string, unknown> }) {
	return <q lang="fr">{reasonOf(claims)}</q>;
}

function Party({ party: { kind, id, name } }: { party: NamedParty }) {
	const t = useTrustTexts().statement;
	if (kind === "member") return <To to={institutePath(id)}>{name}</To>;
	if (kind === "collective") return <To to={networkPath({ collective: id })}>{name}</To>;
	if (kind === "badge") return <To to={badgePath(id)}>{name}</To>;
	return <>{kind === "hub" ? t.hub : name}</>;
}

/** A revocation is about another statement: its page tells of whom that was. */
function SubjectOf({ statement, subject }: Pick<StatementReading, "statement" | "subject">) {
	const t = useTrustTexts().statement;
	if (statement.type !== "REVOCATION") return <Party party={subject} />;
	return <To to={statementPath(statement.subject)}>{t.revoked}</To>;
}
