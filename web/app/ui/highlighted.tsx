/** Text with the words that were searched for. */
export function Highlighted({ segments }: { segments: readonly { text: string; match: boolean }[] }) {
	// biome-ignore lint/suspicious/noArrayIndexKey: segments have no other identity than their place.
	return segments.map(({ text, match }, place) => (match ? <mark key={place}>{text}</mark> : <span key={place}>{text}</span>));
}
