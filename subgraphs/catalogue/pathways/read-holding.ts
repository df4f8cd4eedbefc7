import { isGlobalId } from "../../../schema/global-id.ts";
import { badInput } from "../../kit/errors.ts";
import { Holding } from "./holding.ts";

/** More badges than anybody holds. */
const MOST_HELD = 500;

/**
 * Reads the ids of what somebody holds, with the days on which they were earned where these are given. Throws a
 * `BAD_USER_INPUT` that names what is wrong.
 */
export function readHolding(ids: readonly string[], earnedOn?: readonly Date[] | null): Holding {
	if (ids.length > MOST_HELD) throw badInput("holding", `holds ${ids.length} badges, and may hold ${MOST_HELD}`);
	const wrong = ids.find((id) => !isGlobalId(id));
	if (wrong !== undefined)
		throw badInput("holding", `${JSON.stringify(wrong.slice(0, 100))} is not the id of a badge class, <institute>:<local id>`);
	if (earnedOn && earnedOn.length !== ids.length)
		throw badInput("earnedOn", `must hold one date for each of the ${ids.length} badges held, and holds ${earnedOn.length}`);
	return new Holding(
		ids.map((id, place) => ({ id, ...(earnedOn && { earnedOn: earnedOn[place] as Date }) })),
		new Date(),
	);
}
