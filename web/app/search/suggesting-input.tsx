import { type InputHTMLAttributes, type KeyboardEvent, useEffect, useId, useState } from "react";
import { localised, useLocale, useTexts } from "../i18n/locale.ts";
import { SuggestionList } from "./suggestion-list.tsx";
import { useSuggestions } from "./use-suggestions.ts";

/**
 * A text field that suggests while one types: the combobox with a listbox popup of the ARIA Authoring Practices, where
 * the focus stays in the field. Without scripts it is a text field.
 */
export function SuggestingInput(attributes: InputHTMLAttributes<HTMLInputElement>) {
	const t = useTexts().suggest;
	const list = useId();
	const { choices, ask } = useSuggestions(localised(useLocale(), "/suggestions"));
	const [isOpen, setOpen] = useState(false);
	const [active, setActive] = useState(-1);
	// What only a script can do is announced only where one runs.
	const [runs, setRuns] = useState(false);
	useEffect(() => setRuns(true), []);
	const shown = isOpen && choices !== null && choices.length > 0 ? choices : null;
	const current = shown?.[active];

	function close() {
		setOpen(false);
		setActive(-1);
	}

	function move(step: 1 | -1) {
		if (!choices || choices.length === 0) return;
		setOpen(true);
		// The field itself is a place between the last choice and the first.
		const places = choices.length + 1;
		setActive(((active + 1 + step + places) % places) - 1);
	}

	function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
		if (event.nativeEvent.isComposing) return;
		if (event.key === "ArrowDown" || event.key === "ArrowUp") {
			event.preventDefault();
			move(event.key === "ArrowDown" ? 1 : -1);
		} else if (event.key === "Escape" && shown) {
			event.preventDefault();
			close();
		} else if (event.key === "Enter") {
			if (current) {
				event.preventDefault();
				window.location.assign(current.path);
			}
			close();
		}
	}

	return (
		<div className="combobox">
			<input
				{...attributes}
				type="text"
				onInput={(event) => {
					ask(event.currentTarget.value);
					setOpen(true);
					setActive(-1);
				}}
				onKeyDown={onKeyDown}
				onBlur={close}
				{...(runs && {
					role: "combobox",
					"aria-autocomplete": "list",
					"aria-haspopup": "listbox",
					"aria-expanded": shown !== null,
					"aria-controls": shown ? list : undefined,
					"aria-activedescendant": current && `${list}-${active}`,
				})}
			/>
			{shown && <SuggestionList id={list} choices={shown} active={active} />}
			{runs && (
				<p className="unseen" aria-live="polite">
					{isOpen && choices && t.count(choices.length)}
				</p>
			)}
		</div>
	);
}
