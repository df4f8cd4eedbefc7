import type { LoaderFunctionArgs } from "react-router";
import { type Hub, openHub } from "../hub-client.ts";
import { publicOrigin } from "../hub-context.ts";
import { type Locale, localeOf, localised } from "../i18n/locale.ts";
import { type Completeness, isWhole, sayCompleteness } from "./completeness.ts";
import { toCsv } from "./csv.ts";
import { type Ending, endingOf, FORM_TYPES } from "./endings.ts";
import { type Described, inContext } from "./schema-org.ts";
import { validated } from "./validated.ts";

/** In which language a form is written, and what its links begin with. */
export interface FormContext {
	locale: Locale;
	origin: string;
	/** The whole address of a page, in the language of the form. */
	address(path: string): string;
}

/** What a page is made of: each form is written from the same reading. */
export interface PageForms<Data> {
	/** Throws what the page throws: 404 for what does not exist, 503 while the hub cannot be read. */
	read(hub: Hub, args: LoaderFunctionArgs): Promise<Data>;
	/** Name of the file that is downloaded, without its ending. */
	name(data: Data, context: FormContext): string;
	/** The rows of the spreadsheet, the headings first. */
	rows(data: Data, context: FormContext): string[][];
	/** For programs, under the names of the hub's GraphQL. */
	json(data: Data): object;
	/** In the terms of schema.org. */
	describe(data: Data, context: FormContext): Described[];
	/** Whether the address says something of its reader: robots are then told to keep away from the answer. */
	personal?(data: Data): boolean;
	/** Set where the list is longer than one answer holds. */
	cut?(data: Data): Completeness["cut"];
}

/** The loader of a page's other forms: the ending of the address says which. */
export function answerForms<Data>(forms: PageForms<Data>) {
	return async (args: LoaderFunctionArgs): Promise<Response> => {
		const ending = endingOf(args.url.pathname);
		const hub = openHub(args);
		const data = await forms.read(hub, args);
		const completeness = { ...(await hub.absence()), cut: forms.cut?.(data) ?? null };
		const locale = localeOf(args.url.pathname);
		const origin = publicOrigin(hub.settings, args.request);
		const context = { locale, origin, address: (path: string) => origin + localised(locale, path) };
		const headers = {
			"Content-Type": contentType(ending),
			"Content-Language": locale,
			...(forms.personal?.(data) && { "X-Robots-Tag": "noindex" }),
		};
		if (ending === "json") return validated(args.request, toJson({ ...forms.json(data), completeness: tell(completeness) }), headers);
		const lacking = sayCompleteness(completeness, locale);
		if (ending === "jsonld") return validated(args.request, toJson(inContext(forms.describe(data, context), lacking)), headers);
		// In a spreadsheet nothing but the name of the file and a row of its own can say that something is missing.
		const rows = lacking === null ? forms.rows(data, context) : [...forms.rows(data, context), [lacking]];
		const name = `${forms.name(data, context)}${lacking === null ? "" : PARTIAL[locale]}.csv`;
		return validated(args.request, toCsv(rows), { ...headers, "Content-Disposition": `attachment; filename="${fileName(name)}"` });
	};
}

const PARTIAL = { fr: "-incomplet", en: "-partial" };

const tell = (completeness: Completeness) => ({ whole: isWhole(completeness), ...completeness });

const toJson = (value: unknown): string => `${JSON.stringify(value)}\n`;

// JSON and JSON-LD are UTF-8 by definition; their types have no such parameter (RFC 8259 §11).
const contentType = (ending: Ending): string => (ending === "csv" ? `${FORM_TYPES.csv}; charset=utf-8` : FORM_TYPES[ending]);

/** Ids have characters that some systems refuse in names of files. */
const fileName = (name: string): string => name.replace(/[^A-Za-z0-9._-]+/g, "-");
