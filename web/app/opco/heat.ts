/** The shades of the heat map, from a hole to what many badges recognise. */
export type Heat = "none" | "low" | "some" | "many" | "most";

/** The shade of a number of badges: 0, 1, 2, 3 or 4, 5 and more. The number itself is always written beside it. */
export function heatOf(badgeCount: number): Heat {
	if (badgeCount <= 0) return "none";
	if (badgeCount >= 5) return "most";
	return badgeCount >= 3 ? "many" : badgeCount === 2 ? "some" : "low";
}
