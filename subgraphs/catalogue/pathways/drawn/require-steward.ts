import type { Caller } from "../../../kit/caller.ts";
import { SubgraphError } from "../../../kit/errors.ts";

/** What a steward who draws pathways must have been granted. */
const DRAW = "pathways:draw";

/** The verified caller, if they may draw pathways. Throws `UNAUTHENTICATED` or `FORBIDDEN`. */
export function requireSteward(caller: Caller | undefined): Caller {
	if (!caller) throw new SubgraphError("UNAUTHENTICATED", "Who draws pathways must be known: send a token through the router.");
	if (!caller.scopes.has(DRAW)) throw new SubgraphError("FORBIDDEN", `Your token lacks the scope ${DRAW}.`);
	return caller;
}
