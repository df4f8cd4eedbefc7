import { type FragmentOf, graphql, readFragment } from "../graphql.ts";
import { useTrustTexts } from "../i18n/trust-texts.ts";
import { To } from "../ui/link.tsx";
import { statementPath } from "../ui/paths.ts";

export const StatementMark_Recognition = graphql(`
	fragment StatementMark_Recognition on Recognition {
		statement {
			id
		}
	}
`);

/** Leads from a recognition to what its author signed, or says that nobody has signed it. */
export function StatementMark({ of }: { of: FragmentOf<typeof StatementMark_Recognition> }) {
	const t = useTrustTexts().statement;
	const { statement } = readFragment(StatementMark_Recognition, of);
	return statement ? (
		<To className="signed" to={statementPath(statement.id)}>
			{t.signed}
		</To>
	) : (
		<span className="unsigned">{t.unsigned}</span>
	);
}
