import { z } from "zod";
import { didOfKey } from "../../kit/did-key.ts";
import { judgeAuthorization, judgeRecognition } from "../endpoints/trqp.ts";
import type { NetworkRecord, RecognitionRecord } from "../trust/network-record.ts";
import { collectiveParty } from "../trust/party.ts";
import type { Anchor } from "./find-anchor.ts";
import { type HubClient, Unreachable } from "./hub-client.ts";
import type { Report } from "./report.ts";

/** Whether what the hub answers is what the statements say: GraphQL, the list of issuers, TRQP now and in the past. */

const SCOPES = { member: "INSTITUTE", issuer: "ISSUER", badge_class: "BADGE_CLASS", field: "FIELD" } as const;
const GRAPH = `{
	recognitions { scope badgeClassId issuerId field since expiresAt reason by { slug } member { slug } statement { id } }
	members { slug name status collectives { id } }
}`;

const graphSchema = z.object({
	data: z.object({
		recognitions: z.array(
			z.object({
				scope: z.string(),
				badgeClassId: z.string().nullable(),
				issuerId: z.string().nullable(),
				field: z.string().nullable(),
				since: z.string(),
				expiresAt: z.string().nullable(),
				reason: z.string(),
				by: z.object({ slug: z.string() }),
				member: z.object({ slug: z.string() }),
				statement: z.object({ id: z.string() }).nullable(),
			}),
		),
		members: z.array(
			z.object({ slug: z.string(), name: z.string(), status: z.string(), collectives: z.array(z.object({ id: z.string() })) }),
		),
	}),
});

export async function verifyAnswers(client: HubClient, anchor: Anchor, record: NetworkRecord, report: Report): Promise<void> {
	for (const [what, verify] of [
		["GraphQL", verifyGraph],
		["list of issuers", verifyRegistry],
		["TRQP", verifyTrqp],
	] as const) {
		try {
			await verify(client, record, report, anchor);
		} catch (error) {
			if (!(error instanceof Unreachable)) throw error;
			report.unchecked(what, `UNREACHABLE: ${error.message}`);
		}
	}
}

async function verifyGraph(client: HubClient, record: NetworkRecord, report: Report): Promise<void> {
	const read = graphSchema.safeParse(await client.json("/graphql", { query: GRAPH }));
	if (!read.success) return report.unchecked("GraphQL", "its answer is not what was asked for");
	const now = Date.now();
	const { recognitions, members } = read.data.data;
	const iso = (time: number | undefined) => (time === undefined ? null : new Date(time).toISOString());
	const line = (values: readonly unknown[]) => JSON.stringify(values);
	const said = (one: RecognitionRecord) =>
		line([
			one.id,
			one.by,
			SCOPES[one.scope],
			one.member,
			one.scope === "badge_class" ? one.subject : null,
			one.scope === "issuer" ? one.subject : null,
			one.field ?? null,
			iso(one.since),
			iso(one.expiresAt),
			one.reason,
		]);
	const answered = recognitions.map((one) =>
		line([
			one.statement?.id ?? "unsigned",
			one.by.slug,
			one.scope,
			one.member.slug,
			one.badgeClassId,
			one.issuerId,
			one.field,
			new Date(one.since).toISOString(),
			one.expiresAt === null ? null : new Date(one.expiresAt).toISOString(),
			one.reason,
		]),
	);
	const expected = record.recognitionsAt(now).map(said);
	report.compared("GraphQL recognitions", `${answered.length} recognitions, each as its statement says`, differences(expected, answered));
	const register = record
		.membersAt(now)
		.map(({ slug, name, status }) => line([slug, name, status.toUpperCase(), record.collectivesOf(slug, now)]));
	const listed = members.map(({ slug, name, status, collectives }) => line([slug, name, status, collectives.map(({ id }) => id).sort()]));
	report.compared("GraphQL members", `${listed.length} members, each as the hub's statements say`, differences(register, listed));
}

