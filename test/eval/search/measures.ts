/** What a list of answers is worth against graded judgments. What nobody judged counts as irrelevant. */

/** Normalised discounted cumulative gain of the first `depth` answers, with gains 2^grade − 1 and discounts log2(1 + place). */
export function ndcg(answers: readonly string[], grades: ReadonlyMap<string, number>, depth = 10): number {
	const gain = (list: readonly number[]) =>
		list.slice(0, depth).reduce((sum, grade, index) => sum + (2 ** grade - 1) / Math.log2(index + 2), 0);
	const ideal = gain([...grades.values()].sort((left, right) => right - left));
	return ideal === 0 ? 0 : gain(answers.map((id) => grades.get(id) ?? 0)) / ideal;
}

/** Share of the relevant ones (grade 1 and more) that are among the first `depth` answers. */
export function recall(answers: readonly string[], grades: ReadonlyMap<string, number>, depth = 20): number {
	const relevant = [...grades].filter(([, grade]) => grade > 0).map(([id]) => id);
	const first = new Set(answers.slice(0, depth));
	return relevant.length === 0 ? 0 : relevant.filter((id) => first.has(id)).length / relevant.length;
}

export function mean(values: readonly number[]): number {
	return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
