import { useId } from "react";
import { SuggestingInput } from "../search/suggesting-input.tsx";

interface SearchFieldProps {
	name: string;
	label: string;
	button: string;
	value?: string;
	/** Suggests badges, competencies, jobs and institutes while one types, on pages that have scripts. */
	suggests?: boolean;
}

/** One line to type words in, its label in sight, its button beside. */
export function SearchField({ name, label, button, value = "", suggests = false }: SearchFieldProps) {
	const id = useId();
	const attributes = { id, name, defaultValue: value, maxLength: 300, autoComplete: "off", enterKeyHint: "search" as const };
	return (
		<search className="search-field">
			<label htmlFor={id}>{label}</label>
			<div className="search-field__row">
				{suggests ? <SuggestingInput {...attributes} /> : <input type="search" {...attributes} />}
				<button type="submit" className="button">
					{button}
				</button>
			</div>
		</search>
	);
}
