/** An answer of a GraphQL server. */
export interface Answer {
	// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape.
	data: any;
	errors?: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[];
	extensions?: {
		completeness: {
			asked: number;
			answered: number;
			missing: { institute: string; reason: string }[];
			stale: { institute: string; asOf: string }[];
		};
	};
}

/** Sends a GraphQL request by POST. */
export async function ask(url: string, query: string, variables: object = {}, headers: Record<string, string> = {}): Promise<Answer> {
	const response = await fetch(url, {
		method: "POST",
		headers: { "content-type": "application/json", ...headers },
		body: JSON.stringify({ query, variables }),
	});
	return (await response.json()) as Answer;
}
