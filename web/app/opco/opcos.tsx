import { type LoaderFunctionArgs, useLoaderData } from "react-router";
import { graphql } from "../graphql.ts";
import { openHub } from "../hub-client.ts";
import { useTexts } from "../i18n/locale.ts";
import { To } from "../ui/link.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { opcoPath } from "../ui/paths.ts";

const OpcosPage_Query = graphql(`
	query OpcosPage_Query {
		opcos {
			code
			name
			officialName
			scope
			activities {
				naf
				label
			}
		}
	}
`);

export async function loader(args: LoaderFunctionArgs) {
	const { opcos } = await openHub(args).need(OpcosPage_Query, {});
	return { opcos };
}

const SHOWN = 3;

export default function OpcosPage() {
	const { opcos } = useLoaderData<typeof loader>();
	const { opcos: t, jobs } = useTexts();
	return (
		<>
			<PageHead title={t.title} lead={t.lead}>
				<p>{t.count(opcos.length)}</p>
			</PageHead>
			<ul className="tiles">
				{opcos.map(({ code, name, officialName, scope, activities }) => (
					<li key={code} className="tile">
						<h2 className="tile__title">
							<To to={opcoPath(code)}>{name}</To>
						</h2>
						{officialName && officialName !== name && <p className="from">{officialName}</p>}
						<p className="from">
							{scope ??
								activities
									.slice(0, SHOWN)
									.map(({ label }) => label)
									.join(" · ")}
						</p>
						{!scope && activities.length > SHOWN && <p className="from">{t.more(activities.length - SHOWN)}</p>}
					</li>
				))}
			</ul>
			<p className="credit">{jobs.creditShort}</p>
		</>
	);
}
