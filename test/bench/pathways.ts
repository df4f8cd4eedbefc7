import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { DataSource } from "typeorm";
import { openCatalogueDatabase } from "../../subgraphs/catalogue/database.ts";
import { Holding } from "../../subgraphs/catalogue/pathways/holding.ts";
import { stepsFrom } from "../../subgraphs/catalogue/pathways/next-steps.ts";
import { evaluate } from "../../subgraphs/catalogue/pathways/progress.ts";
import { metabadgesOver, readWorld } from "../../subgraphs/catalogue/pathways/read-world.ts";
import { shortestWay } from "../../subgraphs/catalogue/pathways/shortest-way.ts";
import type { DatabaseAddress } from "../../subgraphs/kit/database-address.ts";
import { startEmbeddedPostgres } from "../../subgraphs/kit/postgres/embedded.ts";
import { provisionSchemas } from "../../subgraphs/kit/provision.ts";

/**
 * `npm run bench -- pathways`: progress, next steps and the shortest way over 100,000 badge classes of which 20,000 are
 * metabadges, twelve levels deep. Each figure is a ratio to one indexed read of the rows that the question touches.
 */

const BADGES = 100_000;
const METABADGES = 20_000;
const DEEPEST = 12;
const QUESTIONS = 400;
const INSTITUTES = 100;
const SEED = 7;

export async function benchPathways(): Promise<Record<string, unknown>> {
	const folder = mkdtempSync(path.join(tmpdir(), "bench-pathways-"));
	chmodSync(folder, 0o755);
	const postgres = await startEmbeddedPostgres({
		folder,
		onCrash: (reason) => {
			throw new Error(reason);
		},
	});
	try {
		const address = (await provisionSchemas(postgres.admin, "bench", ["catalogue"])).get("catalogue") as DatabaseAddress;
		const database = await openCatalogueDatabase(address, { poolSize: 1 });
		try {
			const random = randomNumbers(SEED);
			await fill(database, random);
			return await measureAll(database, random);
		} finally {
			await database.destroy();
		}
	} finally {
		await postgres.stop();
		rmSync(folder, { recursive: true, force: true });
	}
}

const idOf = (index: number) => `institute-${index % INSTITUTES}:badge-${index}`;

/** Metabadges of level n require badges and metabadges of levels below; the first 20,000 are metabadges. */
async function fill(database: DataSource, random: () => number): Promise<void> {
	await database.query(
		`INSERT INTO "harvest" ("instituteSlug", "name", "departements", "collectives") SELECT 'institute-' || i, 'Institut ' || i, '{31}', '{}' FROM generate_series(0, ${INSTITUTES - 1}) AS i`,
	);
	const levelOf = (index: number) => 1 + (index % DEEPEST);
	const requirements: { metabadge: string; required: string[]; needed: number }[] = [];
	for (let index = 0; index < METABADGES; index += 1) {
		const required = new Set<string>();
		const size = 2 + Math.floor(random() * 4);
		while (required.size < size) {
			// Of the level just below: ways are as deep as the level that they begin at.
			const isMeta = levelOf(index) > 1 && random() < 0.35;
			const below = index - 1 - DEEPEST * Math.floor(random() * Math.floor(index / DEEPEST));
			required.add(idOf(isMeta && below >= 0 ? below : METABADGES + Math.floor(random() * (BADGES - METABADGES))));
		}
		const kind = random();
		requirements.push({
			metabadge: idOf(index),
			required: [...required],
			needed: kind < 0.5 ? size : kind < 0.7 ? 1 : Math.ceil(size / 2),
		});
	}
	const rules = new Map(requirements.map((one) => [one.metabadge, one]));
	for (let from = 0; from < BADGES; from += 5_000) {
		const ids = Array.from({ length: 5_000 }, (_, index) => idOf(from + index));
		await database.query(
			`INSERT INTO "badge" ("id", "instituteSlug", "iri", "name", "description", "criteria", "tags", "language", "alignments", "issuerId",
				"issuerName", "retired", "requestable", "requirement", "metabadge", "createdAt", "updatedAt", "harvestedAt", "nameCursor", "createdCursor", "updatedCursor")
			SELECT "id", split_part("id", ':', 1), 'https://b.example/' || "id", 'Badge ' || "id", 'Ce que prouve ce badge', '{}', '{}', 'fr', '[]', split_part("id", ':', 1) || ':i',
				'Un émetteur', false, true, "requirement", "requirement" IS NOT NULL, now(), now(), now(), "id", "id", "id"
			FROM unnest($1::text[], $2::jsonb[]) AS "given" ("id", "requirement")`,
			[
				ids,
				ids.map((id) => {
					const rule = rules.get(id);
					return rule ? JSON.stringify({ rule: "AT_LEAST", needed: rule.needed, badgeClassIds: rule.required }) : null;
				}),
			],
		);
	}
	for (let from = 0; from < requirements.length; from += 5_000) {
		const rows = requirements
			.slice(from, from + 5_000)
			.flatMap(({ metabadge, required }) => required.map((id, place) => [metabadge, id, place] as const));
		await database.query(
			`INSERT INTO "requirement" ("metabadgeId", "requiredId", "place") SELECT * FROM unnest($1::text[], $2::text[], $3::integer[])`,
			[rows.map(([metabadge]) => metabadge), rows.map(([, id]) => id), rows.map(([, , place]) => place)],
		);
	}
	await database.query("ANALYZE");
}

