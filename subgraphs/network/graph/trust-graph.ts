import { type Recognition, RecognitionScope } from "../recognition.ts";
import { type KnownBadge, REACHES, reachOf } from "./badge-reach.ts";

/** Who recognises whom, and how far that reaches. Pure: made of the recognitions in force, and never changed. */

/** A way from a member to whom, or what, it recognises: each hop is by whom the one before it is of. */
export type Path = readonly Recognition[];

export class TrustGraph {
	/** Slug → what it recognises, or who recognises it: newest first. */
	readonly by = new Map<string, Recognition[]>();
	readonly of = new Map<string, Recognition[]>();

	constructor(
		readonly recognitions: readonly Recognition[],
		/** Slugs of the members that are admitted, by name. */
		readonly members: readonly string[],
		/** Slug → ids of its collectives; absent for those without. */
		readonly collectives: ReadonlyMap<string, readonly string[]> = new Map(),
	) {
		for (const one of recognitions) {
			add(this.by, one.bySlug, one);
			add(this.of, one.memberSlug, one);
		}
	}

	/** Without a member, as if it were suspended. */
	without(slug: string): TrustGraph {
		return new TrustGraph(
			this.recognitions.filter(({ bySlug, memberSlug }) => bySlug !== slug && memberSlug !== slug),
			this.members.filter((one) => one !== slug),
			this.collectives,
		);
	}

	/**
	 * Shortest ways from a member to another, or to a badge class, at most `within` hops long, shortest first, at most
	 * `most`. Who recognises one badge class of a member does not thereby trust its judgement: but for the last hop to a
	 * badge class, hops are recognitions of whole members, unless `anyScope`. No member is passed twice.
	 */
	paths(
		from: string,
		to: { member: string; badgeClass?: string },
		within: number,
		most: number,
		anyScope: boolean,
	): { paths: Path[]; isWhole: boolean } {
		const found: Path[] = [];
		// Members from which the goal can be reached at all, and in how many hops: nothing else is looked at.
		const distance = this.distancesTo(to, within, anyScope);
		let steps = 0;
		let layer: { at: string; path: Recognition[]; seen: ReadonlySet<string> }[] = [{ at: from, path: [], seen: new Set([from]) }];
		for (let depth = 1; depth <= within && layer.length > 0; depth += 1) {
			const next: typeof layer = [];
			for (const { at, path, seen } of layer) {
				for (const hop of this.by.get(at) ?? []) {
					steps += 1;
					if (steps > MOST_STEPS) return { paths: found, isWhole: false };
					if (reaches(hop, to, anyScope)) {
						if (found.length === most) return { paths: found, isWhole: false };
						found.push([...path, hop]);
					}
					const onwards = distance.get(hop.memberSlug);
					if (!isStep(hop, anyScope) || seen.has(hop.memberSlug) || onwards === undefined || depth + onwards > within) continue;
					if (to.badgeClass === undefined && hop.memberSlug === to.member) continue;
					next.push({ at: hop.memberSlug, path: [...path, hop], seen: new Set([...seen, hop.memberSlug]) });
				}
			}
			layer = next;
		}
		return { paths: found, isWhole: true };
	}

	/** Members that recognise a badge class, each by its shortest way: one that reaches the badge, or through others. */
	recognisersOf(badge: KnownBadge, within: number): Map<string, Path> {
		const found = new Map<string, Path>();
		let layer: { slug: string; path: Path }[] = [];
		// What is said of the badge itself comes before what is said of its issuer, and so on.
		const direct = (this.of.get(badge.owner) ?? [])
			.flatMap((one) => {
				const reach = reachOf(one, badge);
				return reach === undefined ? [] : [{ one, place: REACHES.indexOf(reach) }];
			})
			.sort((left, right) => left.place - right.place)
			.map(({ one }) => one);
		for (const one of direct) if (!found.has(one.bySlug)) layer.push(keep(found, one.bySlug, [one]));
		for (let depth = 2; depth <= within && layer.length > 0; depth += 1) {
			const next: typeof layer = [];
			for (const { slug, path } of layer) {
				for (const hop of this.of.get(slug) ?? []) {
					if (!isStep(hop, false) || hop.bySlug === badge.owner || found.has(hop.bySlug)) continue;
					next.push(keep(found, hop.bySlug, [hop, ...path]));
				}
			}
			layer = next;
		}
		return found;
	}

