import { type LoaderFunctionArgs, useLoaderData } from "react-router";
import { openHub } from "../hub-client.ts";
import { publicOrigin } from "../hub-context.ts";
import { useTexts } from "../i18n/locale.ts";
import { useTrustTexts } from "../i18n/trust-texts.ts";
import { PageHead } from "../ui/page-head.tsx";
import { type ExampleName, exampleRequests } from "./example-requests.ts";
import { readExamples } from "./read-examples.ts";

const SECTIONS = {
	entities: [],
	federation: ["configuration", "collectiveConfiguration", "list", "fetch", "resolve", "collection", "markList", "historicalKeys"],
	trqp: ["authorization", "recognition"],
	registry: ["registry"],
	log: ["log", "checkpoint", "statement"],
	pathways: ["ctdl", "clr", "openBadgeFactory"],
	graphql: ["at"],
} as const satisfies Record<string, readonly ExampleName[]>;

type Section = keyof typeof SECTIONS;

export async function loader(args: LoaderFunctionArgs) {
	const hub = openHub(args);
	const origin = publicOrigin(hub.settings, args.request);
	return { requests: exampleRequests(origin, await readExamples(hub, origin), new Date().toISOString()) };
}

/** The one page that documents the formats; its anchors are the names of the hub's own terms. */
export default function FormatsPage() {
	const { requests } = useLoaderData<typeof loader>();
	const { site } = useTexts();
	const { formats: t } = useTrustTexts();
	return (
		<>
			<PageHead title={t.title} lead={t.lead} trail={[["/reseau", site.network]]}>
				<p>{t.intro}</p>
			</PageHead>
			<nav aria-label={t.contents}>
				<ul>
					{(Object.keys(SECTIONS) as Section[]).map((section) => (
						<li key={section}>
							<a href={`#${section}`}>{t.sections[section].title}</a>
						</li>
					))}
					<li>
						<a href="#hub">{t.own.title}</a>
					</li>
				</ul>
			</nav>
			{(Object.keys(SECTIONS) as Section[]).map((section) => (
				<section key={section} aria-labelledby={section}>
					<h2 id={section}>{t.sections[section].title}</h2>
					{t.sections[section].text.map((text) => (
						<p key={text}>{text}</p>
					))}
					{SECTIONS[section].map((name) => (
						<div key={name}>
							<h3>{t.examples[name].title}</h3>
							{requests[name] ? (
								<>
									<pre className="verbatim" data-example={name}>
										{requests[name]}
									</pre>
									<p>
										<strong>{t.answer}</strong> {t.examples[name].means}
									</p>
								</>
							) : (
								<p>{t.empty}</p>
							)}
						</div>
					))}
				</section>
			))}
			<section aria-labelledby="hub">
				<h2 id="hub">{t.own.title}</h2>
				<p>{t.own.text}</p>
				<dl className="facts">
					{Object.entries(t.own.terms).map(([term, means]) => (
						<div key={term} id={term}>
							<dt>
								<code>hub:{term}</code>
							</dt>
							<dd>{means}</dd>
						</div>
					))}
				</dl>
			</section>
		</>
	);
}
