import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect, useActionData, useLoaderData } from "react-router";
import { readBadgeNames } from "../badge/read-badge-names.ts";
import { notFound, openHub } from "../hub-client.ts";
import { localeOf, localised, useLocale, useTexts } from "../i18n/locale.ts";
import { To } from "../ui/link.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { DraftFields, type Found } from "./draft-fields.tsx";
import { History } from "./history.tsx";
import { refusalIn, sessionOf } from "./open-session.ts";
import { changeSteps, draftInput, EMPTY_STEP, fieldOf, type PathwayDraft, readDraft, withoutBlanks } from "./pathway-draft.ts";
import { privately, readStewardForm } from "./steward-form.ts";
import { RemoveDrawnPathway_Mutation, SaveDrawnPathway_Mutation, StewardPathway_Query, StewardSearch_Query } from "./steward-queries.ts";

const NEW = "nouveau";

export async function loader(args: LoaderFunctionArgs) {
	const session = sessionOf(args);
	const hub = session?.hub ?? openHub(args);
	const id = args.params.id ?? NEW;
	const isOpen = session !== null;
	const mayDraw = session?.claims.scopes.includes("pathways:draw") ?? false;
	if (id === NEW) {
		const draft: PathwayDraft = { version: null, name: "", description: "", steps: [{ ...EMPTY_STEP }, { ...EMPTY_STEP }] };
		return { id, title: "", draft, names: {}, history: [], isOpen, mayDraw };
	}
	const { drawnPathway } = await hub.need(StewardPathway_Query, { id });
	if (!drawnPathway) throw notFound();
	const { name, description, version, steps, history } = drawnPathway;
	const draft: PathwayDraft = {
		version,
		name,
		description,
		steps: steps.map(({ badgeClassId, competency, optional, note }) => ({
			kind: badgeClassId === null ? "competence" : "badge",
			value: badgeClassId ?? competency ?? "",
			optional,
			note,
		})),
	};
	return { id, title: name, draft, names: await namesIn(hub, draft), history, isOpen, mayDraw };
}

/** What became of a form: the draft as it was typed, changed as a button asked, with what is wrong where. */
interface Drafted {
	draft: PathwayDraft;
	names: Record<string, string>;
	refusal: { code: string; field: string | null } | null;
	/** Null where nothing was looked for. */
	found: readonly Found[] | null;
	search: string;
}

export async function action(args: ActionFunctionArgs) {
	const form = await readStewardForm(args);
	// A session may end while somebody writes: what they wrote comes back to them.
	const session = sessionOf(args);
	const hub = session?.hub ?? openHub(args);
	const id = args.params.id ?? NEW;
	const home = localised(localeOf(args.url.pathname), "/referent");
	const typed = readDraft(form);
	const search = (form.get("recherche") ?? "").trim().slice(0, 300);
	const intent = form.get("intention") ?? "";
	const back = async (draft: PathwayDraft, refusal: Drafted["refusal"] = null, found: Drafted["found"] = null) => {
		const answer: Drafted = { draft, names: await namesIn(hub, draft), refusal, found, search };
		return data(answer, { status: refusal === null ? 200 : 422 });
	};
	// Enter in a field: the search where something is looked for, else the whole.
	if (intent === "chercher" || (intent === "entree" && search !== "")) {
		const { data: answer } = search === "" ? { data: null } : await hub.ask(StewardSearch_Query, { query: search });
		return back(typed, null, answer?.searchBadges.edges.map(({ node }) => node) ?? []);
	}
	if (intent === "retirer") {
		if (form.get("certain") !== "1") return back(typed, { code: "NOT_SURE", field: "certain" });
		const { data: answer, errors } = await hub.ask(RemoveDrawnPathway_Mutation, { id, version: typed.version ?? 0 });
		const result = answer?.removeDrawnPathway;
		if (!result) return back(typed, { code: refusalIn(errors), field: null });
		if (result.__typename === "DrawnPathwayRefused") return back(typed, { code: result.code, field: null });
		return redirect(`${home}?fait=retire`, 303);
	}
	if (intent !== "enregistrer" && intent !== "entree") return back(changeSteps(typed, intent));
	const draft = withoutBlanks(typed);
	const { data: answer, errors } = await hub.ask(SaveDrawnPathway_Mutation, { pathway: draftInput(id === NEW ? null : id, draft) });
	const result = answer?.saveDrawnPathway;
	if (!result) return back(draft, { code: refusalIn(errors), field: null });
	if (result.__typename === "DrawnPathwayRefused") return back(draft, { code: result.code, field: fieldOf(result.field) });
	return redirect(`${home}?fait=enregistre`, 303);
}

const namesIn = (hub: Parameters<typeof readBadgeNames>[0], { steps }: PathwayDraft) =>
	readBadgeNames(
		hub,
		steps.flatMap(({ kind, value }) => (kind === "badge" ? value : [])),
	);

export const headers = privately;

export default function PathwayEditor() {
	const read = useLoaderData<typeof loader>();
	const answer = useActionData<typeof action>();
	const t = useTexts().steward;
	const locale = useLocale();
	const { draft, names } = answer ?? read;
	const refusal = answer?.refusal ?? null;
	const isNew = read.id === NEW;
	const messages: Record<string, string> = { ...t.refusals, ...t.problems };
	return (
		<>
			<meta name="robots" content="noindex" />
			<PageHead title={isNew ? t.create : t.editing(read.title)} trail={[["/referent", t.title]]} />
			{read.isOpen && !read.mayDraw && (
				<p className="notice notice--error" role="alert">
					{t.noScope}
				</p>
			)}
			{!read.isOpen && (
				<p className="notice notice--error" role="alert">
					{t.closed} <To to="/referent">{t.title}</To>
				</p>
			)}
			{refusal && (
				<div className="notice notice--error" role="alert">
					<p>
						{t.notSaved} <strong id="probleme">{messages[refusal.code] ?? t.problems.FAILED}</strong>
					</p>
					{refusal.field !== null && (
						<p>
							<a href={`#${refusal.field}`}>{t.goThere}</a>
						</p>
					)}
				</div>
			)}
			<form method="post" action={localised(locale, `/referent/parcours/${read.id}`)} className="steward-form">
				<DraftFields
					draft={draft}
					names={names}
					wrong={refusal?.field ?? null}
					found={answer?.found ?? null}
					search={answer?.search ?? ""}
				/>
				<p className="actions">
					<button type="submit" name="intention" value="enregistrer" className="button">
						{t.save}
					</button>
				</p>
				{!isNew && (
					<fieldset className="conditions">
						<legend>{t.remove}</legend>
						<label className="choice">
							<input type="checkbox" id="certain" name="certain" value="1" aria-invalid={refusal?.field === "certain" || undefined} />
							<span className="choice__label">{t.certain}</span>
						</label>
						<button type="submit" name="intention" value="retirer" className="button button--quiet">
							{t.remove}
						</button>
					</fieldset>
				)}
			</form>
			<History events={read.history} />
		</>
	);
}
