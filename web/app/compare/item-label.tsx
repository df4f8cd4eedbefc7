import { Outside, To } from "../ui/link.tsx";
import type { Item } from "./facts.ts";

/** One thing that a badge has, leading to its page or to the issuer's address. */
export function ItemLabel({ item: { label, note, path, url, language } }: { item: Item }) {
	const text = <span lang={language}>{label}</span>;
	return (
		<>
			{path ? <To to={path}>{text}</To> : <Outside url={url}>{text}</Outside>} {note && <span className="from">{note}</span>}
		</>
	);
}
