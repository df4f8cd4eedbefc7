import type { Organization } from "schema-dts";
import { answerForms } from "../forms/answer-forms.ts";
import { type Described, describeList } from "../forms/schema-org.ts";
import { graphql, type ResultOf } from "../graphql.ts";
import { type Hub, notFound } from "../hub-client.ts";
import { formatDate } from "../i18n/format.ts";
import { localeOf, textsOf } from "../i18n/locale.ts";
import { trustTextsOf } from "../i18n/trust-texts.ts";
import { statementPath } from "../ui/paths.ts";
import { type NetworkQuestion, networkPath, readNetworkQuestion } from "./network-address.ts";
import { recognitionFilter } from "./read-recognitions.ts";

const PAGE = 500;
const MOST = 5000;

const RecognitionList_Query = graphql(`
	query RecognitionList_Query(
		$member: ID
		$collective: ID
		$from: ID
		$to: ID
		$scope: RecognitionScope
		$first: Int!
		$after: String
	) {
		recognitionPage(
			member: $member
			collective: $collective
			from: $from
			to: $to
			scope: $scope
			first: $first
			after: $after
		) {
			totalCount
			next
			nodes {
				id
				scope
				badgeClassId
				issuerId
				field
				since
				expiresAt
				reason
				by {
					slug
					name
				}
				member {
					slug
					name
				}
				statement {
					id
				}
			}
		}
	}
`);

type Listed = ResultOf<typeof RecognitionList_Query>["recognitionPage"]["nodes"][number];

const MemberExists_Query = graphql(`
	query MemberExists_Query($slug: ID!) {
		member(slug: $slug) {
			slug
		}
	}
`);

/** The list of `/reseau` with the same address, whole. */
export const loader = answerForms({
	async read(hub, { url }) {
		const question = { ...readNetworkQuestion(url.searchParams), after: null, words: "" };
		if (question.centre && !(await hub.need(MemberExists_Query, { slug: question.centre })).member) throw notFound();
		return { question, ...(await readAll(hub, question)), locale: localeOf(url.pathname) };
	},
	cut: ({ recognitions, total }) => (total > recognitions.length ? { listed: recognitions.length, total } : null),
	name: ({ question }) => ["reseau", question.centre, question.collective, question.from, question.to].filter(Boolean).join("-"),
	rows: ({ recognitions }, { locale, address }) => [
		[...trustTextsOf(locale).networkMap.headings],
		...recognitions.map((one) => [
			one.by.name,
			one.by.slug,
			one.member.name,
			one.member.slug,
			trustTextsOf(locale).reach.kinds[one.scope],
			objectOf(one),
			formatDate(locale, one.since),
			one.expiresAt ? formatDate(locale, one.expiresAt) : "",
			one.reason,
			one.statement ? address(statementPath(one.statement.id)) : trustTextsOf(locale).statement.unsigned,
		]),
	],
	json: ({ recognitions, total }) => ({ totalCount: total, recognitions }),
	describe: ({ question, recognitions, total, locale }, { origin, address }) => [
		describeList(
			textsOf(locale).network.title,
			address(networkPath(question)),
			recognitions.map((one) => endorsement(one, origin)),
			total,
		),
	],
});

/** What is recognised: a member's slug, or the identifier or field of what is. */
const objectOf = ({ badgeClassId, issuerId, field, member }: Listed): string => badgeClassId ?? issuerId ?? field ?? member.slug;

/** schema.org's term for a recognition: an agent endorses, since a day. */
function endorsement({ by, member, badgeClassId, since, reason, statement }: Listed, origin: string): Described {
	const organization = ({ slug, name }: Listed["by"]) =>
		({ "@type": "EducationalOrganization", "@id": `${origin}/etablissements/${slug}`, name }) satisfies Organization;
	return {
		"@type": "EndorseAction",
		...(statement && { "@id": origin + statementPath(statement.id), url: origin + statementPath(statement.id) }),
		agent: organization(by),
		endorsee: organization(member),
		...(badgeClassId && { object: { "@type": "EducationalOccupationalCredential", "@id": `${origin}/badges/${badgeClassId}` } }),
		startTime: since,
		description: reason,
	};
}

async function readAll(hub: Hub, question: NetworkQuestion): Promise<{ recognitions: Listed[]; total: number }> {
	const recognitions: Listed[] = [];
	for (let after: string | null = null; ; ) {
		const { recognitionPage }: ResultOf<typeof RecognitionList_Query> = await hub.need(RecognitionList_Query, {
			...recognitionFilter(question),
			first: PAGE,
			after,
		});
		recognitions.push(...recognitionPage.nodes);
		after = recognitionPage.next;
		if (after === null || recognitions.length >= MOST) return { recognitions, total: recognitionPage.totalCount };
	}
}
