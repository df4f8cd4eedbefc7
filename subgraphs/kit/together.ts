/**
 * Waits for all of them, those that go on after one has failed too, and only then throws the first failure: whoever cleans up
 * after it finds everything that was started.
 */
export async function together<Values extends readonly unknown[]>(
	promises: {
		readonly [Index in keyof Values]: Promise<Values[Index]>;
	},
): Promise<Values> {
	const outcomes = await Promise.allSettled(promises as readonly Promise<unknown>[]);
	return outcomes.map((outcome) => {
		if (outcome.status === "rejected") throw outcome.reason;
		return outcome.value;
	}) as unknown as Values;
}
