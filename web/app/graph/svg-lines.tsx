import { Fragment } from "react";

interface SvgLinesProps {
	lines: readonly string[];
	x: number;
	/** Baseline of the first line. */
	y: number;
	step: number;
	className?: string;
}

/** Lines of a label. Between two, a space without width: for those who hear the label, or its words would run together. */
export function SvgLines({ lines, x, y, step, className }: SvgLinesProps) {
	return lines.map((line, place) => {
		const baseline = y + step * place;
		return (
			<Fragment key={baseline}>
				<tspan x={x} y={baseline} className={className}>
					{line}
				</tspan>
				{!line.endsWith("-") && <tspan fontSize="0"> </tspan>}
			</Fragment>
		);
	});
}
