import { fold } from "../../schema/global-id.ts";
import type { HarvestedBadge } from "../catalogue/harvest/wire.ts";
import { AlignmentProvenance } from "./aligned-badge.ts";

/**
 * Understands what issuers write as alignments. Nothing is required of them: what is not understood is left alone,
 * and how the rest was understood is kept with it.
 */

export type RawAlignment = HarvestedBadge["alignments"][number];

/** A job or a competency that an alignment was understood to mean. */
interface Understood {
	kind: "job" | "competency";
	code: string;
	provenance: AlignmentProvenance;
}

export interface AlignmentReader {
	/** Each job and competency once, with the surest way in which it was understood. */
	understand(alignments: readonly RawAlignment[]): Understood[];
}

interface Labelled {
	code: string;
	label: string;
}

type Target = Pick<Understood, "kind" | "code">;

/** Frameworks whose codes are those of the referential, under the names that issuers give it. */
const SAME_FRAMEWORK = /(^|_)rome|pole_emploi|france_?travail/;
const SAME_PUBLISHER = /(^|\.)(francetravail|pole-emploi)\.(fr|org|io)$/;
const WORTH = Object.values(AlignmentProvenance);

/** Makes a reader for a referential. */
export function createAlignmentReader(
	jobs: readonly (Labelled & { appellations: readonly string[] })[],
	competencies: readonly Labelled[],
): AlignmentReader {
	const byCode = new Map<string, Target>();
	/** Null for a label that means several things. */
	const byLabel = new Map<string, Target | null>();
	const name = (label: string, target: Target) => {
		const key = fold(label);
		const known = byLabel.get(key);
		byLabel.set(key, known === undefined || (known?.kind === target.kind && known.code === target.code) ? target : null);
	};
	for (const { code, label, appellations } of jobs) {
		const target: Target = { kind: "job", code };
		byCode.set(code, target);
		for (const one of [label, ...appellations]) name(one, target);
	}
	for (const { code, label } of competencies) {
		const target: Target = { kind: "competency", code };
		byCode.set(code, target);
		name(label, target);
	}
	// A job's own label means that job, also where another job lists it as an appellation.
	for (const { code, label } of jobs) byLabel.set(fold(label), { kind: "job", code });

	function understandOne(alignment: RawAlignment): Understood | undefined {
		const framework = fold(alignment.targetFramework ?? "");
		const same = SAME_FRAMEWORK.test(framework);
		const coded = framework === "" || same ? byCode.get((alignment.targetCode ?? "").trim().toUpperCase()) : undefined;
		if (coded) return { ...coded, provenance: AlignmentProvenance.EXACT_CODE };
		const addressed = codesIn(alignment.targetUrl, same).flatMap((code) => byCode.get(code) ?? [])[0];
		if (addressed) return { ...addressed, provenance: AlignmentProvenance.URL };
		const named = byLabel.get(fold(alignment.targetName));
		return named ? { ...named, provenance: AlignmentProvenance.LABEL } : undefined;
	}

	return {
		understand(alignments) {
			const best = new Map<string, Understood>();
			for (const alignment of alignments) {
				const found = understandOne(alignment);
				if (!found) continue;
				const key = `${found.kind} ${found.code}`;
				const known = best.get(key);
				if (!known || WORTH.indexOf(found.provenance) < WORTH.indexOf(known.provenance)) best.set(key, found);
			}
			return [...best.values()];
		},
	};
}

/** What may be codes in an address, the last first. Any number could be one: only the referential's own pages count. */
function codesIn(url: string | null, sameFramework: boolean): string[] {
	if (url === null || !URL.canParse(url)) return [];
	const { hostname, pathname, search } = new URL(url);
	if (!sameFramework && !SAME_PUBLISHER.test(hostname)) return [];
	return `${pathname}${search}`
		.toUpperCase()
		.split(/[^A-Z0-9]+/)
		.filter((part) => part !== "")
		.reverse();
}
