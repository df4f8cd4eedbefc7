import { useId } from "react";

interface SearchFieldProps {
	name: string;
	label: string;
	button: string;
	value?: string;
}

/** One line to type words in, its label in sight, its button beside. */
export function SearchField({ name, label, button, value = "" }: SearchFieldProps) {
	const id = useId();
	return (
		<search className="search-field">
			<label htmlFor={id}>{label}</label>
			<div className="search-field__row">
				<input id={id} type="search" name={name} defaultValue={value} maxLength={300} autoComplete="off" enterKeyHint="search" />
				<button type="submit" className="button">
					{button}
				</button>
			</div>
		</search>
	);
}
