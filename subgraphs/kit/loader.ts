import DataLoader from "dataloader";

/** Loads rows one by one key, in one query for all the keys that one request asks for; null for a key without a row. */
export function loadByKey<Key, Row>(
	query: (keys: readonly Key[]) => Promise<readonly Row[]>,
	keyOf: (row: Row) => Key,
): DataLoader<Key, Row | null> {
	return new DataLoader<Key, Row | null>(async (keys) => {
		const byKey = new Map((await query(keys)).map((row) => [keyOf(row), row]));
		return keys.map((key) => byKey.get(key) ?? null);
	});
}

/** Loads the list of rows that belong to a key, in one query for all the keys that one request asks for. */
export function loadListByKey<Key, Row>(
	query: (keys: readonly Key[]) => Promise<readonly Row[]>,
	keyOf: (row: Row) => Key,
): DataLoader<Key, Row[]> {
	return new DataLoader<Key, Row[]>(async (keys) => {
		const byKey = new Map<Key, Row[]>(keys.map((key) => [key, []]));
		for (const row of await query(keys)) byKey.get(keyOf(row))?.push(row);
		return keys.map((key) => byKey.get(key) ?? []);
	});
}
