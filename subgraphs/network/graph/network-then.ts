import { MemberStatus } from "../member.ts";
import { RecognitionScope } from "../recognition.ts";
import type { NetworkRecord } from "../trust/network-record.ts";
import { MemberThen, NetworkThen, RecognitionThen } from "./questions.ts";

const STATUS = { admitted: MemberStatus.ADMITTED, suspended: MemberStatus.SUSPENDED, left: MemberStatus.LEFT };
const SCOPES = {
	member: RecognitionScope.INSTITUTE,
	issuer: RecognitionScope.ISSUER,
	badge_class: RecognitionScope.BADGE_CLASS,
	field: RecognitionScope.FIELD,
};

/** The network as its statements have it at a time. What nobody signed is not in it. */
export function networkThen(record: NetworkRecord, time: Date, first: number): NetworkThen {
	const at = time.getTime();
	const recognitions = record.recognitionsAt(at);
	return Object.assign(new NetworkThen(), {
		time,
		members: record
			.membersAt(at)
			.map(({ slug, name, status }) =>
				Object.assign(new MemberThen(), { slug, name, status: STATUS[status], collectives: record.collectivesOf(slug, at) }),
			),
		recognitionCount: recognitions.length,
		recognitions: recognitions.slice(0, first).map(({ id, by, member, scope, subject, field, since, reason }) =>
			Object.assign(new RecognitionThen(), {
				statementId: id,
				by,
				member,
				scope: SCOPES[scope],
				subject,
				field: field ?? null,
				since: new Date(since),
				reason,
			}),
		),
	});
}
