import { graphql } from "../graphql.ts";
import type { Hub } from "../hub-client.ts";
import { ToldRecognition } from "../trust/told-recognition.ts";
import type { NetworkQuestion } from "./network-address.ts";
import { networkPath } from "./network-address.ts";

const PAGE = 25;

const RecognitionPage_Query = graphql(
	`
		query RecognitionPage_Query(
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
					...ToldRecognition
				}
			}
		}
	`,
	[ToldRecognition],
);

/** The list's question to the hub. */
export const recognitionFilter = ({ centre, collective, from, to, scope }: NetworkQuestion) => ({
	member: centre,
	collective,
	from,
	to,
	scope,
});

/** One page of the recognitions that the question is about. `instead`: the first page, for a cursor that is none. */
export async function readRecognitions(hub: Hub, question: NetworkQuestion, localise: (path: string) => string) {
	const instead = question.after === null ? null : localise(networkPath({ ...question, after: null }));
	const { recognitionPage } = await hub.need(
		RecognitionPage_Query,
		{ ...recognitionFilter(question), first: PAGE, after: question.after },
		instead,
	);
	return recognitionPage;
}

const FindMembers_Query = graphql(`
	query FindMembers_Query($words: String!, $first: Int!) {
		members(words: $words, first: $first) {
			slug
			name
		}
	}
`);

/** Members whose names have these words; at most so many. */
export async function findMembers(hub: Hub, words: string): Promise<{ slug: string; name: string }[]> {
	const { data } = await hub.ask(FindMembers_Query, { words, first: 30 });
	return data?.members ?? [];
}
