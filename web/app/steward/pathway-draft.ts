/** A pathway as it stands in the editor's form: whatever was typed, right or wrong. */
export interface PathwayDraft {
	/** Of the version that was read; null for a new pathway. */
	version: number | null;
	name: string;
	description: string;
	steps: DraftStep[];
}

export interface DraftStep {
	kind: "badge" | "competence";
	/** Id of a badge, or code of a competency. */
	value: string;
	optional: boolean;
	note: string;
}

export const EMPTY_STEP: DraftStep = { kind: "badge", value: "", optional: false, note: "" };
/** Beyond, the catalogue refuses; a form with more is cut. */
const MOST_STEPS = 60;

/** Name of a step's field; also its id on the page. */
export const stepField = (place: number, name: "nature" | "valeur" | "note" | "facultative"): string => `e${place}-${name}`;

/** Reads what the form holds. Steps are counted by the field `etapes`. */
export function readDraft(form: URLSearchParams): PathwayDraft {
	const text = (name: string) => form.get(name) ?? "";
	const count = Math.min(MOST_STEPS, Math.max(0, Number.parseInt(text("etapes"), 10) || 0));
	const version = Number.parseInt(text("version"), 10);
	return {
		version: Number.isNaN(version) ? null : version,
		name: text("nom"),
		description: text("description"),
		steps: Array.from({ length: count }, (_, place) => ({
			kind: text(stepField(place, "nature")) === "competence" ? "competence" : "badge",
			value: badgeIn(text(stepField(place, "valeur"))),
			optional: text(stepField(place, "facultative")) === "1",
			note: text(stepField(place, "note")),
		})),
	};
}

/** The id in the address of a badge's page; any other text as it is. */
function badgeIn(text: string): string {
	const [, id] = /\/badges\/([^/?#\s]+)/.exec(text) ?? [];
	return (id === undefined ? text : safeDecode(id)).trim();
}

function safeDecode(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

/** What a button beside a step, or under them, asks for: `monter:2`, `descendre:2`, `oter:2`, `ajouter:<badge id>`, `etape`. */
export function changeSteps(draft: PathwayDraft, intent: string): PathwayDraft {
	const [verb, ...rest] = intent.split(":");
	const argument = rest.join(":");
	const place = Number.parseInt(argument, 10);
	const steps = [...draft.steps];
	if (verb === "etape") steps.push({ ...EMPTY_STEP });
	if (verb === "ajouter" && argument !== "") steps.push({ ...EMPTY_STEP, value: argument });
	if (verb === "oter") steps.splice(place, 1);
	const other = verb === "monter" ? place - 1 : verb === "descendre" ? place + 1 : place;
	const [one, two] = [steps[place], steps[other]];
	if ((verb === "monter" || verb === "descendre") && one && two) [steps[place], steps[other]] = [two, one];
	return { ...draft, steps };
}

/** Without the steps in which nothing was written. */
export const withoutBlanks = (draft: PathwayDraft): PathwayDraft => ({
	...draft,
	steps: draft.steps.filter(({ value, note }) => value !== "" || note.trim() !== ""),
});

/** As the hub takes it. */
export function draftInput(id: string | null, { version, name, description, steps }: PathwayDraft) {
	return {
		id,
		version,
		name,
		description,
		steps: steps.map(({ kind, value, optional, note }) => ({
			badgeClassId: kind === "badge" ? value : null,
			competency: kind === "competence" ? value : null,
			optional,
			note,
		})),
	};
}

/** The form's field behind one of the hub's, as `steps.2.badgeClassId`; null where the whole is meant. */
export function fieldOf(field: string | null): string | null {
	if (field === null) return null;
	if (field === "name") return "nom";
	const [, place, part] = /^steps\.(\d+)\.(\w+)$/.exec(field) ?? [];
	if (place !== undefined) return stepField(Number(place), part === "note" ? "note" : "valeur");
	return field === "steps" ? "etapes" : field;
}
