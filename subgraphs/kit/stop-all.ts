/** Stops one part after the other, those after one that fails too, and then throws the first failure. */
export async function stopAll(parts: Iterable<{ stop(): Promise<void> }>): Promise<void> {
	const failures: unknown[] = [];
	for (const part of parts) await part.stop().catch((error: unknown) => failures.push(error));
	if (failures.length > 0) throw failures[0];
}
