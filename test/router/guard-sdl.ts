import { readFileSync } from "node:fs";
import path from "node:path";
import { composeSupergraph } from "../../schema/compose.ts";

const SCHEMA = path.resolve(import.meta.dirname, "../../schema");

export const memberSdl = () => readFileSync(path.join(SCHEMA, "member.graphql"), "utf8");
export const networkSdl = () => readFileSync(path.join(SCHEMA, "subgraphs/network.graphql"), "utf8");

/** The supergraph of a region with members and the network subgraph. */
export function regionSdl(): string {
	return composeSupergraph(memberSdl(), new Map([["network", networkSdl()]])).supergraph;
}
