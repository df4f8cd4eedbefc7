import { fold } from "../../schema/global-id.ts";
import type { HarvestedBadge } from "../catalogue/harvest/wire.ts";

/** What an issuer wrote, as it was harvested. */
export type RawAlignment = HarvestedBadge["alignments"][number];

/** Frameworks that are told apart; `OTHER` for one that is named and not known, null where none is named. */
type NamedFramework = "ROME" | "ESCO" | "RNCP" | "RS" | "OTHER" | null;

/** A code that an alignment seems to hold. */
export interface CodeClue {
	kind: "ROME" | "OGR" | "ESCO" | "RNCP" | "RS" | "TERM";
	code: string;
	from: "CODE" | "ADDRESS" | "NAME";
	/** Whether its form alone says what it is a code of: `K1801`, the address of a concept. */
	telling: boolean;
}

/** Everything in an alignment that may say what it means, before anything is looked up. */
export interface AlignmentClues {
	framework: NamedFramework;
	/** The framework's name, folded. */
	frameworkName: string;
	/** In the order of their worth. */
	codes: CodeClue[];
	/** The name, folded, without a code in front of it. */
	label: string;
}

const ROME_NAME = /(^|_)rome(_|\d|$)|pole_emploi|france_?travail|repertoire_operationnel_des_metiers/;
const ROME_HOST = /(^|\.)(francetravail|pole-emploi)\.(fr|org|io)$/;
const CERTIFICATE_HOST = /(^|\.)francecompetences\.fr$/;
const ESCO_CONCEPT = /esco\/(?:skill|occupation)\/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/i;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const JOB_CODE = /^(?:rome)?[\s:_/-]*([A-N])[\s._-]?(\d{4})$/i;
const CERTIFICATE = /^(rncp|rs)[\s:_-]*(\d{1,6})$/i;
const LEADING_CODE = /^\s*\(?([A-N])[\s.-]?(\d{4})\)?\s*[:.–—-]?\s+/i;
const TRAILING_CODE = /\s*[([]\s*(?:rome\s*)?([A-N])[\s.-]?(\d{4})\s*[)\]]\s*$/i;

/** Reads an alignment. Nothing is required of it. */
export function readClues({ targetCode, targetUrl, targetFramework, targetName }: RawAlignment): AlignmentClues {
	const frameworkName = fold(targetFramework ?? "");
	const code = (targetCode ?? "").trim();
	const address = addressOf(targetUrl) ?? addressOf(code);
	const framework = frameworkOf(frameworkName, address, code);
	const codes: CodeClue[] = [];
	const add = (clue: CodeClue) => {
		if (!codes.some((known) => known.kind === clue.kind && known.code === clue.code)) codes.push(clue);
	};
	readCode(code, framework, add);
	if (address) readAddress(address, framework, add);
	const leading = LEADING_CODE.exec(targetName) ?? TRAILING_CODE.exec(targetName);
	if (leading) add({ kind: "ROME", code: `${leading[1]}${leading[2]}`.toUpperCase(), from: "NAME", telling: true });
	const name = leading ? targetName.replace(leading[0], " ") : targetName;
	return { framework, frameworkName, codes, label: fold(name) };
}

function frameworkOf(name: string, address: URL | undefined, code: string): NamedFramework {
	if (ROME_NAME.test(name)) return "ROME";
	if (/(^|_)esco(_|$)/.test(name)) return "ESCO";
	if (/(^|_)rncp(_|\d|$)/.test(name)) return "RNCP";
	if (/(^|_)rs(_|$)|repertoire_specifique/.test(name)) return "RS";
	if (/france_?competences/.test(name)) return /^rs/i.test(code) ? "RS" : "RNCP";
	if (name !== "") return "OTHER";
	if (address && ROME_HOST.test(address.hostname)) return "ROME";
	return null;
}

function readCode(code: string, framework: NamedFramework, add: (clue: CodeClue) => void): void {
	if (code === "") return;
	const from = "CODE" as const;
	const job = JOB_CODE.exec(code);
	if (job) add({ kind: "ROME", code: `${job[1]}${job[2]}`.toUpperCase(), from, telling: true });
	const certificate = CERTIFICATE.exec(code);
	if (certificate)
		add({ kind: (certificate[1] as string).toUpperCase() as "RNCP" | "RS", code: String(Number(certificate[2])), from, telling: true });
	else if ((framework === "RNCP" || framework === "RS") && /^\d{1,6}$/.test(code))
		add({ kind: framework, code: String(Number(code)), from, telling: false });
	const ogr = /^(ogr)?[\s:_-]*(\d{1,6})$/i.exec(code);
	if (ogr?.[2] && (framework === "ROME" || ogr[1] !== undefined || ogr[2].length === 6))
		add({ kind: "OGR", code: ogr[2], from, telling: ogr[1] !== undefined });
	if (UUID.test(code)) add({ kind: "ESCO", code: code.toLowerCase(), from, telling: false });
	add({ kind: "TERM", code: code.toUpperCase(), from, telling: false });
}

function readAddress(address: URL, framework: NamedFramework, add: (clue: CodeClue) => void): void {
	const from = "ADDRESS" as const;
	const text = `${address.hostname}${address.pathname}${address.search}${address.hash}`;
	const concept = ESCO_CONCEPT.exec(decode(text));
	if (concept?.[1]) add({ kind: "ESCO", code: concept[1].toLowerCase(), from, telling: true });
	if (CERTIFICATE_HOST.test(address.hostname)) {
		const page = /\/(rncp|rs)\/(?:rncp|rs)?(\d{1,6})/i.exec(address.pathname);
		if (page) add({ kind: (page[1] as string).toUpperCase() as "RNCP" | "RS", code: String(Number(page[2])), from, telling: true });
	}
	// Any number could be a code: only the referential's own pages count.
	if (!ROME_HOST.test(address.hostname) && framework !== "ROME" && address.protocol !== "urn:") return;
	const parts = decode(`${address.pathname}${address.search}${address.hash}`)
		.toUpperCase()
		.split(/[^A-Z0-9]+/)
		.reverse();
	for (const part of parts) {
		if (/^[A-N]\d{4}$/.test(part)) add({ kind: "ROME", code: part, from, telling: true });
		else if (/^\d{5,6}$/.test(part)) add({ kind: "OGR", code: part, from, telling: ROME_HOST.test(address.hostname) });
	}
}

/** An address, with or without `https://`; undefined for anything else. */
function addressOf(text: string | null): URL | undefined {
	const trimmed = (text ?? "").trim().replace(/^(https?):\/?(?=[^/])/i, "$1://");
	if (trimmed === "" || /\s/.test(trimmed)) return undefined;
	if (/^urn:(rome|esco)/i.test(trimmed) && URL.canParse(trimmed)) return new URL(trimmed);
	const whole = /^https?:\/\//i.test(trimmed) ? trimmed : /^[\w-]+(\.[\w-]+)+(\/|\?|$)/.test(trimmed) ? `https://${trimmed}` : "";
	return URL.canParse(whole) ? new URL(whole) : undefined;
}

function decode(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
