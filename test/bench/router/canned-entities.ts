import type { Answer } from "./canned-graph.ts";

/**
 * Keeps the answer to each representation by itself: requests that ask for several, in whatever company, are answered
 * by putting kept texts together. The first time, each is worked out on its own.
 */
export function answerEntities(answer: Answer): Answer {
	const kept = new Map<string, Map<string, string>>();
	return async (body) => {
		if (!body.includes("_entities")) return answer(body);
		const { query, variables } = JSON.parse(body) as { query: string; variables: Record<string, object[]> };
		const names = Object.keys(variables);
		if (names.length !== 1) return answer(body);
		let texts = kept.get(query);
		if (!texts) kept.set(query, (texts = new Map()));
		const name = names[0] as string;
		const items: string[] = [];
		for (const representation of variables[name] as object[]) {
			const key = JSON.stringify(representation);
			let text = texts.get(key);
			if (text === undefined) {
				const { data } = JSON.parse(await answer(JSON.stringify({ query, variables: { [name]: [representation] } }))) as {
					data: { _entities?: object[] };
				};
				// Under another alias: not one fetch of a plan, but several in one.
				if (!data._entities) return answer(body);
				texts.set(key, (text = JSON.stringify(data._entities[0])));
			}
			items.push(text);
		}
		return `{"data":{"_entities":[${items.join(",")}]}}`;
	};
}
