import { type BreakingChange, buildSchema, type DangerousChange, findBreakingChanges, findDangerousChanges } from "graphql";

export interface SchemaDiff {
	/** What a client that works today would lose. */
	breaking: readonly BreakingChange[];
	/** What may change the meaning of what a client asks. */
	dangerous: readonly DangerousChange[];
}

/** Compares two versions of what clients see. */
export function diffSchemas(before: string, after: string): SchemaDiff {
	const [old, young] = [buildSchema(before), buildSchema(after)];
	return { breaking: findBreakingChanges(old, young), dangerous: findDangerousChanges(old, young) };
}
