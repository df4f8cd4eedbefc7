import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect, useActionData, useLoaderData } from "react-router";
import { graphql } from "../graphql.ts";
import { openHub } from "../hub-client.ts";
import { publicOrigin } from "../hub-context.ts";
import { localeOf, localised, useLocale, useTexts } from "../i18n/locale.ts";
import { useTrustTexts } from "../i18n/trust-texts.ts";
import { PageHead } from "../ui/page-head.tsx";
import { statementPath } from "../ui/paths.ts";
import { readStatementDraft, signCommand, wrongFields } from "./statement-draft.ts";
import { StatementFields } from "./statement-fields.tsx";
import { privately, readStewardForm } from "./steward-form.ts";

const Publish_Mutation = graphql(`
	mutation Publish_Mutation($token: String!) {
		publishStatement(token: $token) {
			__typename
			... on StatementPublished {
				statement {
					id
				}
			}
			... on NetworkChangeRefused {
				code
				field
				message
				mend
			}
		}
	}
`);

export async function loader(args: LoaderFunctionArgs) {
	const hub = openHub(args);
	const draft = readStatementDraft(args.url.searchParams);
	const isAsked = args.url.searchParams.has("de");
	const wrong = isAsked ? wrongFields(draft) : [];
	const { names } = await hub.members();
	const members = Object.entries(names).map(([slug, name]) => ({ slug, name }));
	const command = isAsked && wrong.length === 0 ? signCommand(draft, publicOrigin(hub.settings, args.request)) : null;
	return { draft, wrong, members, command };
}

/** Publishes what was signed elsewhere: the signature is what it is believed for, and no session is needed. */
export async function action(args: ActionFunctionArgs) {
	const form = await readStewardForm(args);
	const token = (form.get("declaration-signee") ?? "").trim();
	const { data: answer } = await openHub(args).ask(Publish_Mutation, { token });
	const result = answer?.publishStatement;
	if (result?.__typename === "StatementPublished" && result.statement)
		return redirect(localised(localeOf(args.url.pathname), statementPath(result.statement.id)), 303);
	const refusal = result?.__typename === "NetworkChangeRefused" ? result : null;
	return data({ token, refusal }, { status: refusal ? 422 : 503 });
}

export const headers = privately;

export default function RecognisePage() {
	const { draft, wrong, members, command } = useLoaderData<typeof loader>();
	const answer = useActionData<typeof action>();
	const t = useTrustTexts().recognise;
	const { steward, errors } = useTexts();
	const locale = useLocale();
	const path = localised(locale, "/referent/reconnaitre");
	return (
		<>
			<meta name="robots" content="noindex" />
			<PageHead title={t.title} lead={t.lead} trail={[["/referent", steward.title]]} />
			<section aria-labelledby="preparer">
				<h2 id="preparer">{t.prepare}</h2>
				<form method="get" action={path} className="steward-form">
					<StatementFields draft={draft} wrong={wrong} members={members} />
					<button type="submit" className="button">
						{t.prepareButton}
					</button>
				</form>
			</section>
			{command !== null && (
				<section aria-labelledby="signer">
					<h2 id="signer">{t.sign}</h2>
					<p>{t.signText}</p>
					<pre className="verbatim">
						<code>{command}</code>
					</pre>
				</section>
			)}
			<section aria-labelledby="publier">
				<h2 id="publier">{t.publish}</h2>
				{answer && (
					<div className="notice notice--error" role="alert" id="refus">
						{answer.refusal ? (
							<>
								<p>
									{t.refused} <strong>{t.codes[answer.refusal.code] ?? answer.refusal.message}</strong>
								</p>
								<p lang="en">
									<code>{answer.refusal.field}</code> {answer.refusal.message}: {answer.refusal.mend}.
								</p>
							</>
						) : (
							<p>{errors.unreachableText}</p>
						)}
					</div>
				)}
				<form method="post" action={path} className="steward-form">
					<p className="field">
						<label htmlFor="declaration-signee">{t.token}</label>
						<textarea
							id="declaration-signee"
							name="declaration-signee"
							rows={6}
							autoComplete="off"
							spellCheck={false}
							required
							defaultValue={answer?.token ?? ""}
							aria-invalid={answer ? true : undefined}
							aria-describedby={answer ? "refus" : undefined}
						/>
					</p>
					<button type="submit" className="button">
						{t.publishButton}
					</button>
				</form>
			</section>
		</>
	);
}
