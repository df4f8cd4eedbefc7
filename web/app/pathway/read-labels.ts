import { graphql } from "../graphql.ts";
import type { Hub } from "../hub-client.ts";
import type { RulePart } from "./rule-parts.ts";

const CompetencyLabel_Query = graphql(`
	query CompetencyLabel_Query($code: ID!) {
		competency(code: $code) {
			label
		}
	}
`);

const MOST_LABELS = 20;

/** What the competencies that rules ask for are called, by their code as rules have it; addresses are not looked up. */
export async function readLabels(
	hub: Pick<Hub, "ask">,
	parts: readonly Pick<RulePart, "kind" | "name">[],
): Promise<Record<string, string>> {
	const named = parts.flatMap(({ kind, name }) => (kind === "COMPETENCY" && name !== null && /^[a-z0-9]{1,20}$/i.test(name) ? [name] : []));
	const codes = [...new Set(named)].slice(0, MOST_LABELS);
	const answers = await Promise.all(codes.map((code) => hub.ask(CompetencyLabel_Query, { code: code.toUpperCase() })));
	return Object.fromEntries(
		codes.flatMap((code, place) => {
			const label = answers[place]?.data?.competency?.label;
			return label === undefined ? [] : [[code, label]];
		}),
	);
}
