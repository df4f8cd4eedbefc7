import { type ChangeEvent, useEffect, useRef } from "react";
import { useSubmit } from "react-router";
import { comparePath } from "../compare/compare-address.ts";
import { localised, useLocale } from "../i18n/locale.ts";
import { formatSearch, PARAMETERS, parseSearch, type SearchState } from "./search-params.ts";

/**
 * Where scripts run, a ticked filter applies at once, and the fields follow the address when a chip or the browser's
 * back button changes it; what is being typed meanwhile stays. Without scripts the form does all of this by its button.
 */
export function useLiveForm(state: SearchState) {
	const form = useRef<HTMLFormElement>(null);
	const submit = useSubmit();
	const locale = useLocale();
	const address = useRef<URLSearchParams>(null);
	useEffect(() => {
		const [before, now] = [address.current, formatSearch(state)];
		address.current = now;
		if (!form.current) return;
		const fields = [...form.current.querySelectorAll("input")];
		if (before === null && isNewVisit()) {
			// Ticked before the scripts had come.
			const ticked = fields.some(({ type, checked, defaultChecked }) => type === "checkbox" && checked !== defaultChecked);
			if (ticked) submit(formatSearch(readForm(form.current, state)), { preventScrollReset: true });
			return;
		}
		for (const field of fields) {
			if (field.type === "checkbox") field.checked = now.getAll(field.name).includes(field.value);
			// A list that comes later than expected must not take the words back that were typed while it was under way.
			else if (field.type !== "hidden" && before?.get(field.name) !== now.get(field.name)) field.value = now.get(field.name) ?? "";
		}
	}, [state, submit]);
	return {
		ref: form,
		onChange({ target, currentTarget }: ChangeEvent<HTMLFormElement>) {
			if (!(target instanceof HTMLInputElement) || target.type !== "checkbox") return;
			// What is chosen to be compared changes nothing of the list: it stays where it is.
			const after = target.name === PARAMETERS.compared ? state.after : null;
			submit(formatSearch({ ...readForm(currentTarget, state), after }), { preventScrollReset: true });
		},
		onSubmit(event: React.SubmitEvent<HTMLFormElement>) {
			event.preventDefault();
			const asked = readForm(event.currentTarget, state);
			const button = event.nativeEvent instanceof SubmitEvent ? event.nativeEvent.submitter : null;
			if (button?.hasAttribute("formaction")) window.location.assign(localised(locale, comparePath(asked)));
			else submit(formatSearch(asked), { preventScrollReset: true });
		},
	};
}

/** Not a page that the browser shows again, with what it remembers of the fields. */
function isNewVisit(): boolean {
	const [entry] = performance.getEntriesByType("navigation");
	return entry instanceof PerformanceNavigationTiming && entry.type === "navigate";
}

/** The form's fields as a state, from the first page; what was chosen before keeps its place among what is chosen. */
function readForm(form: HTMLFormElement, { compared }: SearchState): SearchState {
	const asked = parseSearch(new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)])));
	const kept = compared.filter((id) => asked.compared.includes(id));
	return { ...asked, compared: [...kept, ...asked.compared.filter((id) => !kept.includes(id))], after: null };
}
