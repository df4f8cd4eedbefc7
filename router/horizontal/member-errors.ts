import type { Path } from "../errors.ts";
import type { SubgraphError } from "../execute/execution.ts";
import type { MissingReason } from "./completeness.ts";
import { describeFailure, type Member } from "./member.ts";

/** The errors that the horizontal part of the router itself makes. */

export function unavailable({ slug, name }: Member, reason: MissingReason, path: Path): SubgraphError {
	return { message: describeFailure(name, reason), path, extensions: { code: "MEMBER_UNAVAILABLE", institute: slug, reason } };
}

export function unknownInstitute(id: unknown, owner: string | undefined, path: Path, field?: string): SubgraphError {
	const where = field === undefined ? "" : `${field}: `;
	if (owner === undefined)
		return {
			message: `${where}${JSON.stringify(String(id).slice(0, 100))} does not name an institute: an id is \`<institute>:<local id>\`.`,
			path,
			extensions: { code: "BAD_USER_INPUT", ...(field ? { field } : {}) },
		};
	return {
		message: `${where}no member of the network is named ${JSON.stringify(owner)}.`,
		path,
		extensions: { code: "UNKNOWN_INSTITUTE", institute: owner, ...(field ? { field } : {}) },
	};
}

export function foreignRow({ slug, name }: Member, id: string, path: Path): SubgraphError {
	return {
		message: `${name} gave a row that is not its own (${JSON.stringify(id.slice(0, 100))}); it was left out.`,
		path,
		extensions: { code: "FOREIGN_ROW", institute: slug, id: id.slice(0, 100) },
	};
}

export function invalidRow({ slug, name }: Member, path: Path): SubgraphError {
	return {
		message: `${name} gave a row that is not what its contract says; it was left out.`,
		path,
		extensions: { code: "INVALID_SUBGRAPH_ANSWER", institute: slug },
	};
}

export function outOfOrder({ slug, name }: Member, path: Path): SubgraphError {
	return {
		message: `${name} gave its rows in another order than its contract says.`,
		path,
		extensions: { code: "OUT_OF_ORDER", institute: slug },
	};
}

/** A member's own error, told as its. */
export function fromMember({ slug }: Member, error: SubgraphError, path: Path): SubgraphError {
	return {
		message: error.message,
		path,
		extensions: { code: typeof error.extensions?.code === "string" ? error.extensions.code : "MEMBER_ERROR", institute: slug },
	};
}
