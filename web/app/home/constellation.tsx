const CENTRES = [
	[150, 110],
	[62, 52],
	[246, 44],
	[40, 176],
	[262, 178],
	[152, 232],
] as const;

const LINES = [
	[0, 1],
	[0, 2],
	[0, 3],
	[0, 4],
	[0, 5],
	[1, 3],
	[2, 4],
] as const;

/** Badges that recognise one another: an ornament, silent to those who do not see it. */
export function Constellation() {
	return (
		<svg className="constellation" viewBox="0 0 300 280" aria-hidden="true" focusable="false">
			{LINES.map(([from, to]) => (
				<path key={`${from} ${to}`} d={`M${CENTRES[from].join(" ")}L${CENTRES[to].join(" ")}`} className="constellation__line" />
			))}
			{CENTRES.map(([x, y], place) => {
				const size = place === 0 ? 46 : 30;
				return (
					<g
						key={`${x} ${y}`}
						transform={`translate(${x} ${y}) scale(${size / 32})`}
						className={`constellation__badge constellation__badge--${place}`}
					>
						<path d="M0 -30L26 -15V15L0 30L-26 15V-15z" />
						<circle r="15" />
						<path d="M-7 0L-2 6L8 -6" className="constellation__tick" />
					</g>
				);
			})}
		</svg>
	);
}
