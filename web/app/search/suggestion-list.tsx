import { useEffect, useRef } from "react";
import { useTexts } from "../i18n/locale.ts";
import type { Choice } from "./suggestions.ts";

interface SuggestionListProps {
	id: string;
	/** Those of one kind beside one another. */
	choices: readonly Choice[];
	/** Place of the one that the arrows are on; -1 for none. */
	active: number;
}

/** The popup: links that are options, by kind. The pressed mouse does not take the focus from the field. */
export function SuggestionList({ id, choices, active }: SuggestionListProps) {
	const t = useTexts().suggest;
	const list = useRef<HTMLDivElement>(null);
	useEffect(() => {
		if (active >= 0) list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
	}, [active]);
	const kinds = [...new Set(choices.map(({ kind }) => kind))];
	return (
		<div id={id} ref={list} role="listbox" aria-label={t.title} className="suggestions" onMouseDown={(event) => event.preventDefault()}>
			{kinds.map((kind) => (
				// biome-ignore lint/a11y/useSemanticElements: a group of options is no group of fields.
				<div key={kind} role="group" aria-label={t.kinds[kind]}>
					<p className="suggestions__kind" aria-hidden="true">
						{t.kinds[kind]}
					</p>
					{choices.map((choice, place) =>
						choice.kind === kind ? (
							<a
								key={choice.id}
								id={`${id}-${place}`}
								href={choice.path}
								role="option"
								aria-selected={place === active}
								tabIndex={-1}
								className="suggestions__choice"
							>
								{choice.label}
							</a>
						) : null,
					)}
				</div>
			))}
		</div>
	);
}
