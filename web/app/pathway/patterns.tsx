/** How many institutes a drawing tells apart by pattern; beyond, patterns repeat and names remain. */
export const PATTERNS = 8;

const SHAPES = [
	<path key="0" d="M0 4h8" />,
	<path key="1" d="M4 0v8" />,
	<path key="2" d="M-2 2L2 -2M0 8L8 0M6 10L10 6" />,
	<path key="3" d="M-2 6L2 10M0 0L8 8M6 -2L10 2" />,
	<path key="4" d="M0 4h8M4 0v8" />,
	<circle key="5" cx="4" cy="4" r="1.6" />,
	<path key="6" d="M0 0L8 8M8 0L0 8" />,
	<path key="7" d="M0 6L4 2L8 6" />,
];

/**
 * One tile for each institute: shapes first, so that they differ without colour; and `-chemin`, for the shortest way.
 * A drawing that is not displayed lends its patterns to none: each has its own, and a legend only the one that it shows.
 */
export function Patterns({ prefix, only }: { prefix: string; only?: number }) {
	return (
		<>
			{SHAPES.map(
				(shape, place) =>
					(only === undefined || only === place) && (
						<pattern
							key={shape.key}
							id={`${prefix}${place}`}
							width="8"
							height="8"
							patternUnits="userSpaceOnUse"
							className={`pattern pattern--${place}`}
						>
							<rect width="8" height="8" className="pattern__ground" />
							{shape}
						</pattern>
					),
			)}
			{only === undefined && (
				<pattern id={`${prefix}-chemin`} width="7" height="10" patternUnits="userSpaceOnUse" className="pattern pattern--way">
					<rect width="7" height="10" className="pattern__ground" />
					<path d="M0 7L3.5 3L7 7" />
				</pattern>
			)}
		</>
	);
}