interface Timed {
	answer: number;
	read: number;
}

async function measureAll(database: DataSource, random: () => number): Promise<Record<string, unknown>> {
	const timings: Record<string, Timed[]> = { progress: [], nextSteps: [], shortestWay: [] };
	let bounded = 0;
	let largest = 0;
	for (let question = 0; question < QUESTIONS + 20; question += 1) {
		const goal = idOf(Math.floor(random() * METABADGES));
		const reachable = [...(await readWorld(database, [goal])).badges.keys()];
		const held = reachable.filter((id) => id !== goal && random() < 0.2);
		const asked = new Holding(
			held.map((id) => ({ id })),
			new Date(),
		);
		const few = held.slice(0, 10);
		const begun = await metabadgesOver(database, few);
		const touched = [...(await readWorld(database, begun)).badges.keys()];
		largest = Math.max(largest, reachable.length);
		const note = async (name: string, ids: readonly string[], answer: () => Promise<unknown>) => {
			const read = await timed(() => readRows(database, ids));
			const took = await timed(answer);
			// The first questions warm up.
			if (question >= 20) timings[name]?.push({ answer: took, read });
		};
		await note("progress", reachable, async () => {
			const world = await readWorld(database, [goal]);
			const rule = world.ruleOf(goal);
			return rule && evaluate(rule, asked, world);
		});
		await note("nextSteps", touched, async () => {
			const goals = await metabadgesOver(database, few);
			return stepsFrom(goals, asked, await readWorld(database, goals), { mayEarn: () => true });
		});
		await note("shortestWay", reachable, async () => {
			const way = shortestWay(goal, asked, await readWorld(database, [goal]), { mayEarn: () => true });
			if (question >= 20 && way.found && !way.exact) bounded += 1;
		});
	}
	const figures: Record<string, unknown> = { badges: BADGES, metabadges: METABADGES, largestWorld: largest };
	for (const [name, all] of Object.entries(timings)) {
		const read = { p50: quantile(all, "read", 0.5), p99: quantile(all, "read", 0.99) };
		const answer = { p50: quantile(all, "answer", 0.5), p99: quantile(all, "answer", 0.99) };
		const ratios = { p50: round(answer.p50 / read.p50), p99: round(answer.p99 / read.p99) };
		process.stdout.write(
			`${name.padEnd(12)} p50 ${answer.p50.toFixed(2)} ms, ${ratios.p50} of one indexed read; p99 ${answer.p99.toFixed(2)} ms, ${ratios.p99}\n`,
		);
		figures[name] = ratios;
	}
	figures.bounded = bounded / QUESTIONS;
	process.stdout.write(
		`ways that are bounded and not exact: ${((100 * bounded) / QUESTIONS).toFixed(1)} %; largest question ${largest} badges\n`,
	);
	return figures;
}

/** One read of the same rows by their keys. */
async function readRows(database: DataSource, ids: readonly string[]): Promise<void> {
	await database.query(
		`SELECT "badge"."id", "badge"."name", "retired", "requestable", "requirement", "departements" FROM "badge" JOIN "harvest" USING ("instituteSlug") WHERE "badge"."id" = ANY ($1)`,
		[ids],
	);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
	const began = performance.now();
	await work();
	return performance.now() - began;
}

function quantile(all: readonly Timed[], of: keyof Timed, share: number): number {
	const sorted = all.map((one) => one[of]).sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] as number;
}

function round(value: number): number {
	return Number(value.toFixed(2));
}

/** The same numbers each time: mulberry32. */
function randomNumbers(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}
