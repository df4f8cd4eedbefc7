import type { AuditCase } from "./case.ts";
import { COMPLETENESS } from "./cases/completeness.ts";
import { ENTITIES } from "./cases/entities.ts";
import { FAILURES } from "./cases/failures.ts";
import { GATHERING } from "./cases/gathering.ts";
import { MEMBERSHIP } from "./cases/membership.ts";
import { MUTATIONS } from "./cases/mutations.ts";
import { PAGING } from "./cases/paging.ts";
import { PRUNING } from "./cases/pruning.ts";
import { ROUTING } from "./cases/routing.ts";
import { SUBSCRIPTIONS } from "./cases/subscriptions.ts";

/** Every case, by subject. */
export const CASES: ReadonlyMap<string, readonly AuditCase[]> = new Map([
	["routing", ROUTING],
	["gathering", GATHERING],
	["paging", PAGING],
	["completeness", COMPLETENESS],
	["entities", ENTITIES],
	["failures", FAILURES],
	["subscriptions", SUBSCRIPTIONS],
	["mutations", MUTATIONS],
	["membership", MEMBERSHIP],
	["pruning", PRUNING],
]);
