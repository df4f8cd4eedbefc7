import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { EMBLEM_COLOURS } from "../../web/app/image/emblem.ts";

const css = readFileSync(new URL("../../web/app/styles/tokens.css", import.meta.url), "utf8");
const tokens = new Map([...css.matchAll(/--([a-z-]+):\s*(#[0-9a-f]{6})/g)].map(([, name = "", colour = ""]) => [name, colour]));

const GROUNDS = ["paper", "surface", "sunk"];

/** Every colour of text, with the grounds on which the style sheets put it. */
const TEXTS: Record<string, string[]> = {
	ink: [
		...GROUNDS,
		"blue-soft",
		"ochre-soft",
		"green-soft",
		"accent-soft",
		"highlight",
		"heat-none",
		"heat-low",
		"heat-some",
		"heat-many",
		"heat-most",
	],
	"ink-soft": [...GROUNDS, "green-soft"],
	link: [...GROUNDS, "blue-soft", "highlight", "green-soft"],
	"link-strong": ["blue-soft", "accent-soft"],
	accent: GROUNDS,
	green: ["green-soft", ...GROUNDS],
	ochre: ["ochre-soft"],
	violet: ["violet-soft", ...GROUNDS],
	"on-accent": ["accent", "blue", "link", "link-strong"],
};

/** Lines and signs that carry meaning: form fields, arrows, focus. */
const SIGNS = ["line-strong", "blue", "accent", "green"];

describe("the colours of the pages", () => {
	it.each(Object.entries(TEXTS).flatMap(([text, grounds]) => grounds.map((ground) => [text, ground] as const)))(
		"lets %s be read on %s",
		(text, ground) => {
			expect(contrast(colour(text), colour(ground))).toBeGreaterThanOrEqual(4.5);
		},
	);

	it.each(SIGNS.flatMap((sign) => GROUNDS.map((ground) => [sign, ground] as const)))("lets %s be seen on %s", (sign, ground) => {
		expect(contrast(colour(sign), colour(ground))).toBeGreaterThanOrEqual(3);
	});

	it("has no text on an emblem that cannot be read", () => {
		for (const [ground] of EMBLEM_COLOURS) expect(contrast("#ffffff", ground)).toBeGreaterThanOrEqual(4.5);
	});
});

function colour(name: string): string {
	const value = tokens.get(name);
	if (!value) throw new Error(`tokens.css has no --${name}`);
	return value;
}

/** WCAG 2.2, contrast ratio of two opaque colours. */
function contrast(a: string, b: string): number {
	const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
	return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
	const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
		const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
		return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
