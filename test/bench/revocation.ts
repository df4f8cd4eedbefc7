import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { createClient } from "graphql-ws";
import WebSocket from "ws";
import { developmentToken } from "../../router/identity/development-issuer.ts";
import { signingKeyFile } from "../../subgraphs/demonstration/institutes.ts";
import { keepKeys } from "../../subgraphs/kit/key-file.ts";
import { authorityFolder, openAuthority } from "../../subgraphs/network/trust/authority.ts";
import { signStatement } from "../../subgraphs/network/trust/sign-statement.ts";
import { ask } from "../kit/ask.ts";
import { serveTestHub } from "../kit/served-hub.ts";
import { type Places, placesOfMember, placesOfRecognition } from "../kit/trust-places.ts";
import { until } from "../kit/until.ts";

/**
 * `npm run bench -- revocation`: milliseconds from the answer that a revocation, or a suspension, was recorded until the
 * recognition, or the member, is gone from each page and each answer, and until the subscription tells of it. Everything
 * is asked again and again at the same time, so that an answer also waits for the others.
 */

const ROUNDS = 15;
const BY = "relais-nievre";
const OF = "emfor-bfc";
const BADGE = `${OF}:super-accompagnateur`;
const PUBLISH = `mutation ($token: String!) { publishStatement(token: $token) { __typename
	... on StatementPublished { statement { id } } ... on NetworkChangeRefused { code message } } }`;
const SUSPEND = `mutation ($slug: ID!) { change: suspendMember(slug: $slug, reason: "Mesure.") { __typename } }`;
const READMIT = `mutation ($slug: ID!) { change: readmitMember(slug: $slug, reason: "Fin de la mesure.") { __typename } }`;

/** Milliseconds between two questions about one place. */
const PAUSE = 50;

/** What was seen of a place after one change. */
interface Seen {
	/** When the first answer came that did not show it. */
	gone: number;
	/** When the last answer was asked for that still showed it; 0 when none did. */
	lastShown: number;
}

interface Figure {
	median: number;
	worst: number;
	/** Of all rounds: whoever asked later than this was never shown it. */
	lastShown: number;
}

export async function benchRevocation(): Promise<Record<string, Record<string, Figure>>> {
	const served = await serveTestHub({ development: true });
	const { dataFolder } = served;
	const url = `${served.origin}/graphql`;
	const client = createClient({ url: url.replace("http", "ws"), webSocketImpl: WebSocket });
	try {
		let heard = 0;
		client.subscribe(
			{ query: "subscription { networkChanged { version } }" },
			{ next: () => void (heard = performance.now()), error: () => undefined, complete: () => undefined },
		);
		await until("the first event", () => heard > 0);
		const asked = { pages: served.origin, hub: served.origin };
		const { network } = openAuthority(authorityFolder(dataFolder));
		const keys = keepKeys(signingKeyFile(path.join(dataFolder, "keys"), BY));
		const publish = async (kind: "RECOGNITION" | "REVOCATION", claims: object): Promise<string> => {
			const token = await signStatement(keys, kind, { iss: BY, aud: network, ...claims });
			const { publishStatement: result } = (await ask(url, PUBLISH, { token })).data;
			if (result.__typename !== "StatementPublished") throw new Error(`${result.code}: ${result.message}`);
			return result.statement.id;
		};
		const recognise = (subject: object, reason: string) =>
			publish("RECOGNITION", { ...subject, since: Math.floor(Date.now() / 1000) - 60, reason });
		const bearer = {
			authorization: `Bearer ${await developmentToken(dataFolder, { subject: "marie", scope: "members:manage", minutes: 60 })}`,
		};
		const changeMember = async (mutation: string) => {
			const { data, errors } = await ask(url, mutation, { slug: BY }, bearer);
			if (data?.change.__typename !== "MemberStatusChanged") throw new Error(JSON.stringify(errors ?? data));
		};

		/** Each place is watched at the same time as the others, as its readers would. */
		/** Each place is watched at the same time as the others, as its readers would. */
		async function untilGone(seen: Record<string, Seen[]>, places: Places, change: () => Promise<unknown>): Promise<void> {
			for (const [name, shows] of Object.entries(places)) await until(`${name} to show it`, shows, 30_000);
			heard = 0;
			await change();
			const began = performance.now();
			await Promise.all([
				...Object.entries(places).map(async ([name, shows]) => void (seen[name] ??= []).push(await watch(name, shows, began))),
				until("the subscription", () => heard > 0).then(() => {
					const gone = Math.max(0, heard - began);
					(seen.subscription ??= []).push({ gone, lastShown: gone });
				}),
			]);
		}

		const revoked: Record<string, Seen[]> = {};
		for (let round = 0; round < ROUNDS; round += 1) {
			const statement = await recognise({ sub: BADGE, scope: "badge_class" }, `Mesure ${round}.`);
			await untilGone(revoked, placesOfRecognition(asked, { statement, by: BY, of: OF, badge: BADGE }), () =>
				publish("REVOCATION", { sub: statement, reason: "Fin de la mesure." }),
			);
		}
		const statement = await recognise({ sub: OF, scope: "member" }, "Mesure.");
		const { badgeClasses } = (await ask(url, `{ badgeClasses(first: 1, filter: { institutes: ["${BY}"] }) { nodes { id } } }`)).data;
		const places = placesOfMember(asked, { slug: BY, badge: badgeClasses.nodes[0].id, statement, of: OF });
		const suspended: Record<string, Seen[]> = {};
		for (let round = 0; round < ROUNDS; round += 1) {
			await untilGone(suspended, places, () => changeMember(SUSPEND));
			await changeMember(READMIT);
		}
		return { revoked: print("A recognition revoked", revoked), suspended: print("A member suspended", suspended) };
	} finally {
		await client.dispose();
		await served.stop();
	}
}

async function watch(name: string, shows: () => Promise<boolean>, began: number): Promise<Seen> {
	let lastShown = 0;
	for (;;) {
		const asked = performance.now() - began;
		if (!(await shows())) return { gone: performance.now() - began, lastShown };
		if (asked > 30_000) throw new Error(`${name} still shows it`);
		lastShown = asked;
		await delay(PAUSE);
	}
}

function print(title: string, places: Record<string, Seen[]>): Record<string, Figure> {
	process.stdout.write(`${title}, milliseconds until an answer is without it, ${ROUNDS} rounds:\n`);
	const figures: Record<string, Figure> = {};
	for (const [name, seen] of Object.entries(places)) {
		const gone = seen.map((one) => Math.round(one.gone)).sort((a, b) => a - b);
		const figure = {
			median: gone[Math.floor(gone.length / 2)] as number,
			worst: gone.at(-1) as number,
			lastShown: Math.round(Math.max(...seen.map(({ lastShown }) => lastShown))),
		};
		process.stdout.write(
			`  ${name.padEnd(36)} median ${figure.median}, worst ${figure.worst}; shown last to who asked after ${figure.lastShown}\n`,
		);
		figures[name] = figure;
	}
	return figures;
}
