/** What a place is worth in criteria, descriptions, tags and issuers, names: PostgreSQL's weights D, C, B, A. */
export const WEIGHTS = [0.2, 0.45, 0.4, 1] as const;
const NAME = 3;
/** The sum that a word at endlessly many places of weight 1 comes near to: π²/6. */
const ENDLESS = 1.64493406685;

/**
 * Reads a tsvector as `tsvectorsend` writes it (PostgreSQL, utils/adt/tsvector.c): how many lexemes, and of each its
 * text to a null byte, how many places, and its places, whose two highest bits are their weight. Each lexeme is told
 * with its `ts_rank` (tsrank.c, calc_rank_or): places count less the later they come, the best one in full.
 */
export function readVector(bytes: Buffer, tell: (lexeme: string, rank: number, isInName: boolean) => void): void {
	let at = 4;
	for (let left = bytes.readUInt32BE(0); left > 0; left--) {
		const end = bytes.indexOf(0, at);
		const lexeme = bytes.toString("utf8", at, end);
		const places = bytes.readUInt16BE(end + 1);
		at = end + 3;
		let [sum, best, bestAt, isInName] = [0, -1, 0, false];
		for (let index = 0; index < places; index++, at += 2) {
			const weight = bytes.readUInt16BE(at) >> 14;
			const worth = WEIGHTS[weight] as number;
			if (weight === NAME) isInName = true;
			sum += worth / ((index + 1) * (index + 1));
			if (worth > best) [best, bestAt] = [worth, index];
		}
		if (places > 0) tell(lexeme, (best + sum - best / ((bestAt + 1) * (bestAt + 1))) / ENDLESS, isInName);
	}
}