async function verifyRegistry(client: HubClient, record: NetworkRecord, report: Report): Promise<void> {
	const schema = z.object({ registry: z.record(z.string(), z.object({ name: z.string() })) });
	const read = schema.safeParse(await client.json("/federation/registry.json"));
	if (!read.success) return report.failed("list of issuers", "MALFORMED: it is not such a list");
	const now = Date.now();
	const expected = record
		.membersAt(now)
		.filter(({ status }) => status === "admitted")
		.flatMap(({ slug, name }) => record.keysOf(slug).map(({ jwk }) => `${didOfKey(jwk)} ${name}`));
	const listed = Object.entries(read.data.registry).map(([did, { name }]) => `${did} ${name}`);
	report.compared("list of issuers", `${listed.length} issuers, each with a key that is registered`, differences(expected, listed));
}

const MOST_QUESTIONS = 400;
const AT_ONCE = 10;

interface Question {
	kind: "authorization" | "recognition";
	party: string;
	authority: string;
	resource: string;
	time: number | undefined;
}

async function verifyTrqp(client: HubClient, record: NetworkRecord, report: Report, { network }: Anchor): Promise<void> {
	const questions = sample(record, network);
	const wrong: string[] = [];
	for (let start = 0; start < questions.length; start += AT_ONCE) {
		await Promise.all(
			questions.slice(start, start + AT_ONCE).map(async ({ kind, party, authority, resource, time }) => {
				const context = time === undefined ? undefined : { time: new Date(time).toISOString() };
				const body = { entity_id: party, authority_id: authority, action: "issue", resource, ...(context && { context }) };
				const answer = (await client.json(`/trqp/${kind}`, body)) as { authorized?: unknown; recognized?: unknown };
				const asked = { party, authority, action: "issue", resource, time: time ?? Date.now(), hub: network };
				const { is } = kind === "authorization" ? judgeAuthorization(record, asked) : judgeRecognition(record, asked);
				const answered = kind === "authorization" ? answer.authorized : answer.recognized;
				if (answered !== is)
					wrong.push(
						`DIFFERS: ${kind} of ${party} by ${authority} for ${resource}: answered ${String(answered)}, and the statements say ${is}`,
					);
			}),
		);
	}
	report.compared("TRQP", `${questions.length} answers, now and in the past, are what the statements say`, wrong);
}

/** Each member under the hub and each collective; each recognition now, and just before it began; each pair the other way round. */
function sample(record: NetworkRecord, network: string): Question[] {
	const now = undefined;
	const memberships = [...record.memberships.keys()].flatMap((party): Question[] =>
		[network, ...[...record.collectives.keys()].map(collectiveParty)].map((authority) => ({
			kind: "authorization",
			party,
			authority,
			resource: "*",
			time: now,
		})),
	);
	const recognitions = [...record.recognitions.values()].flatMap(({ by, member, subject, field, since }): Question[] => {
		const asked = { kind: "recognition", party: member, authority: by, resource: field ?? subject } as const;
		return [
			{ ...asked, time: now },
			{ ...asked, time: since - 1000 },
			{ ...asked, party: by, authority: member, time: now },
		];
	});
	const all = [...memberships, ...recognitions];
	// Spread over the whole, where there are more than can be asked.
	const step = Math.max(1, all.length / MOST_QUESTIONS);
	return Array.from({ length: Math.min(all.length, MOST_QUESTIONS) }, (_, index) => all[Math.floor(index * step)] as Question);
}

function differences(expected: readonly string[], answered: readonly string[]): string[] {
	const [said, told] = [new Set(expected), new Set(answered)];
	return [
		...answered.filter((one) => !said.has(one)).map((one) => `NOT_STATED: no statement says ${one}`),
		...expected.filter((one) => !told.has(one)).map((one) => `WITHHELD: the statements say ${one}`),
	];
}
