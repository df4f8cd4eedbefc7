import type { DocumentNode, GraphQLSchema } from "graphql";
import type { Horizontal } from "../../schema/horizontal.ts";
import type { Fragments } from "../execute/collect-fields.ts";
import type { Execution, SubgraphError } from "../execute/execution.ts";
import type { Json } from "../execute/json.ts";
import type { RootField } from "./analyse.ts";
import type { FanOut } from "./fan-out.ts";
import type { Members } from "./member.ts";

/** What the compilers of root fields work with. */
export interface RootCompilation {
	document: DocumentNode;
	fragments: Fragments;
	schema: GraphQLSchema;
	horizontal: Horizontal;
	members: Members;
	fanOut: FanOut;
	/** Mutations are sent once. */
	isMutation: boolean;
}

/** Runs one root field: its value, or null with its errors. Never rejects. */
export type RootRunner = (variables: Record<string, unknown>, execution: Execution) => Promise<{ value: Json; errors: SubgraphError[] }>;

export type CompileRoot = (field: RootField, compilation: RootCompilation) => RootRunner;
