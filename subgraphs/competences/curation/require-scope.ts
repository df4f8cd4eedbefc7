import type { Caller } from "../../kit/caller.ts";
import { SubgraphError } from "../../kit/errors.ts";

/** What a curator must have been granted. */
const CURATE = "alignments:curate";

/** The verified caller, if they may curate alignments. Throws `UNAUTHENTICATED` or `FORBIDDEN`. */
export function requireCurator(caller: Caller | undefined): Caller {
	if (!caller) throw new SubgraphError("UNAUTHENTICATED", "Who curates alignments must be known: send a token through the router.");
	if (!caller.scopes.has(CURATE)) throw new SubgraphError("FORBIDDEN", `Your token lacks the scope ${CURATE}.`);
	return caller;
}
