import type { ReactNode } from "react";
import { DrawnGraph } from "../graph/drawn-graph.tsx";
import { DrawnNode } from "../graph/graph-canvas.tsx";
import { SvgLines } from "../graph/svg-lines.tsx";
import { useTexts } from "../i18n/locale.ts";
import { To } from "../ui/link.tsx";
import { institutePath } from "../ui/paths.ts";
import type { NetworkDrawing } from "./layout.ts";

interface NetworkFigureProps {
	drawing: NetworkDrawing;
	names: Record<string, string>;
	centre: string | null;
	caption: ReactNode;
}

/** The recognition graph. A box leads to the network around its institute; the one in the centre, to its page. */
export function NetworkFigure({ drawing, names, centre, caption }: NetworkFigureProps) {
	const t = useTexts().network;
	const { width, height, nodes, links } = drawing;
	const edges = links.map(({ from, to, mutual, partial, x1, y1, x2, y2 }) => (
		<line
			key={`${from} ${to}`}
			className={partial ? "graph__edge graph__edge--partial" : "graph__edge"}
			{...{ x1, y1, x2, y2 }}
			markerEnd="url(#fleche)"
			markerStart={mutual ? "url(#fleche)" : undefined}
		/>
	));
	return (
		<DrawnGraph width={width} height={height} caption={caption} label={t.title} edges={edges}>
			{nodes.map(({ id, lines, x, y, width: w, height: h }) => {
				const central = id === centre;
				const name = names[id] ?? id;
				return (
					<DrawnNode key={id}>
						<To to={central ? institutePath(id) : `/reseau?centre=${id}`} aria-label={central ? t.openInstitute(name) : t.around(name)}>
							<rect
								className={central ? "graph__box graph__box--centre" : "graph__box"}
								x={x - w / 2}
								y={y - h / 2}
								width={w}
								height={h}
								rx="10"
							/>
							<text textAnchor="middle" className={central ? "graph__label graph__label--centre" : "graph__label"}>
								<SvgLines lines={lines} x={x} y={y - ((lines.length - 1) * 19) / 2 + 5} step={19} />
							</text>
						</To>
					</DrawnNode>
				);
			})}
		</DrawnGraph>
	);
}