	/** Members up to `depth` recognitions away in either direction, nearest first, with their distance; at most `most`. */
	around(slug: string, depth: number, most: number): { distances: Map<string, number>; isWhole: boolean } {
		const distances = new Map([[slug, 0]]);
		let layer = [slug];
		for (let step = 1; step <= depth && layer.length > 0; step += 1) {
			const next: string[] = [];
			for (const at of layer) {
				const neighbours = [...(this.by.get(at) ?? []).map((one) => one.memberSlug), ...(this.of.get(at) ?? []).map((one) => one.bySlug)];
				for (const neighbour of neighbours) {
					if (distances.has(neighbour)) continue;
					if (distances.size >= most) return { distances, isWhole: false };
					distances.set(neighbour, step);
					next.push(neighbour);
				}
			}
			layer = next;
		}
		return { distances, isWhole: true };
	}

	/** Pairs that recognise each other, or badge classes of each other, in both directions; by slug. */
	mutual(): [string, string][] {
		const said = new Set(this.recognitions.map(({ bySlug, memberSlug }) => `${bySlug} ${memberSlug}`));
		return [...said]
			.map((pair) => pair.split(" ") as [string, string])
			.filter(([one, other]) => one < other && said.has(`${other} ${one}`))
			.sort(([a, b], [c, d]) => (a < c || (a === c && b < d) ? -1 : 1));
	}

	/** Pairs of members of which the first trusts the second as a whole, through at most `within` hops. */
	trusted(within: number): Set<string> {
		const pairs = new Set<string>();
		for (const from of this.by.keys()) {
			const seen = new Set([from]);
			let layer = [from];
			for (let depth = 1; depth <= within && layer.length > 0; depth += 1) {
				const next: string[] = [];
				for (const hop of layer.flatMap((at) => this.by.get(at) ?? [])) {
					if (!isStep(hop, false) || seen.has(hop.memberSlug)) continue;
					seen.add(hop.memberSlug);
					next.push(hop.memberSlug);
					pairs.add(`${from} ${hop.memberSlug}`);
				}
				layer = next;
			}
		}
		return pairs;
	}

	private distancesTo(to: { member: string; badgeClass?: string }, within: number, anyScope: boolean): Map<string, number> {
		const distances = new Map<string, number>();
		let layer = new Set((this.of.get(to.member) ?? []).filter((one) => reaches(one, to, anyScope)).map(({ bySlug }) => bySlug));
		for (let depth = 1; depth <= within && layer.size > 0; depth += 1) {
			const next = new Set<string>();
			for (const slug of layer) {
				if (distances.has(slug)) continue;
				distances.set(slug, depth);
				for (const hop of this.of.get(slug) ?? []) if (isStep(hop, anyScope)) next.add(hop.bySlug);
			}
			layer = next;
		}
		return distances;
	}
}

/** Recognitions that one question may look at. */
const MOST_STEPS = 20_000;

/** Whether one may go on from whom it recognises. */
function isStep({ scope }: Recognition, anyScope: boolean): boolean {
	return anyScope || scope === RecognitionScope.INSTITUTE;
}

function reaches(one: Recognition, { member, badgeClass }: { member: string; badgeClass?: string }, anyScope: boolean): boolean {
	if (one.memberSlug !== member) return false;
	return badgeClass === undefined ? isStep(one, anyScope) : reachOf(one, { id: badgeClass, owner: member }) !== undefined;
}

function keep(found: Map<string, Path>, slug: string, path: Path): { slug: string; path: Path } {
	found.set(slug, path);
	return { slug, path };
}

function add(map: Map<string, Recognition[]>, key: string, value: Recognition): void {
	const list = map.get(key);
	if (list) list.push(value);
	else map.set(key, [value]);
}
