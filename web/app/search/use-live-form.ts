import { type ChangeEvent, useEffect, useRef } from "react";
import { useSubmit } from "react-router";
import { formatSearch, parseSearch, type SearchState } from "./search-params.ts";

/**
 * Where scripts run, a ticked filter applies at once, and the fields follow the address when a chip or the browser's
 * back button changes it. Without scripts the form does all of this by its button.
 */
export function useLiveForm(state: SearchState) {
	const form = useRef<HTMLFormElement>(null);
	const submit = useSubmit();
	useEffect(() => {
		const wanted = formatSearch(state);
		for (const field of form.current?.querySelectorAll("input") ?? []) {
			if (field.type === "checkbox") field.checked = wanted.getAll(field.name).includes(field.value);
			else field.value = wanted.get(field.name) ?? "";
		}
	}, [state]);
	return {
		ref: form,
		onChange(event: ChangeEvent<HTMLFormElement>) {
			if (event.target instanceof HTMLInputElement && event.target.type === "checkbox") {
				submit(cleaned(event.currentTarget), { preventScrollReset: true });
			}
		},
		onSubmit(event: React.SubmitEvent<HTMLFormElement>) {
			event.preventDefault();
			submit(cleaned(event.currentTarget), { preventScrollReset: true });
		},
	};
}

/** The form's fields without those left empty, as in every address that the pages write. */
const cleaned = (form: HTMLFormElement): URLSearchParams =>
	formatSearch(parseSearch(new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]))));
