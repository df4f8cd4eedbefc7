import { createHash } from "node:crypto";

/** Ground and ring of an emblem; white letters stand at more than 4.5:1 on each ground (a test computes it). */
export const EMBLEM_COLOURS = [
	["#1f4e79", "#8fb4d6"],
	["#9a3b21", "#e8b49f"],
	["#2f6246", "#a3cdb2"],
	["#6b3f7c", "#cfb0da"],
	["#7a5410", "#e2c07e"],
	["#2c5f6b", "#9ccbd4"],
	["#8a2f52", "#e3a9bf"],
	["#454b7a", "#b4b9e0"],
] as const;

const OUTLINES = [
	"M60 6l47 27v54l-47 27-47-27V33z",
	"M60 6a54 54 0 1 1 0 108a54 54 0 1 1 0-108z",
	"M60 6c18 9 34 12 48 12v44c0 26-20 43-48 52c-28-9-48-26-48-52V18c14 0 30-3 48-12z",
	"M38 8h44l30 30v44l-30 30H38L8 82V38z",
];

const RINGS = ["", "4 4", "1 5", "12 4 2 4"];

/** A picture of a badge that has none: always the same for the same name, never twice quite the same for two. */
export function drawEmblem(name: string): string {
	const [colour = 0, outline = 0, ring = 0, turn = 0] = createHash("sha256").update(name).digest();
	const [ground, light] = EMBLEM_COLOURS[colour % EMBLEM_COLOURS.length] ?? EMBLEM_COLOURS[0];
	const path = OUTLINES[outline % OUTLINES.length];
	const dash = RINGS[ring % RINGS.length];
	const letters = initialsOf(name);
	const size = [0, 46, 40, 32][letters.length] ?? 32;
	const rays = [0, 1, 2].map((place) => {
		const angle = ((turn / 255) * 60 + place * 60) * (Math.PI / 180);
		const [x, y] = [52 * Math.cos(angle), 52 * Math.sin(angle)];
		return `M${(60 - x).toFixed(1)} ${(60 - y).toFixed(1)}L${(60 + x).toFixed(1)} ${(60 + y).toFixed(1)}`;
	});
	return [
		'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 120" width="120" height="120">',
		`<clipPath id="c"><path d="${path}"/></clipPath>`,
		`<path d="${path}" fill="${ground}"/>`,
		`<path d="${rays.join("")}" stroke="${light}" stroke-opacity=".22" stroke-width="9" fill="none" clip-path="url(#c)"/>`,
		`<circle cx="60" cy="60" r="36" fill="${ground}" stroke="${light}" stroke-width="3"${dash ? ` stroke-dasharray="${dash}"` : ""}/>`,
		`<text x="60" y="60" fill="#fff" font-family="system-ui,sans-serif" font-size="${size * 0.82}" font-weight="700" text-anchor="middle" dominant-baseline="central">${letters.join("")}</text>`,
		"</svg>",
	].join("");
}

const SMALL_WORDS = new Set(
	"a à au aux avec ce ces d dans de des du en et il j l la le les leur ma mon n ou par pour qu s sa sans ses son sous sur un une vers and for of the to with".split(
		" ",
	),
);

/** Up to two letters, of the words that carry the name; safe in XML, being letters and digits only. */
function initialsOf(name: string): string[] {
	const words = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
	const heavy = words.filter((word) => !SMALL_WORDS.has(word.toLowerCase()));
	const letters = (heavy.length > 0 ? heavy : words).slice(0, 2).map((word) => [...word.toUpperCase()][0] ?? "");
	return letters.length > 0 ? letters : ["·"];
}
