import { type EntityManager, In, IsNull } from "typeorm";
import { nameCursor } from "../../schema/cursor.ts";
import { isSlug } from "../../schema/global-id.ts";
import { OperatorError } from "../kit/errors.ts";
import { Collective, Membership } from "./collective.ts";
import { departementOf } from "./departement.ts";
import { millisecondsOf } from "./instant.ts";
import { Member, MemberStatus } from "./member.ts";
import { Recognition } from "./recognition.ts";

/**
 * Every write to the register of members. Each is idempotent, refuses what makes no sense with an
 * {@link OperatorError} in plain words, and tells whoever follows the directory when it is committed.
 */

/** Channel on which a committed change of the register is announced; the payload says nothing. */
export const DIRECTORY_CHANNEL = "directory";

export interface Admission {
	slug: string;
	name: string;
	/** Address of its GraphQL endpoint. */
	endpoint: string;
	departements?: readonly string[];
	/** Ids of collectives that exist. */
	collectives?: readonly string[];
	demonstration?: boolean;
	/** Whether it answers reads only when the router has signed them. */
	signedReads?: boolean;
	/** Whether the key by which it signs is to be read anew, in the place of the one that is known. */
	newKey?: boolean;
	/** Now when absent. */
	admittedAt?: Date;
}

/**
 * Admits a member, or brings what is known of it up to date: what is left out stays as it was. A member that was
 * suspended or had left is admitted again. Returns the row as it was before, if there was one.
 */
export async function admitMember(manager: EntityManager, admission: Admission): Promise<Member | null> {
	const { slug, name, endpoint } = admission;
	if (!isSlug(slug)) throw new OperatorError(`"${slug}" is not a slug: lower-case letters, digits and inner hyphens, at most 63.`);
	checkEndpoint(endpoint);
	for (const code of admission.departements ?? [])
		if (!departementOf(code)) throw new OperatorError(`There is no département "${code}": give codes like 25, 2A or 974.`);
	await checkCollectives(manager, admission.collectives ?? []);
	await takeTurn(manager);
	const before = await manager.findOneBy(Member, { slug });
	const stays = before !== null && before.status !== MemberStatus.LEFT;
	await manager.upsert(
		Member,
		{
			slug,
			name,
			status: MemberStatus.ADMITTED,
			endpoint,
			departementCodes: [...new Set(admission.departements ?? before?.departementCodes ?? [])],
			admittedAt: admission.admittedAt ?? (stays && millisecondsOf(before.admittedAt) !== undefined ? before.admittedAt : new Date()),
			signedReads: admission.signedReads ?? before?.signedReads ?? false,
			demonstration: admission.demonstration ?? before?.demonstration ?? false,
			nameCursor: nameCursor(name, slug),
			...(admission.newKey && { keyWantedAt: new Date() }),
		},
		["slug"],
	);
	if (admission.collectives) {
		await manager.delete(Membership, { memberSlug: slug });
		await manager.insert(
			Membership,
			[...new Set(admission.collectives)].map((collectiveId) => ({ collectiveId, memberSlug: slug })),
		);
	}
	await announce(manager);
	return before;
}

/** Notes a new address of a member, whatever its status. */
export async function moveMember(manager: EntityManager, slug: string, endpoint: string): Promise<void> {
	checkEndpoint(endpoint);
	await change(manager, slug, { endpoint });
}

/** Takes a member out of the directory until it is admitted again: what it says and what is said of it rests. */
export async function suspendMember(manager: EntityManager, slug: string): Promise<void> {
	await change(manager, slug, { status: MemberStatus.SUSPENDED });
}

/** Ends a membership, with the member's collectives and the recognitions by it and of it. The entry stays as history. */
export async function removeMember(manager: EntityManager, slug: string): Promise<void> {
	await change(manager, slug, { status: MemberStatus.LEFT });
	await manager.delete(Membership, { memberSlug: slug });
	const revokedAt = new Date();
	await manager.update(Recognition, { bySlug: slug, revokedAt: IsNull() }, { revokedAt });
	await manager.update(Recognition, { memberSlug: slug, revokedAt: IsNull() }, { revokedAt });
}

/** Makes a collective, or changes its texts. */
export async function saveCollective(
	manager: EntityManager,
	{ id, name, description }: { id: string; name: string; description?: string | null },
): Promise<void> {
	if (!isSlug(id))
		throw new OperatorError(`"${id}" is not an id of a collective: lower-case letters, digits and inner hyphens, at most 63.`);
	await manager.upsert(Collective, { id, name, description: description ?? null }, ["id"]);
	await announce(manager);
}

/** Writers of the register and of the log take turns until the end of their transaction. */
export async function takeTurn(manager: EntityManager): Promise<void> {
	await manager.query("SELECT pg_advisory_xact_lock(hashtext('network register'))");
}

async function change(manager: EntityManager, slug: string, values: Partial<Member>): Promise<void> {
	await takeTurn(manager);
	const { affected } = await manager.update(Member, { slug }, values);
	if (affected === 0) throw new OperatorError(`The network has no member "${slug}".`);
	await announce(manager);
}

/** Tells whoever listens, when this transaction is committed. */
export async function announce(manager: EntityManager): Promise<void> {
	await takeTurn(manager);
	await manager.query(`UPDATE "register_version" SET "version" = "version" + 1`);
	await manager.query("SELECT pg_notify($1, '')", [DIRECTORY_CHANNEL]);
}

async function checkCollectives(manager: EntityManager, ids: readonly string[]): Promise<void> {
	if (ids.length === 0) return;
	const known = new Set((await manager.findBy(Collective, { id: In([...ids]) })).map(({ id }) => id));
	const unknown = ids.filter((id) => !known.has(id));
	if (unknown.length === 0) return;
	const all = await manager.find(Collective, { order: { id: "ASC" } });
	throw new OperatorError(
		`There is no collective "${unknown[0]}". ${all.length === 0 ? "There are none yet." : `There are: ${all.map(({ id }) => id).join(", ")}.`}`,
	);
}

function checkEndpoint(endpoint: string): void {
	const protocol = URL.canParse(endpoint) ? new URL(endpoint).protocol : "";
	if (protocol !== "http:" && protocol !== "https:") throw new OperatorError(`"${endpoint}" is not an http(s) address.`);
}
