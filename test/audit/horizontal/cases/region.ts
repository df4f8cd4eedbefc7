import type { Row } from "../../../kit/member-server.ts";
import { rows } from "../case.ts";

/** Three members with eight badge classes, two of one name: the region of most cases. */
export const THREE: Record<string, Row[]> = {
	alpha: rows("alpha", { accueillir: "Accueillir", ecouter: "Écouter", reparer: "Réparer" }),
	beta: rows("beta", { accueillir: "accueillir", forger: "Forger", zinguer: "Zinguer" }),
	gamma: rows("gamma", { lire: "Lire", oeuvrer: "Œuvrer" }),
};

/** Ids of {@link THREE} in each order. */
export const BY_NAME = [
	"alpha:accueillir",
	"beta:accueillir",
	"alpha:ecouter",
	"beta:forger",
	"gamma:lire",
	"gamma:oeuvrer",
	"alpha:reparer",
	"beta:zinguer",
];
export const NEWEST_FIRST = [
	"alpha:reparer",
	"beta:zinguer",
	"alpha:ecouter",
	"beta:forger",
	"gamma:oeuvrer",
	"alpha:accueillir",
	"beta:accueillir",
	"gamma:lire",
];

/** `nodes { id }` of a list. */
export const nodes = (ids: readonly string[]) => ids.map((id) => ({ id }));

/** Ids without those of some members. */
export const without = (ids: readonly string[], ...slugs: string[]) => ids.filter((id) => !slugs.includes(id.split(":")[0] as string));
