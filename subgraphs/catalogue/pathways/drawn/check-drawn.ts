import { type EntityManager, In } from "typeorm";
import { isGlobalId } from "../../../../schema/global-id.ts";
import { BadgeHit } from "../../badge-hit.ts";
import { printable } from "../../harvest/wire-text.ts";
import { DrawnPathwayRefusal as Code, type DrawnPathwayInput, DrawnPathwayRefused, type DrawnStepInput } from "./drawn-answers.ts";

const LONGEST_NAME = 120;
const LONGEST_DESCRIPTION = 2000;
const LONGEST_NOTE = 500;
const LONGEST_COMPETENCY = 200;
const MOST_STEPS = 50;

/** A pathway as it is kept: texts trimmed, each step one thing. */
export interface CheckedPathway {
	name: string;
	description: string;
	steps: { badgeClassId: string | null; competency: string | null; optional: boolean; note: string }[];
}

export function refused(code: Code, field: string | null, message: string): DrawnPathwayRefused {
	return Object.assign(new DrawnPathwayRefused(), { code, field, message });
}

/** Reads what a steward wrote, or tells the first thing that is wrong with it. */
export async function checkDrawn(manager: EntityManager, input: DrawnPathwayInput): Promise<CheckedPathway | DrawnPathwayRefused> {
	const [name, description] = [clean(input.name), clean(input.description)];
	if (name === "") return refused(Code.NAME_EMPTY, "name", "The pathway needs a name.");
	const long =
		tooLong("name", name, LONGEST_NAME) ??
		tooLong("description", description, LONGEST_DESCRIPTION) ??
		input.steps.map(({ note }, place) => tooLong(`steps.${place}.note`, clean(note), LONGEST_NOTE)).find(Boolean);
	if (long) return long;
	if (input.steps.length === 0) return refused(Code.NO_STEP, "steps", "The pathway needs at least one step.");
	if (input.steps.length > MOST_STEPS)
		return refused(Code.TOO_MANY_STEPS, "steps", `The pathway has ${input.steps.length} steps, and may have ${MOST_STEPS}.`);
	const steps = input.steps.map(readStep);
	const wrong = steps.map(checkStep).find(Boolean);
	if (wrong) return wrong;
	const keys = steps.map(({ badgeClassId, competency }) => badgeClassId ?? `competency ${competency?.toLowerCase()}`);
	const twice = keys.findIndex((key, place) => keys.indexOf(key) < place);
	if (twice !== -1) {
		const field = `steps.${twice}.${steps[twice]?.badgeClassId ? "badgeClassId" : "competency"}`;
		return refused(Code.STEP_TWICE, field, `This step is step ${keys.indexOf(keys[twice] as string) + 1} already: leave one of them out.`);
	}
	if (steps.every(({ optional }) => optional))
		return refused(Code.ALL_OPTIONAL, "steps", "Every step is optional: make one of them required.");
	const unknown = await firstUnknown(manager, steps);
	if (unknown !== -1)
		return refused(
			Code.UNKNOWN_BADGE,
			`steps.${unknown}.badgeClassId`,
			"No member knows this badge: look for it in the search, and take the id of its page.",
		);
	return { name, description, steps };
}

const clean = (text: string): string => printable(text.replaceAll("\r\n", "\n")).trim();

function readStep({ badgeClassId, competency, optional, note }: DrawnStepInput): CheckedPathway["steps"][number] {
	return { badgeClassId: clean(badgeClassId ?? "") || null, competency: clean(competency ?? "") || null, optional, note: clean(note) };
}

function checkStep({ badgeClassId, competency }: CheckedPathway["steps"][number], place: number): DrawnPathwayRefused | undefined {
	if ((badgeClassId === null) === (competency === null))
		return refused(Code.WRONG_STEP, `steps.${place}.badgeClassId`, "Give either the id of a badge or a competency.");
	if (competency !== null) return tooLong(`steps.${place}.competency`, competency, LONGEST_COMPETENCY);
	if (isGlobalId(badgeClassId as string)) return undefined;
	return refused(Code.UNKNOWN_BADGE, `steps.${place}.badgeClassId`, "This is not the id of a badge, `<institute>:<badge>`.");
}

function tooLong(field: string, text: string, longest: number): DrawnPathwayRefused | undefined {
	if (text.length <= longest) return undefined;
	return refused(Code.TEXT_TOO_LONG, field, `This has ${text.length} characters, and may have ${longest}: shorten it.`);
}

async function firstUnknown(manager: EntityManager, steps: CheckedPathway["steps"]): Promise<number> {
	const ids = steps.flatMap(({ badgeClassId }) => badgeClassId ?? []);
	const known = new Set((await manager.find(BadgeHit, { where: { id: In(ids) }, select: { id: true } })).map(({ id }) => id));
	return steps.findIndex(({ badgeClassId }) => badgeClassId !== null && !known.has(badgeClassId));
}
