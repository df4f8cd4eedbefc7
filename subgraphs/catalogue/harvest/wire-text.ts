import { z } from "zod";

/** What the harvest accepts as a text of a member. */

/** Control characters other than line ends, which no page could show; PostgreSQL refuses the first of them. Halves of characters. */
const UNPRINTABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;
const HALVES = /\p{Surrogate}/gu;

export function printable(text: string): string {
	return text.replace(UNPRINTABLE, " ").replace(HALVES, "\ufffd");
}

/** A text that a page can show. */
export const text = (longest: number) => z.string().max(longest, `is longer than ${longest} characters`).transform(printable);
