import { z } from "zod";
import { isGlobalId, ownerOf } from "../../../schema/global-id.ts";
import { describeIssue } from "../../kit/config.ts";
import { didOfKey } from "../../kit/did-key.ts";
import type { NetworkRecord } from "../trust/network-record.ts";
import { collectiveOf, type Party } from "../trust/party.ts";
import type { Trust } from "../trust/trust.ts";
import { type Entities, readEntities } from "./entities.ts";

/**
 * The questions of ToIP's Trust Registry Query Protocol v2. Who is asked about (`entity_id`) and the authority are named
 * by their DID, their entity identifier, or their name in statements (a member's slug, `collective/<id>`). Answers about a
 * past time come from the statements that held then.
 *
 * - authorization: may the entity do `action` (`issue`, `recognise`, `operate-metabadge`) with `resource` (a badge class's
 *   id, or `*`) under the authority: the hub, or a collective?
 * - recognition: does the authority recognise the entity for `action` and `resource`? A member does so by its statements,
 *   the hub and collectives by having admitted it.
 */

const text = z.string().min(1).max(500);
const querySchema = z.object({
	entity_id: text,
	authority_id: text,
	action: text,
	resource: text,
	context: z
		.object({ time: z.iso.datetime({ error: "must be a time in UTC, like 2026-03-02T09:30:00Z" }).optional() })
		.catchall(z.string())
		.optional(),
});
/** RFC 7807. */
export interface Problem {
	type: string;
	title: string;
	status: 400 | 401 | 404 | 500;
	detail: string;
}

export type TrqpKind = "authorization" | "recognition";
export type TrqpAnswer = { ok: true; body: object } | { ok: false; problem: Problem };

/** Answers one question. Never throws for what is asked. */
export async function answerTrqp(trust: Trust, kind: TrqpKind, body: unknown): Promise<TrqpAnswer> {
	const read = querySchema.safeParse(body);
	if (!read.success) return problem(400, read.error.issues.map(describeIssue).slice(0, 5).join("; "));
	const entities = await readEntities(trust);
	const { entity_id, authority_id, action, resource, context } = read.data;
	const time = context?.time === undefined ? entities.now : Date.parse(context.time);
	if (time > entities.now + 1000) return problem(400, "context.time: lies in the future, of which nothing is known");
	const authority = findParty(authority_id, entities);
	if (authority === undefined) return problem(404, `authority_id: ${authority_id} is no authority of this network`);
	const party = findParty(entity_id, entities);
	const judge = kind === "authorization" ? judgeAuthorization : judgeRecognition;
	const { is, message } =
		party === undefined
			? { is: false, message: `${entity_id} is not known to this network.` }
			: judge(entities.record, { party, authority, action, resource, time, hub: entities.hub.party });
	return {
		ok: true,
		body: {
			entity_id,
			authority_id,
			action,
			resource,
			[kind === "authorization" ? "authorized" : "recognized"]: is,
			...(context?.time !== undefined && { time_requested: context.time }),
			time_evaluated: new Date(entities.now).toISOString(),
			message,
			...(context && { context }),
		},
	};
}

interface Question {
	party: Party;
	authority: Party;
	action: string;
	resource: string;
	time: number;
	hub: Party;
}

interface Judgement {
	is: boolean;
	message: string;
}

const yes = (message: string): Judgement => ({ is: true, message });
const no = (message: string): Judgement => ({ is: false, message });

/** Pure: what a record says of an authorization at a time. */
export function judgeAuthorization(record: NetworkRecord, { party, authority, action, resource, time, hub }: Question): Judgement {
	const belongs = belonging(record, { party, authority, time, hub });
	if (!belongs.is) return belongs;
	switch (action) {
		case "issue":
			if (resource === "*") return yes(`${party} issues badges as an admitted member.`);
			if (isGlobalId(resource) && ownerOf(resource) === party) return yes(`${resource} is a badge class of ${party}.`);
			return no(`${resource} is not a badge class of ${party}.`);
		case "recognise":
			return yes(`${party} may recognise members and badges as an admitted member.`);
		case "operate-metabadge": {
			const mark = record.marksAt(time).find((one) => one.member === party && one.mark === "metabadge-operator");
			return mark
				? yes(`${party} bears the mark of a metabadge operator: statement ${mark.id}.`)
				: no(`${party} bears no mark of a metabadge operator.`);
		}
		default:
			return no(`The action ${action} is not known here: issue, recognise, operate-metabadge.`);
	}
}

/** Pure: what a record says of a recognition at a time. */
export function judgeRecognition(record: NetworkRecord, question: Question): Judgement {
	const { party, authority, action, resource, time, hub } = question;
	if (authority === hub || collectiveOf(authority) !== undefined) return belonging(record, question);
	if (action !== "issue") return no(`A member recognises others for the action issue, not ${action}.`);
	const said = record.recognitionsAt(time).filter(({ by, member }) => by === authority && member === party);
	const found = said.find(
		({ scope, subject, field }) => scope === "member" || subject === resource || (scope === "field" && field === resource),
	);
	if (found)
		return yes(`${authority} recognises ${found.subject}${found.field === undefined ? "" : ` for ${found.field}`}: statement ${found.id}.`);
	// No statement tells who issues a badge class, or which field it is of: whoever knows asks for that.
	const parts = said.filter(({ scope }) => scope === "issuer" || scope === "field").map(({ field, subject }) => field ?? subject);
	const only =
		parts.length === 0 ? "" : ` It recognises the following of it, each a resource to ask for: ${parts.slice(0, 10).join(", ")}.`;
	return no(`${authority} does not recognise ${party} for ${resource}.${only}`);
}

function belonging(
	record: NetworkRecord,
	{ party, authority, time, hub }: Pick<Question, "party" | "authority" | "time" | "hub">,
): Judgement {
	const collective = collectiveOf(authority);
	if (authority !== hub && collective === undefined) return no(`${authority} is a member: it recognises, and authorizes nobody.`);
	if (authority === hub && collectiveOf(party) !== undefined) return yes(`${party} is a collective of the network.`);
	if (!record.isAdmitted(party, time)) return no(`${party} is not an admitted member at that time.`);
	if (collective !== undefined && !record.collectivesOf(party, time).includes(collective))
		return no(`${party} does not belong to ${collective} at that time.`);
	return yes(`${party} is an admitted member: statement ${record.membershipAt(party, time)?.id}.`);
}

/** By entity identifier, by name, or by DID, of keys of the past too. */
function findParty(id: string, { byId, byParty, record }: Entities): Party | undefined {
	const known = byId.get(id.replace(/\/$/, ""))?.party ?? byParty.get(id)?.party;
	if (known !== undefined) return known;
	// Whoever has left, or is suspended, is still asked about.
	if (record.memberships.has(id)) return id;
	for (const [party, keys] of record.keys) if (id.startsWith("did:") && keys.some(({ jwk }) => didOfKey(jwk) === id)) return party;
	return undefined;
}

function problem(status: Problem["status"], detail: string): TrqpAnswer {
	const title = { 400: "Bad request", 401: "Unauthorized", 404: "Not found", 500: "Internal server error" }[status];
	return { ok: false, problem: { type: "about:blank", title, status, detail } };
}
