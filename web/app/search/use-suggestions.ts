import { useCallback, useEffect, useRef, useState } from "react";
import type { Choice } from "./suggestions.ts";

const PAUSE_MS = 150;
const SHORTEST = 2;

export interface Suggestions {
	/** Those for what is in the field now; null until they are known. */
	choices: readonly Choice[] | null;
	/** Asks for what was typed, once the typing pauses; what was asked before is given up. */
	ask(text: string): void;
}

/** Choices for what is being typed. A failure is no suggestion: the field works without. */
export function useSuggestions(address: string): Suggestions {
	const [choices, setChoices] = useState<readonly Choice[] | null>(null);
	const running = useRef<AbortController>(null);
	useEffect(() => () => running.current?.abort(), []);
	const ask = useCallback(
		(text: string) => {
			running.current?.abort();
			const words = text.trim();
			if (words.length < SHORTEST) return setChoices(null);
			const controller = new AbortController();
			running.current = controller;
			const timer = setTimeout(async () => {
				const found = await readChoices(`${address}?${new URLSearchParams({ q: words })}`, controller.signal);
				if (!controller.signal.aborted) setChoices(found);
			}, PAUSE_MS);
			controller.signal.addEventListener("abort", () => clearTimeout(timer));
		},
		[address],
	);
	return { choices, ask };
}

async function readChoices(url: string, signal: AbortSignal): Promise<readonly Choice[] | null> {
	try {
		const response = await fetch(url, { signal });
		return response.ok ? await response.json() : null;
	} catch {
		return null;
	}
}
