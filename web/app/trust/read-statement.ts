import { isBadgeId, isSlug, ownerOf } from "../badge/badge-id.ts";
import { graphql, type ResultOf } from "../graphql.ts";
import { type Hub, notFound } from "../hub-client.ts";

const Statement_Query = graphql(`
	query StatementPage_Query($id: ID!) {
		statement(id: $id) {
			id
			type
			author
			subject
			kid
			sequence
			issuedAt
			since
			expiresAt
			recordedAt
			token
			authorMember {
				slug
				name
			}
			revokedBy {
				id
				issuedAt
				token
			}
			verification {
				step
				status
				code
				detail
			}
		}
		collectives {
			id
			name
		}
	}
`);

const StatementNames_Query = graphql(`
	query StatementNames_Query($slug: ID!, $badge: ID!, $isBadge: Boolean!) {
		member(slug: $slug) {
			slug
			name
		}
		badgeClass(id: $badge) @include(if: $isBadge) {
			name
		}
	}
`);

export type SignedStatement = NonNullable<ResultOf<typeof Statement_Query>["statement"]>;
export type VerifiedStep = NonNullable<SignedStatement["verification"]>[number];

/** Who speaks, or is spoken of: with the page that shows it, where there is one. */
export interface NamedParty {
	kind: "member" | "collective" | "hub" | "badge" | "other";
	/** The name by which statements call it. */
	id: string;
	name: string;
}

export interface StatementReading {
	statement: SignedStatement;
	/** What the token says, decoded; empty where it cannot be read. */
	claims: Record<string, unknown>;
	author: NamedParty;
	subject: NamedParty;
	/** When all of this was verified. */
	readAt: string;
}

const COLLECTIVE = "collective/";
export const NETWORK = "urn:ietf:params:oauth:jwk-thumbprint:";

/** A statement with its verification, done for this reading. */
export async function readStatement(hub: Hub, id: string): Promise<StatementReading> {
	if (!/^[A-Za-z0-9_-]{43}$/.test(id)) throw notFound();
	const { statement, collectives } = await hub.need(Statement_Query, { id });
	if (!statement) throw notFound();
	const readAt = new Date().toISOString();
	const isBadge = statement.type === "RECOGNITION" && isBadgeId(statement.subject);
	const slug = isSlug(statement.subject) ? statement.subject : ownerOf(statement.subject);
	const names = await hub.ask(StatementNames_Query, { slug, badge: isBadge ? statement.subject : "", isBadge });
	const nameOf = (party: string): NamedParty => {
		const collective = party.startsWith(COLLECTIVE) ? party.slice(COLLECTIVE.length) : null;
		if (collective !== null) {
			return { kind: "collective", id: collective, name: collectives.find((one) => one.id === collective)?.name ?? collective };
		}
		if (party.startsWith(NETWORK)) return { kind: "hub", id: party, name: party };
		return { kind: "other", id: party, name: party };
	};
	const author: NamedParty = statement.authorMember
		? { kind: "member", id: statement.authorMember.slug, name: statement.authorMember.name }
		: nameOf(statement.author);
	const member = names.data?.member;
	const subject: NamedParty = isBadge
		? { kind: "badge", id: statement.subject, name: names.data?.badgeClass?.name ?? statement.subject }
		: member && statement.subject === member.slug
			? { kind: "member", id: member.slug, name: member.name }
			: nameOf(statement.subject);
	return { statement, claims: decodeClaims(statement.token), author, subject, readAt };
}

/** The claims of a JWT, as they stand: that they may be believed is the verification's to say. */
export function decodeClaims(token: string): Record<string, unknown> {
	try {
		const value: unknown = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
		return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
	} catch {
		return {};
	}
}

/** The first five steps tell whether it is genuine, the others whether it stands. */
const GENUINE: readonly VerifiedStep["step"][] = ["FORMAT", "LOG", "AUTHORITY", "KEY", "SIGNATURE"];

export function verdictOf(steps: readonly VerifiedStep[] | null): "stands" | "genuine" | "forged" | "unchecked" | "none" {
	if (!steps || steps.length === 0) return "none";
	const genuine = steps.filter(({ step }) => GENUINE.includes(step));
	if (genuine.some(({ status }) => status === "FAILED")) return "forged";
	if (genuine.length < GENUINE.length || genuine.some(({ status }) => status !== "OK")) return "unchecked";
	if (steps.some(({ status }) => status === "FAILED")) return "genuine";
	return steps.every(({ status }) => status === "OK") ? "stands" : "unchecked";
}
