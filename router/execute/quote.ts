/** Text without anything to escape, which most names and ids are: quoting it is a concatenation. */
const PLAIN = /^[\x20\x21\x23-\x5b\x5d-\ud7ff\ue000-\uffff]*$/;

/** The JSON of a string. */
export function quote(text: string): string {
	return text.length < 64 && PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
}
