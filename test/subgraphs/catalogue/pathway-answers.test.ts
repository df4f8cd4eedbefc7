import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ask } from "../network/test-hub.ts";
import { startTestRegion, type TestRegion } from "./test-region.ts";

const GOAL = "emfor-bfc:super-accompagnateur";
const DECODER = "emfor-bfc:decodeur-de-l-environnement-efop";
const SINGULARITY = "emfor-bfc:la-singularite-une-richesse-a-explorer";

let region: TestRegion;

beforeAll(async () => {
	region = await startTestRegion(["emfor-bfc"]);
});
afterAll(() => region.stop());

const query = async (text: string, variables: Record<string, unknown> = {}) => ask(region.catalogue.url, text, variables);

describe("« Super accompagnateur » for somebody who holds one of its badges", () => {
	it("tells what is met, what is missing and how far it is", async () => {
		const { data } = await query(
			"query ($goal: ID!, $holding: [ID!]!) { progress(badgeClassId: $goal, holding: $holding) { met share parts { kind group needed id met reason badgeClass { id } } } }",
			{ goal: GOAL, holding: [DECODER] },
		);
		expect(data.progress).toMatchObject({ met: false, share: 0.5 });
		expect(data.progress.parts[0]).toMatchObject({ kind: "AT_LEAST", group: null, needed: 2, met: false, reason: "NOT_ENOUGH" });
		expect(data.progress.parts).toEqual(
			expect.arrayContaining([
				{ kind: "BADGE", group: 0, needed: null, id: DECODER, met: true, reason: "HELD", badgeClass: { id: DECODER } },
				{ kind: "BADGE", group: 0, needed: null, id: SINGULARITY, met: false, reason: "NOT_HELD", badgeClass: { id: SINGULARITY } },
			]),
		);
	});

	it("shows the way, and what to do next", async () => {
		const { data } = await query(
			`query ($goal: ID!, $holding: [ID!]!) {
				shortestWay(badgeClassId: $goal, holding: $holding) { exact atLeast badges { id name badgeClass { id } } }
				nextSteps(holding: $holding, goal: $goal) { badge { id } towards completes }
				begun: nextSteps(holding: $holding) { badge { id } towards completes }
			}`,
			{ goal: GOAL, holding: [DECODER] },
		);
		expect(data.shortestWay).toMatchObject({ exact: true, atLeast: 2, badges: [{ id: SINGULARITY }, { id: GOAL }] });
		expect(data.nextSteps).toEqual([{ badge: { id: SINGULARITY }, towards: [GOAL], completes: true }]);
		expect(data.begun).toContainEqual({ badge: { id: SINGULARITY }, towards: [GOAL], completes: true });
	});

	it("is in reach when both are held", async () => {
		const { data } = await query("query ($holding: [ID!]!) { unlocks(holding: $holding) { id name } }", {
			holding: [DECODER, SINGULARITY],
		});
		expect(data.unlocks).toEqual([{ id: GOAL, name: "Super accompagnateur" }]);
	});

	it("has no way where its institute is left out", async () => {
		const { data } = await query(
			'query ($goal: ID!) { shortestWay(badgeClassId: $goal, holding: [], within: { withoutInstitutes: ["emfor-bfc"] }) { exact } }',
			{ goal: GOAL },
		);
		expect(data.shortestWay).toBeNull();
	});
});

describe("a question about pathways", () => {
	it("says what is wrong with a holding", async () => {
		const wrong = await query('{ unlocks(holding: ["a b"]) { id } }');
		expect(wrong.errors?.[0]).toMatchObject({ extensions: { code: "BAD_USER_INPUT", field: "holding" } });
		const many = await query("query ($h: [ID!]!) { unlocks(holding: $h) { id } }", {
			h: Array.from({ length: 501 }, (_, index) => `a:${index}`),
		});
		expect(many.errors?.[0]?.message).toContain("501");
	});

	it("about a badge that nobody knows has no answer, and no error", async () => {
		const { data, errors } = await query(
			'{ progress(badgeClassId: "emfor-bfc:none", holding: []) { met } odd: progress(badgeClassId: "\\u0000", holding: []) { met } shortestWay(badgeClassId: "x", holding: []) { exact } nextSteps(holding: [], goal: "?") { completes } }',
		);
		expect(errors).toBeUndefined();
		expect(data).toEqual({ progress: null, odd: null, shortestWay: null, nextSteps: [] });
	});
});
