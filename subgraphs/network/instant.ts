import type { ValueTransformer } from "typeorm";

/**
 * How columns of times are read. Whoever owns the tables can write a time into them that is no instant of a calendar
 * (`infinity`): that is read as a date that is none, `NaN`, so that what looks at it says so instead of breaking.
 */
export const INSTANT: ValueTransformer = {
	from: (value: unknown) => (value === null || value === undefined || value instanceof Date ? value : new Date(Number.NaN)),
	to: (value: unknown) => value,
};

/** Milliseconds since 1970; undefined for a date that is none. */
export function millisecondsOf(date: Date | null | undefined): number | undefined {
	const time = date?.getTime();
	return time === undefined || Number.isNaN(time) ? undefined : time;
}
