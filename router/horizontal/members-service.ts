import { type GraphQLSchema, parse } from "graphql";
import type { Horizontal } from "../../schema/horizontal.ts";
import type { Execution, PreparedFetch, Service, SubgraphError } from "../execute/execution.ts";
import type { JsonObject } from "../execute/json.ts";
import { type Analysis, analyse, type RootField } from "./analyse.ts";
import { withEntityKeys } from "./entity-keys.ts";
import { FanOut } from "./fan-out.ts";
import { compileConnection } from "./gather-connection.ts";
import { compileList, compileSum } from "./gather-list.ts";
import { gatherStream } from "./gather-stream.ts";
import type { Members } from "./member.ts";
import type { RootCompilation, RootRunner } from "./root-runner.ts";
import { compileRoute } from "./route-field.ts";
import { prepareEntities } from "./split-entities.ts";

/**
 * The logical subgraph `members`: to the plan it is one service, behind it every row is asked of the member that owns
 * it. See DESIGN: horizontal federation.
 */
export function membersService(schema: GraphQLSchema, horizontal: Horizontal, members: Members): Service {
	const fanOut = new FanOut();
	return {
		prepare(operation) {
			const keyed = withEntityKeys(operation, horizontal);
			const analysis = analyse(keyed, schema, horizontal);
			return analysis.kind === "entities"
				? prepareEntities(analysis, keyed, schema, horizontal, members)
				: prepareRoots(analysis, operation);
		},
		subscribe(operation, variables, execution) {
			const analysis = analyse(operation, schema, horizontal);
			if (analysis.kind !== "roots" || analysis.fields.length !== 1) throw new Error("A subscription has one root field");
			return gatherStream(analysis.fields[0] as RootField, compilation(analysis, operation), variables, execution);
		},
	};

	function compilation(analysis: Analysis & { kind: "roots" }, operation: string): RootCompilation {
		return {
			document: parse(operation, { noLocation: true }),
			fragments: analysis.fragments,
			schema,
			horizontal,
			members,
			fanOut,
			isMutation: analysis.operation === "mutation",
		};
	}

	function prepareRoots(analysis: Analysis & { kind: "roots" }, operation: string): PreparedFetch {
		const compiled = compilation(analysis, operation);
		const runners = analysis.fields.map((field) => ({ key: field.key, run: compileRoot(field, compiled) }));
		const inTurn = analysis.operation === "mutation";
		return async (variables, execution) => {
			const data: JsonObject = {};
			const errors: SubgraphError[] = [];
			const runOne = async ({ key, run }: (typeof runners)[number]) => {
				const result = await run(variables, execution);
				data[key] = result.value;
				errors.push(...result.errors);
			};
			if (inTurn) for (const runner of runners) await runOne(runner);
			else await Promise.all(runners.map(runOne));
			return { data, errors };
		};
	}
}

function compileRoot(field: RootField, compilation: RootCompilation): RootRunner {
	const { spread, typeName } = field;
	if (!spread) return async (_variables: Record<string, unknown>, _execution: Execution) => ({ value: typeName, errors: [] });
	if (spread.kind === "route") return compileRoute(field, compilation);
	const compile = { CONNECTION: compileConnection, LIST: compileList, SUM: compileSum }[spread.merge];
	return compile(field, compilation);
}
