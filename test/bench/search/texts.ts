import { readFileSync } from "node:fs";
import { latestFirstCursor, nameCursor } from "../../../schema/cursor.ts";
import { globalId } from "../../../schema/global-id.ts";
import type { BadgeHit } from "../../../subgraphs/catalogue/badge-hit.ts";
import type { Thesaurus } from "../../../subgraphs/catalogue/search/thesaurus.ts";

const EXTRACT = new URL("../../../subgraphs/competences/rome/extract.json", import.meta.url);

interface Extract {
	domains: { code: string; label: string }[];
	jobs: {
		code: string;
		label: string;
		domain: string;
		definition: string | null;
		access: string | null;
		appellations: { label: string }[];
		competencies: { code: string; core?: boolean }[];
	}[];
	competencies: { code: string; label: string; definition: string | null; kind: string }[];
}

/** The extract of ROME that ships with the project, as the catalogue takes a thesaurus. */
export function readExtract(): Thesaurus {
	const { domains, jobs, competencies } = JSON.parse(readFileSync(EXTRACT, "utf8")) as Extract;
	const domainNames = new Map(domains.map(({ code, label }) => [code, label]));
	return {
		jobs: jobs.map(({ code, label, domain, definition, access, appellations, competencies: asked }) => ({
			code,
			label,
			domain: domainNames.get(domain) ?? domain,
			appellations: appellations.map((one) => one.label),
			definition,
			access,
			competencies: asked.map((one) => ({ code: one.code, core: one.core ?? false })),
		})),
		competencies: competencies.map(({ code, label, definition, kind }) => ({
			code,
			label,
			definition,
			isSoftSkill: kind === "SOFT_SKILL",
		})),
	};
}

/** Numbers between 0 and 1 that are the same in every run. */
export function seeded(seed: number): () => number {
	let state = seed;
	return () => {
		state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
		const mixed = Math.imul(state ^ (state >>> 13), 0x297a2d39);
		return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
	};
}

const OPENINGS = [
	"A montré qu'il sait",
	"Sait",
	"Est capable de",
	"Atteste de la capacité à",
	"A été évalué en situation pour",
	"Reconnaît l'aptitude à",
];
const PLACES = [
	"en entreprise",
	"au sein d'une équipe",
	"sur un chantier",
	"en formation",
	"en autonomie",
	"avec l'appui d'un tuteur",
	"auprès du public",
	"à distance",
];
const PROOFS = [
	"Une mise en situation observée",
	"Un portfolio de preuves",
	"L'attestation d'un employeur",
	"Un entretien avec un jury",
	"Trois réalisations commentées",
];
const LEVELS = ["niveau 1", "niveau 2", "niveau 3", "découverte", "pratique", "maîtrise", "référent"];
export const INSTITUTES = 120;

/** Badge classes of the kind that institutes write: a name of what one can do, what was shown and how, some aligned with the referential. */
export function* writeBadges(count: number, seed = 7): Generator<BadgeHit> {
	const random = seeded(seed);
	const { jobs, competencies } = readExtract();
	// The first of a list are common, the last are rare, as words of real texts are.
	const pick = <One>(list: readonly One[]): One => list[Math.floor(list.length * random() ** 1.7)] as One;
	const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
	for (let number = 0; number < count; number++) {
		const job = pick(jobs);
		const [first, second, third] = [pick(competencies), pick(competencies), pick(competencies)];
		const slug = `institut-${Math.floor(INSTITUTES * random() ** 2)}`;
		const id = globalId(slug, `badge-${number}`);
		const name =
			`${first.label}${random() < 0.4 ? ` – ${pick(LEVELS)}` : ""}${random() < 0.3 ? ` (${lower(pick(job.appellations))})` : ""}`.slice(
				0,
				400,
			);
		const at = new Date(Date.UTC(2020, 0) + Math.floor(random() * 5 * 365) * 86_400_000);
		yield {
			id,
			instituteSlug: slug,
			iri: `https://badges.example/${number}`,
			name,
			description: `${pick(OPENINGS)} ${lower(first.label)} ${pick(PLACES)}. ${pick(OPENINGS)} ${lower(second.label)}, ${lower(third.label)}. Utile aux métiers de ${lower(pick(job.appellations))}.`,
			image: null,
			criteria: {
				narrative: `${pick(PROOFS)} : ${lower(second.label)} ${pick(PLACES)} ; ${lower(pick(competencies).label)}. ${pick(PROOFS)}.`,
				url: null,
			},
			tags: [job.domain, pick(LEVELS)],
			language: random() < 0.95 ? "fr" : "en",
			alignments:
				random() < 0.5
					? [
							{
								targetName: job.label,
								targetUrl: null,
								targetFramework: random() < 0.7 ? "ROME 4.0" : "RNCP",
								targetCode: job.code,
								targetDescription: null,
							},
						]
					: [],
			issuerId: globalId(slug, "issuer"),
			issuerName: `Institut ${slug.split("-")[1]} de formation`,
			retired: random() < 0.03,
			requestable: random() < 0.4,
			requestUrl: null,
			requirement: null,
			exactMatches: [],
			metabadge: random() < 0.05,
			createdAt: at,
			updatedAt: at,
			harvestedAt: at,
			nameCursor: nameCursor(name, id),
			createdCursor: latestFirstCursor(at, id),
			updatedCursor: latestFirstCursor(at, id),
		};
	}
}

/** What people type: one to three words of what badges are about. */
export function writeQueries(count: number, seed = 11): string[] {
	const random = seeded(seed);
	const { jobs, competencies } = readExtract();
	const labels = [...competencies.map(({ label }) => label), ...jobs.flatMap(({ appellations }) => appellations)];
	const queries = new Set<string>();
	while (queries.size < count) {
		const words = (labels[Math.floor(random() * labels.length)] as string).split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 3);
		const wanted = 1 + Math.floor(random() * 3);
		const from = Math.floor(random() * Math.max(1, words.length - wanted));
		const query = words
			.slice(from, from + wanted)
			.join(" ")
			.toLowerCase();
		if (query !== "") queries.add(query);
	}
	return [...queries];
}
