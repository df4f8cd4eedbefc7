import type { Answer } from "../kit/ask.ts";
import type { Row } from "../kit/member-server.ts";
import { type ChaosMember, STOLEN_NAME } from "./members.ts";
import type { Random } from "./random.ts";

/** A request of the load, with what can be said of its answer beforehand. */
export interface ChaosRequest {
	query: string;
	variables: Record<string, unknown>;
	strict: boolean;
	/** Slugs of the members that it is asked of. */
	asked: ReadonlySet<string>;
	/**
	 * What is wrong with the data, knowing who is missing and who may have lied. Undefined when nothing is. Not called for
	 * an answer that is refused as a whole.
	 */
	check(data: Answer["data"], present: (slug: string) => Presence): string | undefined;
}

/** Whether a member's rows must be there: all of them, none, or some, where it lied. */
export type Presence = "all" | "none" | "some";

const ROW = "id name issuer { id name }";
type ShownRow = Pick<Row, "id" | "name" | "issuer">;

/** How often each kind of request comes: those that ask every member are a third. */
const MIX = [0, 1, 1, 2, 3, 4, 4, 4, 5, 5];

export function makeRequest(random: Random, members: readonly ChaosMember[]): ChaosRequest {
	const truth = new Map(members.flatMap(({ slug, rows }) => rows.map((row) => [row.id, { slug, row }] as const)));
	const ids = [...truth.keys()];
	const all = new Set(members.map(({ slug }) => slug));
	const strict = random.next() < 0.1;
	const make = (query: string, variables: ChaosRequest["variables"], asked: ReadonlySet<string>, check: ChaosRequest["check"]) => ({
		query,
		variables,
		strict,
		asked,
		check,
	});
	switch (random.of(MIX)) {
		case 0:
			return make(`{ badgeClasses(first: 100) { nodes { ${ROW} } totalCount } }`, {}, all, (data, present) =>
				checkWholeList(data.badgeClasses.nodes, all, present),
			);
		case 1: {
			const asked = new Set(Array.from({ length: 5 }, () => random.of(members).slug));
			return make(
				`query ($filter: BadgeClassFilter) { badgeClasses(filter: $filter, first: 100) { edges { cursor node { ${ROW} } } } }`,
				{ filter: { institutes: [...asked] } },
				asked,
				(data, present) =>
					checkWholeList(
						data.badgeClasses.edges.map(({ node }: { node: ShownRow }) => node),
						asked,
						present,
					),
			);
		}
		case 2:
			return make(
				`query ($size: Int!) { badgeClasses(first: $size, orderBy: CREATED) { nodes { ${ROW} } } }`,
				{ size: random.between(1, 20) },
				all,
				(data) => checkRows(data.badgeClasses.nodes),
			);
		case 3:
			return make("{ badgeClassCount institutes { slug } }", {}, all, (data, present) => {
				// A member that gave one of the two is missing: it counts, or it does not.
				const most = members.reduce((sum, { rows }) => sum + rows.length, 0);
				const least = members.reduce((sum, { slug, rows }) => sum + (present(slug) === "none" ? 0 : rows.length), 0);
				if (data.badgeClassCount < least || data.badgeClassCount > most)
					return `the count is ${data.badgeClassCount}, not ${least} to ${most}`;
				const shown = new Set((data.institutes as { slug: string }[]).map(({ slug }) => slug));
				const absent = members.filter(({ slug }) => present(slug) === "all" && !shown.has(slug));
				if (absent.length > 0) return `${absent[0]?.slug} answered, and is not among the institutes`;
				const strangers = (data.institutes as { slug: string }[]).filter(({ slug }) => !all.has(slug));
				return strangers.length > 0 ? `institutes of nobody: ${JSON.stringify(strangers)}` : undefined;
			});
		case 4: {
			// Of three members: one that gives a row and fails for another would be missing with a row.
			const start = random.between(0, members.length - 1);
			const chosen = [0, 7, 13].map(
				(step) => (members[(start + step) % members.length] as ChaosMember).rows[random.between(0, 3)]?.id as string,
			);
			return make(
				`query ($a: ID!, $b: ID!, $c: ID!) { r0: badgeClass(id: $a) { ${ROW} } r1: badgeClass(id: $b) { ${ROW} } r2: badgeClass(id: $c) { ${ROW} } }`,
				{ a: chosen[0], b: chosen[1], c: chosen[2] },
				ownersOf(chosen),
				(data, present) => checkPlaces(chosen, [data.r0, data.r1, data.r2], present),
			);
		}
		default: {
			const chosen = Array.from({ length: 12 }, () => random.of(ids));
			return make(
				`query ($ids: [ID!]!) { references(ids: $ids) { badgeClass { ${ROW} note } } }`,
				{ ids: chosen },
				ownersOf(chosen),
				(data, present) =>
					checkPlaces(
						chosen,
						data.references.map(({ badgeClass }: { badgeClass: ShownRow | null }) => badgeClass),
						present,
					),
			);
		}
	}

	function ownersOf(chosen: readonly string[]): Set<string> {
		return new Set(chosen.map((id) => truth.get(id)?.slug as string));
	}

	/** Every row is one that exists, with its own content, and comes once. */
	function checkRows(rows: readonly (ShownRow | null)[]): string | undefined {
		const seen = new Set<string>();
		for (const row of rows) {
			if (row === null) continue;
			const known = truth.get(row.id);
			if (!known || row.name !== known.row.name || row.issuer.id !== known.row.issuer.id || row.issuer.name !== known.row.issuer.name)
				return `a wrong row: ${JSON.stringify(row)}`;
			if (seen.has(row.id)) return `a row twice: ${row.id}`;
			seen.add(row.id);
		}
		return undefined;
	}

	/** The list holds all rows of members that are there, and none of those that are missing. */
	function checkWholeList(
		rows: readonly (ShownRow | null)[],
		asked: ReadonlySet<string>,
		present: (slug: string) => Presence,
	): string | undefined {
		const wrong = checkRows(rows);
		if (wrong !== undefined) return wrong;
		const shown = new Set(rows.map((row) => row?.id));
		for (const [id, { slug }] of truth) {
			const presence = asked.has(slug) ? present(slug) : "none";
			if (presence === "all" && !shown.has(id)) return `${id} is not there, and its member answered`;
			if (presence === "none" && shown.has(id)) return `${id} is there, and its member is missing or was not asked`;
		}
		return undefined;
	}

	/** Each place holds the row asked for there, or null. */
	function checkPlaces(
		chosen: readonly string[],
		rows: readonly (ShownRow | null)[],
		present: (slug: string) => Presence,
	): string | undefined {
		for (const [index, id] of chosen.entries()) {
			const row = rows[index] ?? null;
			const presence = present(truth.get(id)?.slug as string);
			if (row === null && presence === "all") return `${id} is null, and its member answered`;
			if (row === null) continue;
			if (presence === "none") return `${id} is there, and its member is missing`;
			if (row.id !== id) return `${row.id} stands where ${id} was asked for`;
			// What an owner says of its own row is its word, a lie or not: the id was known, and is not asked of it again.
			if (presence === "some" && row.name === STOLEN_NAME) continue;
			const wrong = checkRows([row]);
			if (wrong !== undefined) return wrong;
		}
		return undefined;
	}
}
