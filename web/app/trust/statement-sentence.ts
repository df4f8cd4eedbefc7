import type { TrustTexts } from "../i18n/trust-texts.ts";
import type { StatementReading } from "./read-statement.ts";

/** What a statement says, as one sentence. */
export function sayStatement({ statement, claims, author, subject }: StatementReading, texts: TrustTexts): string {
	const t = texts.statement;
	const by = author.kind === "hub" ? t.hub : author.kind === "collective" ? t.collective(author.name) : author.name;
	const of = subject.kind === "hub" ? lower(t.hub) : subject.kind === "collective" ? lower(t.collective(subject.name)) : subject.name;
	const claim = (name: string) => String(claims[name] ?? "");
	switch (statement.type) {
		case "MEMBERSHIP":
			return pick(t.membership, claim("status"), "admitted")(by, of);
		case "AFFILIATION":
			return claim("status") === "ended" ? t.affiliationEnded(by, of) : t.affiliation(by, of);
		case "RECOGNITION":
			if (claims.scope === "field") return t.recognition.field(by, of, claim("field"));
			if (claims.scope === "issuer") return t.recognition.issuer(by, of);
			return claims.scope === "badge_class" ? t.recognition.badge(by, of) : t.recognition.whole(by, of);
		case "REVOCATION":
			return t.revocation(by);
		case "KEY": {
			const say = author.kind === subject.kind && author.id === subject.id ? t.key.own : t.key;
			if (claims.event === "compromised") return say.compromised(by, of);
			return claims.event === "rotated" ? say.replaced(by, of) : say.registered(by, of);
		}
		case "MARK":
			return pick(t.mark, claim("mark"), "charter")(by, of);
		case "DELEGATION":
			return pick(t.delegation, claim("mark"), "qualiopi")(by, of);
	}
}

function pick<Value>(from: Record<string, Value>, key: string, otherwise: string): Value {
	return (Object.hasOwn(from, key) ? from[key] : from[otherwise]) as Value;
}

const lower = (text: string): string => text.charAt(0).toLocaleLowerCase() + text.slice(1);
