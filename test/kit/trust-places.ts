import { decodeJwt } from "jose";
import { ask } from "./ask.ts";

/** Where something shows: each tells whether it still does, by asking as a user of the hub would. */
export type Places = Record<string, () => Promise<boolean>>;

interface Asked {
	/** Origin of the pages. */
	pages: string;
	/** Origin of the router and of what it lets through. */
	hub: string;
}

// biome-ignore lint/suspicious/noExplicitAny: answers of any shape.
const answer = async ({ hub }: Asked, query: string): Promise<any> => {
	const { data, errors } = await ask(`${hub}/graphql`, query);
	if (errors) throw new Error(JSON.stringify(errors));
	return data;
};
const page = async ({ pages }: Asked, path: string): Promise<string> =>
	(await fetch(pages + path)).text().then((html) => html.replaceAll("<!-- -->", "").replaceAll("&amp;", "&"));
const text = async ({ hub }: Asked, path: string): Promise<string> => (await fetch(hub + path)).text();
const trqp = async ({ hub }: Asked, query: "recognition" | "authorization", body: object): Promise<Record<string, unknown>> => {
	const response = await fetch(`${hub}/trqp/${query}`, {
		method: "POST",
		headers: { "content-type": "application/json" },
		body: JSON.stringify(body),
	});
	return (await response.json()) as Record<string, unknown>;
};

interface Stated {
	statement: { id: string } | null;
}

/** Where a recognition of `badge`, a badge class of the member `of`, by the member `by` shows. */
export function placesOfRecognition(asked: Asked, recognition: { statement: string; by: string; of: string; badge: string }): Places {
	const { statement, by, of, badge } = recognition;
	const link = `/reseau/declarations/${statement}`;
	const links = (path: string) => async () => (await page(asked, path)).includes(link);
	const has = (rows: Stated[]) => rows.some((one) => one.statement?.id === statement);
	return {
		"page of the network": links("/reseau"),
		"page of the network around a member": links(`/reseau?centre=${by}`),
		"table of the network": links(`/reseau.csv?centre=${by}`),
		"page of who recognises": links(`/etablissements/${by}`),
		"page of who is recognised": links(`/etablissements/${of}`),
		"page of the badge": links(`/badges/${badge}`),
		"home page": links("/"),
		"page of the search": async () => (await page(asked, `/badges?reconnu-par=${by}`)).includes(`href="/badges/${badge}"`),
		recognitions: async () => has((await answer(asked, "{ recognitions { statement { id } } }")).recognitions),
		recognitionPage: async () =>
			has((await answer(asked, `{ recognitionPage(member: "${by}") { nodes { statement { id } } } }`)).recognitionPage.nodes),
		"badgeClass.recognisedBy": async () =>
			has((await answer(asked, `{ badgeClass(id: "${badge}") { recognisedBy { statement { id } } } }`)).badgeClass.recognisedBy),
		"badgeClass.recognisers": async () => {
			const { badgeClass } = await answer(asked, `{ badgeClass(id: "${badge}") { recognisers { nodes { member { slug } through } } } }`);
			return badgeClass.recognisers.nodes.some(
				(one: { member: { slug: string }; through: string }) => one.member.slug === by && one.through === "BADGE_CLASS",
			);
		},
		trustPath: async () => {
			const { trustPath } = await answer(asked, `{ trustPath(from: "${by}", to: "${badge}") { paths { hops { statement { id } } } } }`);
			return trustPath.paths.some(({ hops }: { hops: Stated[] }) => has(hops));
		},
		egoNetwork: async () =>
			has((await answer(asked, `{ egoNetwork(member: "${by}") { recognitions { statement { id } } } }`)).egoNetwork.recognitions),
		searchBadges: async () => {
			const { searchBadges } = await answer(asked, `{ searchBadges(filter: { recognisedBy: ["${by}"] }) { edges { node { id } } } }`);
			return searchBadges.edges.some(({ node }: { node: { id: string } }) => node.id === badge);
		},
		"TRQP recognition": async () =>
			(await trqp(asked, "recognition", { entity_id: of, authority_id: by, action: "issue", resource: badge })).recognized === true,
	};
}

/** Where a member shows that is admitted, has published `badge`, and has said the statement `statement`, which recognises the member `of`. */
export function placesOfMember(asked: Asked, member: { slug: string; badge: string; statement: string; of: string }): Places {
	const { slug, badge, statement, of } = member;
	const link = `/reseau/declarations/${statement}`;
	return {
		"page of the network": async () => (await page(asked, "/reseau")).includes(link),
		"page around it": async () => (await fetch(`${asked.pages}/reseau?centre=${slug}`)).ok,
		"page of whom it recognises": async () => (await page(asked, `/etablissements/${of}`)).includes(link),
		"page of the institutes": async () => {
			const tile = (await page(asked, "/etablissements")).split("<li").find((item) => item.includes(`/etablissements/${slug}"`));
			return tile !== undefined && !tile.includes("Adhésion suspendue");
		},
		"page of its own": async () => {
			const response = await fetch(`${asked.pages}/etablissements/${slug}`);
			return response.ok && !(await response.text()).includes("Adhésion suspendue");
		},
		"page of the search": async () => (await page(asked, `/badges?institut=${slug}`)).includes(`href="/badges/${badge}"`),
		badgeClasses: async () => {
			// Not with a filter, which refuses the name of who is no member.
			const { badgeClasses } = await answer(asked, "{ badgeClasses(first: 100) { nodes { id } } }");
			return badgeClasses.nodes.some((one: { id: string }) => one.id === badge);
		},
		searchBadges: async () =>
			(await answer(asked, `{ searchBadges(filter: { institutes: ["${slug}"] }) { totalCount } }`)).searchBadges.totalCount > 0,
		institutes: async () => {
			const { institutes } = await answer(asked, "{ institutes { slug } }");
			return institutes.some((one: { slug: string }) => one.slug === slug);
		},
		recognitions: async () =>
			(await answer(asked, "{ recognitions { statement { id } } }")).recognitions.some((one: Stated) => one.statement?.id === statement),
		egoNetwork: async () => (await answer(asked, `{ egoNetwork(member: "${slug}") { members { distance } } }`)).egoNetwork !== null,
		"members' status": async () => {
			const { members } = await answer(asked, "{ members { slug status } }");
			return members.some((one: { slug: string; status: string }) => one.slug === slug && one.status === "ADMITTED");
		},
		"list of the registry": async () => (await text(asked, "/federation/registry.json")).includes(`/etablissements/${slug}`),
		"TRQP authorization": async () => {
			const { sub } = decodeJwt(await text(asked, "/.well-known/openid-federation"));
			return (
				(await trqp(asked, "authorization", { entity_id: slug, authority_id: sub, action: "issue", resource: badge })).authorized === true
			);
		},
		"TRQP recognition": async () =>
			(await trqp(asked, "recognition", { entity_id: of, authority_id: slug, action: "issue", resource: of })).recognized === true,
	};
}
