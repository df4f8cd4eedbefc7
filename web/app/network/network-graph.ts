import type { NetworkLink, NetworkNode } from "./layout.ts";

interface RecognitionEnds {
	by: { slug: string };
	member: { slug: string };
	scope: "INSTITUTE" | "BADGE_CLASS" | "ISSUER" | "FIELD";
}

/** More boxes than this are no picture any more. */
export const MAX_DRAWN = 60;

/** The recognitions as lines between members: one per pair, whatever the number of recognitions between the two. */
export function linksOf(recognitions: readonly RecognitionEnds[]): NetworkLink[] {
	const links = new Map<string, NetworkLink>();
	for (const { by, member, scope } of recognitions) {
		if (by.slug === member.slug) continue;
		const back = links.get(`${member.slug} ${by.slug}`);
		if (back) back.mutual = true;
		const link = back ?? links.get(`${by.slug} ${member.slug}`) ?? { from: by.slug, to: member.slug, mutual: false, partial: true };
		if (scope === "INSTITUTE") link.partial = false;
		if (!back) links.set(`${by.slug} ${member.slug}`, link);
	}
	// A line both ways has no first end: whichever recognised first, the picture is the same.
	return [...links.values()].map((link) => (link.mutual && link.from > link.to ? { ...link, from: link.to, to: link.from } : link));
}

/** What is drawn: the members that a line touches, the most linked ones if they are too many; around one, its neighbours and its own lines. */
export function selectDrawn(members: readonly NetworkNode[], links: readonly NetworkLink[], centre?: string) {
	const near = centre
		? new Set([centre, ...links.flatMap(({ from, to }) => (from === centre ? [to] : to === centre ? [from] : []))])
		: null;
	const degree = new Map<string, number>();
	for (const { from, to } of links) for (const id of [from, to]) degree.set(id, (degree.get(id) ?? 0) + 1);
	const linked = members.filter(({ id }) => (near ? near.has(id) : degree.has(id)));
	const nodes = linked
		.toSorted((a, b) => Number(b.id === centre) - Number(a.id === centre) || (degree.get(b.id) ?? 0) - (degree.get(a.id) ?? 0))
		.slice(0, MAX_DRAWN);
	const kept = new Set(nodes.map(({ id }) => id));
	return {
		nodes,
		links: links.filter(({ from, to }) => kept.has(from) && kept.has(to) && (!centre || from === centre || to === centre)),
		isolated: near ? [] : members.filter(({ id }) => !degree.has(id)),
		cut: linked.length > nodes.length,
	};
}
