import type { ReactNode } from "react";
import { useTexts } from "../i18n/locale.ts";
import { GraphCanvas, type GraphCanvasProps } from "./graph-canvas.tsx";

type Canvas = Omit<GraphCanvasProps, "arrow" | "className" | "label">;

interface DrawnGraphProps extends Canvas {
	label: string;
	/** The drawing in words. */
	caption: ReactNode;
	/** The same for a narrow screen, where there is one; its arrow's head is `#fleche-etroite`. */
	narrow?: Canvas | undefined;
}

/** A graph as a figure; its arrow's head is `#fleche`. On a narrow screen it scrolls, unless it has a form of its own there. */
export function DrawnGraph({ caption, narrow, label, ...canvas }: DrawnGraphProps) {
	const hint = useTexts().network.scroll;
	return (
		<figure className="graph">
			<figcaption>{caption}</figcaption>
			{!narrow && <p className="graph__hint">{hint}</p>}
			<GraphCanvas arrow="fleche" label={label} className={narrow && "graph__scroll--large"} {...canvas} />
			{narrow && <GraphCanvas arrow="fleche-etroite" label={label} className="graph__scroll--etroit" {...narrow} />}
		</figure>
	);
}
