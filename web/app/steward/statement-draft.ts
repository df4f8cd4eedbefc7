/** What somebody wants to sign, as the form of the page holds it: all in the address, nothing kept. */
export interface StatementDraft {
	kind: "reconnaitre" | "revoquer";
	by: string;
	scope: Scope;
	subject: string;
	field: string;
	since: string;
	until: string;
	statement: string;
	reason: string;
}

export const SCOPES = ["member", "badge_class", "issuer", "field"] as const;
type Scope = (typeof SCOPES)[number];

/** Fields of the form; each is the name of its control too. */
export type DraftField = "de" | "objet" | "domaine" | "depuis" | "fin" | "declaration" | "raison";

const SLUG = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const ROW = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?:[A-Za-z0-9._~-]{1,200}$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const STATEMENT = /^[A-Za-z0-9_-]{43}$/;

export function readStatementDraft(parameters: URLSearchParams): StatementDraft {
	const text = (name: string, longest = 2000) =>
		(parameters.get(name) ?? "")
			.replace(/\p{Cc}+/gu, " ")
			.trim()
			.slice(0, longest);
	return {
		kind: parameters.get("acte") === "revoquer" ? "revoquer" : "reconnaitre",
		by: text("de", 63),
		scope: SCOPES.find((scope) => scope === parameters.get("portee")) ?? "member",
		subject: lastPart(text("objet", 500)),
		field: text("domaine", 300),
		since: text("depuis", 10),
		until: text("fin", 10),
		statement: lastPart(text("declaration", 500)),
		reason: text("raison"),
	};
}

/** People paste the address of a page: its last part is the id. */
function lastPart(text: string): string {
	if (!/^https?:\/\//.test(text) || !URL.canParse(text)) return text;
	try {
		return decodeURIComponent(new URL(text).pathname.split("/").at(-1) ?? "");
	} catch {
		return text;
	}
}

/** The fields that are missing or cannot be right, in the order of the form. Whether they name what exists, the hub says. */
export function wrongFields(draft: StatementDraft): DraftField[] {
	const wrong: DraftField[] = SLUG.test(draft.by) ? [] : ["de"];
	if (draft.kind === "revoquer") {
		if (!STATEMENT.test(draft.statement)) wrong.push("declaration");
	} else {
		const isRow = draft.scope === "badge_class" || draft.scope === "issuer";
		if (!(isRow ? ROW : SLUG).test(draft.subject)) wrong.push("objet");
		if (draft.scope === "field" && draft.field === "") wrong.push("domaine");
		if (draft.since !== "" && !DAY.test(draft.since)) wrong.push("depuis");
		if (draft.until !== "" && !DAY.test(draft.until)) wrong.push("fin");
	}
	if (draft.reason === "") wrong.push("raison");
	return wrong;
}

/** The command by which the institute signs it, with its own key, where that key is. `origin` is the hub's address. */
export function signCommand(draft: StatementDraft, origin: string): string {
	const common = ["--hub", quote(origin), "--keys", "cles.json", "--by", draft.by];
	const words =
		draft.kind === "revoquer"
			? ["revoke", ...common, "--statement", draft.statement]
			: [
					"recognise",
					...common,
					"--subject",
					draft.subject,
					"--scope",
					draft.scope,
					...(draft.scope === "field" ? ["--field", quote(draft.field)] : []),
					...(draft.since ? ["--since", draft.since] : []),
					...(draft.until ? ["--until", draft.until] : []),
				];
	return ["npm run -s sign --", ...words, "--reason", quote(draft.reason), "--print", "yes"].join(" ");
}

/** As a shell reads it back unchanged. */
function quote(text: string): string {
	return /^[A-Za-z0-9:/._~-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
