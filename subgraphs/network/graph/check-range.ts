import { badInput } from "../../kit/errors.ts";

/** Refuses an argument that is out of its range. */
export function checkRange(field: string, value: number, least: number, most: number): void {
	if (value < least || value > most) throw badInput(field, `must be between ${least} and ${most}, and is ${value}`);
}
