/**
 * Latent meanings of words (latent semantic analysis): words that the same jobs use come out alike, whether or not any
 * label holds both. `ménage` is near `nettoyage` because the jobs of one are the jobs of the other.
 */

/** Directions that are kept of the space of all contexts. */
export const DIRECTIONS = 128;
/** Rounds of subspace iteration: the leading directions have settled by then. */
const ROUNDS = 4;

/** A word's counts by context: indices of contexts, and how much the word says in each. */
export interface WordContexts {
	contexts: number[];
	values: number[];
}

/** A unit vector for each word, in the order given. Words with no context have zeros. The same input gives the same vectors. */
export function latentMeanings(words: readonly WordContexts[], contextCount: number): Float32Array[] {
	const width = Math.min(DIRECTIONS, contextCount);
	let basis = orthonormal(randomColumns(contextCount, width), contextCount, width);
	for (let round = 0; round < ROUNDS; round++)
		basis = orthonormal(backward(words, forward(words, basis, width), contextCount, width), contextCount, width);
	// The leading directions count alike: else the few that part one industry from another drown the rest.
	const projected = orthonormal(forward(words, basis, width), words.length, width);
	return words.map((_, row) => {
		const vector = new Float64Array(DIRECTIONS);
		vector.set(projected.subarray(row * width, (row + 1) * width));
		return unit(vector);
	});
}

/** Words × contexts, times contexts × width. Rows lie one after another. */
function forward(words: readonly WordContexts[], basis: Float64Array, width: number): Float64Array {
	const result = new Float64Array(words.length * width);
	for (const [row, { contexts, values }] of words.entries()) {
		for (const [index, context] of contexts.entries()) {
			const value = values[index] as number;
			for (let column = 0; column < width; column++)
				result[row * width + column] = (result[row * width + column] as number) + value * (basis[context * width + column] as number);
		}
	}
	return result;
}

/** The transpose of the same, times words × width. */
function backward(words: readonly WordContexts[], left: Float64Array, contextCount: number, width: number): Float64Array {
	const result = new Float64Array(contextCount * width);
	for (const [row, { contexts, values }] of words.entries()) {
		for (const [index, context] of contexts.entries()) {
			const value = values[index] as number;
			for (let column = 0; column < width; column++)
				result[context * width + column] = (result[context * width + column] as number) + value * (left[row * width + column] as number);
		}
	}
	return result;
}

/** Gram–Schmidt over the columns, twice for exactness. */
function orthonormal(matrix: Float64Array, rows: number, width: number): Float64Array {
	const columns = Array.from({ length: width }, (_, column) =>
		Float64Array.from({ length: rows }, (__, row) => matrix[row * width + column] as number),
	);
	for (const [index, column] of columns.entries()) {
		for (let pass = 0; pass < 2; pass++) {
			for (const before of columns.slice(0, index)) {
				const share = dot(before, column);
				for (let row = 0; row < rows; row++) column[row] = (column[row] as number) - share * (before[row] as number);
			}
		}
		const length = Math.sqrt(dot(column, column));
		for (let row = 0; row < rows; row++) column[row] = length > 1e-9 ? (column[row] as number) / length : 0;
	}
	const result = new Float64Array(rows * width);
	for (const [index, column] of columns.entries()) for (let row = 0; row < rows; row++) result[row * width + index] = column[row] as number;
	return result;
}

function dot(left: Float64Array, right: Float64Array): number {
	let sum = 0;
	for (let index = 0; index < left.length; index++) sum += (left[index] as number) * (right[index] as number);
	return sum;
}

function unit(vector: Float64Array): Float32Array {
	const length = Math.hypot(...vector);
	return Float32Array.from(vector, (value) => (length > 1e-9 ? value / length : 0));
}

/** Seeded: a linear congruential generator is random enough for a start. */
function randomColumns(rows: number, width: number): Float64Array {
	let state = 42;
	return Float64Array.from({ length: rows * width }, () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32 - 0.5;
	});
}
