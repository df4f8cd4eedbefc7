import type { EntityManager } from "typeorm";
import { ownerOf } from "../../../schema/global-id.ts";
import { type ReadStatement, readStatementToken } from "./claims.ts";
import type { LogEntry } from "./log-entry.ts";

/** Brings the register's tables up to what new statements say: they are what is queried, the log is what is true. */

const SCOPES = { member: "INSTITUTE", issuer: "ISSUER", badge_class: "BADGE_CLASS", field: "FIELD" } as const;

export async function projectEntries(manager: EntityManager, entries: readonly LogEntry[]): Promise<void> {
	const read = entries.flatMap(({ id, token, recordedAt }) => {
		const result = readStatementToken(token);
		return result.ok ? [{ id, recordedAt, statement: result.statement }] : [];
	});
	await projectRecognitions(manager, read);
	for (const { recordedAt, statement } of read) {
		if (statement.kind === "REVOCATION")
			await manager.query(`UPDATE "recognition" SET "revokedAt" = $2 WHERE "statementId" = $1 AND "revokedAt" IS NULL`, [
				statement.claims.sub,
				recordedAt,
			]);
		if (statement.kind === "KEY" && statement.claims.event === "compromised")
			await projectCompromise(manager, statement.claims.sub, statement.claims.kid, statement.claims.revoked_at);
	}
}

/** One statement for all: a seeded network has thousands. What stood unsigned before is now signed. */
async function projectRecognitions(manager: EntityManager, read: readonly { id: string; statement: ReadStatement }[]): Promise<void> {
	const rows = read.flatMap(({ id, statement: { kind, claims } }) =>
		kind === "RECOGNITION"
			? [
					{
						bySlug: claims.iss,
						scope: SCOPES[claims.scope],
						memberSlug: ownerOf(claims.sub),
						badgeClassId: claims.scope === "badge_class" ? claims.sub : null,
						issuerId: claims.scope === "issuer" ? claims.sub : null,
						field: claims.field ?? null,
						since: new Date(claims.since * 1000),
						reason: claims.reason,
						expiresAt: claims.exp === undefined ? null : new Date(claims.exp * 1000),
						statementId: id,
					},
				]
			: [],
	);
	if (rows.length === 0) return;
	await manager.query(`UPDATE "recognition" SET "revokedAt" = "expiresAt" WHERE "revokedAt" IS NULL AND "expiresAt" <= now()`);
	const columns = `"bySlug", "scope", "memberSlug", "badgeClassId", "issuerId", "field", "since", "reason", "expiresAt", "statementId"`;
	await manager.query(
		`INSERT INTO "recognition" (${columns}) SELECT ${columns} FROM json_populate_recordset(NULL::"recognition", $1)
		ON CONFLICT ("bySlug", "scope", coalesce("badgeClassId", "issuerId", "memberSlug"), coalesce("field", '')) WHERE "revokedAt" IS NULL
		DO UPDATE SET "since" = EXCLUDED."since", "reason" = EXCLUDED."reason", "expiresAt" = EXCLUDED."expiresAt", "statementId" = EXCLUDED."statementId"
		WHERE "recognition"."statementId" IS NULL`,
		[JSON.stringify(rows)],
	);
}

/** What a key signed that others may have had ends with the news of it. */
async function projectCompromise(manager: EntityManager, party: string, kid: string, revokedAt: number): Promise<void> {
	const suspected: { id: string; token: string }[] = await manager.query(
		`SELECT "statement"."id", "token" FROM "recognition" JOIN "statement" ON "statement"."id" = "statementId"
		WHERE "bySlug" = $1 AND "revokedAt" IS NULL AND "recordedAt" >= to_timestamp($2)`,
		[party, revokedAt],
	);
	const signed = suspected.filter(({ token }) => {
		const read = readStatementToken(token);
		return read.ok && read.statement.kid === kid;
	});
	await manager.query(`UPDATE "recognition" SET "revokedAt" = to_timestamp($2) WHERE "statementId" = ANY ($1) AND "revokedAt" IS NULL`, [
		signed.map(({ id }) => id),
		revokedAt,
	]);
}
