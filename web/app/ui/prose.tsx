import { Fragment, type ReactNode } from "react";
import { Outside } from "./link.tsx";

/**
 * An issuer's text. Open Badges allows Markdown in criteria: paragraphs, lists, headings, bold, emphasis and links are
 * drawn, all the rest stays text. No HTML of theirs ever reaches the page.
 */
export function Prose({ text, language }: { text: string; language?: string | undefined }) {
	const blocks = text.replaceAll("\r\n", "\n").split(/\n\s*\n/);
	return (
		<div className="prose" lang={language}>
			{blocks.map((block, place) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: blocks have no other identity than their place.
				<Block key={place} text={block.trim()} />
			))}
		</div>
	);
}

const BULLET = /^\s*[-*•]\s+/;
const NUMBER = /^\s*\d+[.)]\s+/;

function Block({ text }: { text: string }) {
	if (text === "") return null;
	const lines = text.split("\n");
	const first = lines.findIndex((line) => BULLET.test(line) || NUMBER.test(line));
	if (first === -1) return <p>{inline(text.replace(/^#{1,6}\s+/, ""))}</p>;
	const marker = BULLET.test(lines[first] ?? "") ? BULLET : NUMBER;
	const List = marker === BULLET ? "ul" : "ol";
	const items: string[] = [];
	for (const line of lines.slice(first)) {
		if (marker.test(line) || items.length === 0) items.push(line.replace(marker, ""));
		else items[items.length - 1] += ` ${line.trim()}`;
	}
	return (
		<>
			{first > 0 && <p>{inline(lines.slice(0, first).join("\n"))}</p>}
			<List>
				{items.map((item, place) => (
					// biome-ignore lint/suspicious/noArrayIndexKey: items have no other identity than their place.
					<li key={place}>{inline(item)}</li>
				))}
			</List>
		</>
	);
}

const INLINE = /\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*|\[([^\]]+)\]\((https?:\/\/[^\s)]+)\)|(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)])|(\n)/g;

function inline(text: string): ReactNode[] {
	const parts: ReactNode[] = [];
	let end = 0;
	for (const match of text.matchAll(INLINE)) {
		const [whole, bold, emphasis, label, url, address, newline] = match;
		parts.push(text.slice(end, match.index));
		if (bold) parts.push(<strong key={match.index}>{bold}</strong>);
		else if (emphasis) parts.push(<em key={match.index}>{emphasis}</em>);
		else if (newline) parts.push(<br key={match.index} />);
		else
			parts.push(
				<Outside key={match.index} url={url ?? address}>
					{label ?? address}
				</Outside>,
			);
		end = match.index + whole.length;
	}
	return [...parts, <Fragment key="end">{text.slice(end)}</Fragment>];
}
