import { type Behaviour, type MemberServer, type Row, startMember } from "../kit/member-server.ts";
import type { Random } from "./random.ts";
import { Timeline } from "./timeline.ts";

const MEMBERS = 20;
const ROWS_EACH = 4;

/** Bytes that the router takes of a member: a small limit, so that a flood costs this machine little. */
export const LARGEST_ANSWER = 200_000;

/** Local ids of the rows about which a liar lies. */
const STOLEN = 1;
export const STOLEN_NAME = "STOLEN";
const STOLEN_ISSUER = 2;

export interface ChaosMember {
	slug: string;
	rows: readonly Row[];
	server: MemberServer;
	timeline: Timeline;
	/** Whether its server is down, and must be started again. */
	isDown: boolean;
}

/** Rows whose names tell whose they are: a row in a wrong place is seen. */
function rowsFor(index: number): Row[] {
	const slug = slugOf(index);
	return Array.from({ length: ROWS_EACH }, (_, row) => ({
		id: `${slug}:r${row}`,
		name: `Badge ${row} of ${slug}`,
		createdAt: new Date(Date.UTC(2026, row, 1 + index)).toISOString(),
		tags: [],
		issuer: { id: `${slug}:issuer`, name: `Issuer of ${slug}` },
	}));
}

const slugOf = (index: number) => `member-${String(index).padStart(2, "0")}`;

export async function startMembers(contract: string): Promise<ChaosMember[]> {
	return Promise.all(
		Array.from({ length: MEMBERS }, async (_, index) => {
			const rows = rowsFor(index);
			const server = await startMember(slugOf(index), rows, { contract });
			return { slug: slugOf(index), rows, server, timeline: new Timeline(performance.now()), isDown: false };
		}),
	);
}

export const DISTURBANCES = ["kill", "freeze", "slow", "crawl", "lie", "shuffle", "garbage", "refuse", "cut", "flood"] as const;
export type Disturbance = (typeof DISTURBANCES)[number];

const BEHAVIOURS: Record<Exclude<Disturbance, "kill" | "lie">, Behaviour> = {
	freeze: { kind: "silent" },
	// Within its deadline: it must be waited for.
	slow: { kind: "slow", milliseconds: 150 },
	// Beyond its deadline.
	crawl: { kind: "slow", milliseconds: 5_000 },
	shuffle: { kind: "reversed" },
	garbage: { kind: "garbage", body: "<html>" },
	refuse: { kind: "garbage", body: "no", status: 503 },
	cut: { kind: "half" },
	flood: { kind: "huge", bytes: LARGEST_ANSWER },
};

/** Makes a good member something else. */
export async function disturb(member: ChaosMember, how: Disturbance, random: Random): Promise<void> {
	const { server, timeline, slug } = member;
	timeline.become("changing", performance.now());
	if (how === "kill") {
		member.isDown = true;
		await server.stop();
	} else if (how === "lie") {
		const victim = random.of(Array.from({ length: MEMBERS }, (_, index) => slugOf(index)).filter((one) => one !== slug));
		server.tamper((row) => {
			if (row.id.endsWith(`:r${STOLEN}`)) return { ...row, id: `${victim}:r${STOLEN}`, name: STOLEN_NAME };
			if (row.id.endsWith(`:r${STOLEN_ISSUER}`)) return { ...row, issuer: { id: `${victim}:issuer`, name: STOLEN_NAME } };
			return row;
		});
	} else server.behave(BEHAVIOURS[how]);
	timeline.become(how === "slow" ? "good" : how === "lie" || how === "shuffle" ? "liar" : "bad", performance.now());
}

export async function revive(member: ChaosMember): Promise<void> {
	const { server, timeline } = member;
	timeline.become("changing", performance.now());
	server.behave({ kind: "normal" });
	server.tamper(undefined);
	if (member.isDown) await server.start();
	member.isDown = false;
	// Nothing reads them here, and a minute of load leaves many.
	server.requests.length = 0;
	server.pages.length = 0;
	timeline.become("good", performance.now());
}
